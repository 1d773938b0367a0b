# Who and where of the two Gaza agreements of 2025.
case "gaza-2025" {
  title = {
    en = "Gaza agreements, January and October 2025"
    ru = "Соглашения по Газе, январь и октябрь 2025 года"
    uk = "Угоди щодо Гази, січень і жовтень 2025 року"
    zh = "加沙协议（2025年1月与10月）"
  }
  zone   = "Asia/Gaza"
  begins = "2025-01-01"
  ends   = "2025-12-31"
}

party "IL" {
  name  = { en = "State of Israel", ru = "Государство Израиль", uk = "Держава Ізраїль", zh = "以色列国" }
  short = { en = "Israel", ru = "Израиль", uk = "Ізраїль", zh = "以色列" }
}

party "HAMAS" {
  name  = { en = "Hamas (Islamic Resistance Movement)", ru = "ХАМАС (Исламское движение сопротивления)", uk = "ХАМАС (Ісламський рух опору)", zh = "哈马斯（伊斯兰抵抗运动）" }
  short = { en = "Hamas", ru = "ХАМАС", uk = "ХАМАС", zh = "哈马斯" }
}

party "QA" {
  name  = { en = "State of Qatar", ru = "Государство Катар", uk = "Держава Катар", zh = "卡塔尔国" }
  short = { en = "Qatar", ru = "Катар", uk = "Катар", zh = "卡塔尔" }
}

party "EG" {
  name  = { en = "Arab Republic of Egypt", ru = "Арабская Республика Египет", uk = "Арабська Республіка Єгипет", zh = "阿拉伯埃及共和国" }
  short = { en = "Egypt", ru = "Египет", uk = "Єгипет", zh = "埃及" }
}

party "US" {
  name  = { en = "United States of America", ru = "Соединённые Штаты Америки", uk = "Сполучені Штати Америки", zh = "美利坚合众国" }
  short = { en = "United States", ru = "США", uk = "США", zh = "美国" }
}

party "TR" {
  name  = { en = "Republic of Türkiye", ru = "Турецкая Республика", uk = "Турецька Республіка", zh = "土耳其共和国" }
  short = { en = "Türkiye", ru = "Турция", uk = "Туреччина", zh = "土耳其" }
}

party "UN" {
  name  = { en = "United Nations", ru = "Организация Объединённых Наций", uk = "Організація Об'єднаних Націй", zh = "联合国" }
  short = { en = "UN", ru = "ООН", uk = "ООН", zh = "联合国" }
}

party "ICRC" {
  name  = { en = "International Committee of the Red Cross", ru = "Международный Комитет Красного Креста", uk = "Міжнародний Комітет Червоного Хреста", zh = "红十字国际委员会" }
  short = { en = "ICRC", ru = "МККК", uk = "МКЧХ", zh = "红十字国际委员会" }
}
