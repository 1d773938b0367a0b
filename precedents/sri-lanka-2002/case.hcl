# Who and where of the ceasefire agreement of 2002 in Sri Lanka.
case "sri-lanka-2002" {
  title = {
    en = "Sri Lanka ceasefire agreement, 2002"
    ru = "Соглашение о прекращении огня в Шри-Ланке, 2002 год"
    uk = "Угода про припинення вогню у Шрі-Ланці, 2002 рік"
    zh = "斯里兰卡停火协议（2002年）"
  }
  zone   = "Asia/Colombo"
  begins = "2002-01-01"
  ends   = "2008-07-01"
}

party "GOSL" {
  name  = { en = "Government of Sri Lanka", ru = "Правительство Шри-Ланки", uk = "Уряд Шрі-Ланки", zh = "斯里兰卡政府" }
  short = { en = "Government", ru = "Правительство", uk = "Уряд", zh = "政府" }
}

party "LTTE" {
  name  = { en = "Liberation Tigers of Tamil Eelam", ru = "Тигры освобождения Тамил-Илама", uk = "Тигри визволення Таміл-Іламу", zh = "泰米尔伊拉姆猛虎解放组织" }
  short = { en = "LTTE", ru = "ТОТИ", uk = "ТВТІ", zh = "猛虎组织" }
}

party "NO" {
  name  = { en = "Royal Norwegian Government", ru = "Королевское правительство Норвегии", uk = "Королівський уряд Норвегії", zh = "挪威王国政府" }
  short = { en = "Norway", ru = "Норвегия", uk = "Норвегія", zh = "挪威" }
}

party "SLMM" {
  name  = { en = "Sri Lanka Monitoring Mission", ru = "Миссия по наблюдению в Шри-Ланке", uk = "Місія зі спостереження у Шрі-Ланці", zh = "斯里兰卡监督团" }
  short = { en = "Monitoring Mission", ru = "Миссия наблюдателей", uk = "Місія спостерігачів", zh = "监督团" }
}
