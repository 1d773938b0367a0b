# Who and where of Annex 1-A to the Dayton agreement.
case "dayton-1995" {
  title = {
    en = "Dayton, Annex 1-A, 1995"
    ru = "Дейтон, приложение 1-A, 1995 год"
    uk = "Дейтон, додаток 1-A, 1995 рік"
    zh = "代顿协议附件1-A（1995年）"
  }
  zone   = "Europe/Sarajevo"
  begins = "1995-11-01"
  ends   = "1997-01-01"
}

party "BA" {
  name  = { en = "Republic of Bosnia and Herzegovina", ru = "Республика Босния и Герцеговина", uk = "Республіка Боснія і Герцеговина", zh = "波斯尼亚和黑塞哥维那共和国" }
  short = { en = "Republic", ru = "Республика", uk = "Республіка", zh = "共和国" }
}

party "FBIH" {
  name  = { en = "Federation of Bosnia and Herzegovina", ru = "Федерация Боснии и Герцеговины", uk = "Федерація Боснії і Герцеговини", zh = "波斯尼亚和黑塞哥维那联邦" }
  short = { en = "Federation", ru = "Федерация", uk = "Федерація", zh = "联邦" }
}

party "RS" {
  name  = { en = "Republika Srpska", ru = "Республика Сербская", uk = "Республіка Сербська", zh = "塞族共和国" }
  short = { en = "Republika Srpska", ru = "Республика Сербская", uk = "Республіка Сербська", zh = "塞族共和国" }
}

party "IFOR" {
  name  = { en = "Implementation Force", ru = "Силы по выполнению соглашения", uk = "Сили з виконання угоди", zh = "执行部队" }
  short = { en = "IFOR", ru = "ИФОР", uk = "ІФОР", zh = "执行部队" }
}
