# Who and where of the short ceasefire of May 2023 in Sudan.
case "sudan-2023" {
  title = {
    en = "Sudan, ceasefire agreed in Jeddah, 2023"
    ru = "Судан, прекращение огня по договорённости в Джидде, 2023 год"
    uk = "Судан, припинення вогню за домовленістю в Джидді, 2023 рік"
    zh = "苏丹：吉达停火（2023年）"
  }
  zone   = "Africa/Khartoum"
  begins = "2023-05-01"
  ends   = "2023-07-01"
}

party "SAF" {
  name  = { en = "Sudanese Armed Forces", ru = "Вооружённые силы Судана", uk = "Збройні сили Судану", zh = "苏丹武装部队" }
  short = { en = "Armed Forces", ru = "Вооружённые силы", uk = "Збройні сили", zh = "武装部队" }
}

party "RSF" {
  name  = { en = "Rapid Support Forces", ru = "Силы быстрой поддержки", uk = "Сили швидкої підтримки", zh = "快速支援部队" }
  short = { en = "Rapid Support Forces", ru = "СБП", uk = "СШП", zh = "快支部队" }
}

party "SA" {
  name  = { en = "Kingdom of Saudi Arabia", ru = "Королевство Саудовская Аравия", uk = "Королівство Саудівська Аравія", zh = "沙特阿拉伯王国" }
  short = { en = "Saudi Arabia", ru = "Саудовская Аравия", uk = "Саудівська Аравія", zh = "沙特阿拉伯" }
}

party "US" {
  name  = { en = "United States of America", ru = "Соединённые Штаты Америки", uk = "Сполучені Штати Америки", zh = "美利坚合众国" }
  short = { en = "United States", ru = "США", uk = "США", zh = "美国" }
}

party "MCC" {
  name  = { en = "Monitoring and Coordination Committee", ru = "Комитет по наблюдению и координации", uk = "Комітет зі спостереження та координації", zh = "监督协调委员会" }
  short = { en = "Monitoring Committee", ru = "Комитет", uk = "Комітет", zh = "监督委员会" }
}
