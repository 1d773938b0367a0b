# Who and where of the inter-Korean military agreement of 2018.
case "inter-korean-2018" {
  title = {
    en = "Inter-Korean military agreement, 2018"
    ru = "Межкорейское военное соглашение, 2018 год"
    uk = "Міжкорейська військова угода, 2018 рік"
    zh = "朝韩军事协议（2018年）"
  }
  zone   = "Asia/Seoul"
  begins = "2018-09-01"
  ends   = "2025-01-01"
}

party "KR" {
  name  = { en = "Republic of Korea", ru = "Республика Корея", uk = "Республіка Корея", zh = "大韩民国" }
  short = { en = "South Korea", ru = "Южная Корея", uk = "Південна Корея", zh = "韩国" }
}

party "KP" {
  name  = { en = "Democratic People's Republic of Korea", ru = "Корейская Народно-Демократическая Республика", uk = "Корейська Народно-Демократична Республіка", zh = "朝鲜民主主义人民共和国" }
  short = { en = "North Korea", ru = "КНДР", uk = "КНДР", zh = "朝鲜" }
}
