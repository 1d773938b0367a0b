# Who and where of the Black Sea Grain Initiative of 2022.
case "black-sea-grain-2022" {
  title = {
    en = "Black Sea Grain Initiative, 2022"
    ru = "Черноморская зерновая инициатива, 2022 год"
    uk = "Чорноморська зернова ініціатива, 2022 рік"
    zh = "黑海粮食倡议（2022年）"
  }
  zone   = "Europe/Istanbul"
  begins = "2022-07-01"
  ends   = "2023-08-01"
}

party "UA" {
  name  = { en = "Ukraine", ru = "Украина", uk = "Україна", zh = "乌克兰" }
  short = { en = "Ukraine", ru = "Украина", uk = "Україна", zh = "乌克兰" }
}

party "RU" {
  name  = { en = "Russian Federation", ru = "Российская Федерация", uk = "Російська Федерація", zh = "俄罗斯联邦" }
  short = { en = "Russia", ru = "Россия", uk = "Росія", zh = "俄罗斯" }
}

party "TR" {
  name  = { en = "Republic of Türkiye", ru = "Турецкая Республика", uk = "Турецька Республіка", zh = "土耳其共和国" }
  short = { en = "Türkiye", ru = "Турция", uk = "Туреччина", zh = "土耳其" }
}

party "UN" {
  name  = { en = "United Nations", ru = "Организация Объединённых Наций", uk = "Організація Об'єднаних Націй", zh = "联合国" }
  short = { en = "UN", ru = "ООН", uk = "ООН", zh = "联合国" }
}

party "JCC" {
  name  = { en = "Joint Coordination Centre", ru = "Совместный координационный центр", uk = "Спільний координаційний центр", zh = "联合协调中心" }
  short = { en = "Coordination Centre", ru = "Координационный центр", uk = "Координаційний центр", zh = "协调中心" }
}
