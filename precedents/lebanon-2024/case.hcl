# Who and where of the cessation of hostilities of November 2024 in Lebanon.
case "lebanon-2024" {
  title = {
    en = "Israel and Lebanon, cessation of hostilities, 2024"
    ru = "Израиль и Ливан, прекращение боевых действий, 2024 год"
    uk = "Ізраїль і Ліван, припинення бойових дій, 2024 рік"
    zh = "以色列与黎巴嫩停止敌对行动（2024年）"
  }
  zone   = "Asia/Beirut"
  begins = "2024-11-01"
  ends   = "2025-04-01"
}

party "IL" {
  name  = { en = "State of Israel", ru = "Государство Израиль", uk = "Держава Ізраїль", zh = "以色列国" }
  short = { en = "Israel", ru = "Израиль", uk = "Ізраїль", zh = "以色列" }
}

party "LB" {
  name  = { en = "Lebanese Republic", ru = "Ливанская Республика", uk = "Ліванська Республіка", zh = "黎巴嫩共和国" }
  short = { en = "Lebanon", ru = "Ливан", uk = "Ліван", zh = "黎巴嫩" }
}

party "HEZB" {
  name  = { en = "Hezbollah", ru = "Хезболла", uk = "Хезболла", zh = "真主党" }
  short = { en = "Hezbollah", ru = "Хезболла", uk = "Хезболла", zh = "真主党" }
}

party "OTHERS" {
  name  = { en = "Other armed groups in Lebanon", ru = "Иные вооружённые группы в Ливане", uk = "Інші озброєні групи в Лівані", zh = "黎巴嫩境内其他武装团体" }
  short = { en = "Other groups", ru = "Иные группы", uk = "Інші групи", zh = "其他团体" }
}

party "US" {
  name  = { en = "United States of America", ru = "Соединённые Штаты Америки", uk = "Сполучені Штати Америки", zh = "美利坚合众国" }
  short = { en = "United States", ru = "США", uk = "США", zh = "美国" }
}

party "FR" {
  name  = { en = "French Republic", ru = "Французская Республика", uk = "Французька Республіка", zh = "法兰西共和国" }
  short = { en = "France", ru = "Франция", uk = "Франція", zh = "法国" }
}

party "MECH" {
  name  = { en = "Mechanism: United States, France, UNIFIL, Lebanese and Israeli armies", ru = "Механизм: США, Франция, ВСООНЛ, армии Ливана и Израиля", uk = "Механізм: США, Франція, ТСООНЛ, армії Лівану та Ізраїлю", zh = "监督机制：美国、法国、联黎部队、黎以两军" }
  short = { en = "Mechanism", ru = "Механизм", uk = "Механізм", zh = "监督机制" }
}
