# Who and where of the bilateral ceasefire and D-day of 2016 in Colombia.
case "colombia-2016" {
  title = {
    en = "Colombia, ceasefire and D-day, 2016"
    ru = "Колумбия, прекращение огня и день «Д», 2016 год"
    uk = "Колумбія, припинення вогню та день «Д», 2016 рік"
    zh = "哥伦比亚停火与D日（2016年）"
  }
  zone   = "America/Bogota"
  begins = "2016-06-01"
  ends   = "2017-06-01"
}

party "COL" {
  name  = { en = "Government of Colombia", ru = "Правительство Колумбии", uk = "Уряд Колумбії", zh = "哥伦比亚政府" }
  short = { en = "Government", ru = "Правительство", uk = "Уряд", zh = "政府" }
}

party "FARC" {
  name  = { en = "Revolutionary Armed Forces of Colombia", ru = "Революционные вооружённые силы Колумбии", uk = "Революційні збройні сили Колумбії", zh = "哥伦比亚革命武装力量" }
  short = { en = "FARC", ru = "РВСК-АН", uk = "РЗСК", zh = "哥武" }
}

party "MMV" {
  name  = { en = "Tripartite mechanism of monitoring and verification", ru = "Трёхсторонний механизм наблюдения и проверки", uk = "Тристоронній механізм спостереження та перевірки", zh = "三方监督核查机制" }
  short = { en = "Mechanism", ru = "Механизм", uk = "Механізм", zh = "三方机制" }
}
