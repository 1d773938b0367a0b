# Who and where of the statement on Nagorno-Karabakh of November 2020.
case "karabakh-2020" {
  title = {
    en = "Statement on Nagorno-Karabakh, November 2020"
    ru = "Заявление по Нагорному Карабаху, ноябрь 2020 года"
    uk = "Заява щодо Нагірного Карабаху, листопад 2020 року"
    zh = "关于纳戈尔诺-卡拉巴赫的声明（2020年11月）"
  }
  zone   = "Europe/Moscow"
  begins = "2020-11-01"
  ends   = "2026-12-31"
}

party "AM" {
  name  = { en = "Republic of Armenia", ru = "Республика Армения", uk = "Республіка Вірменія", zh = "亚美尼亚共和国" }
  short = { en = "Armenia", ru = "Армения", uk = "Вірменія", zh = "亚美尼亚" }
}

party "AZ" {
  name  = { en = "Republic of Azerbaijan", ru = "Азербайджанская Республика", uk = "Азербайджанська Республіка", zh = "阿塞拜疆共和国" }
  short = { en = "Azerbaijan", ru = "Азербайджан", uk = "Азербайджан", zh = "阿塞拜疆" }
}

party "RU" {
  name  = { en = "Russian Federation", ru = "Российская Федерация", uk = "Російська Федерація", zh = "俄罗斯联邦" }
  short = { en = "Russia", ru = "Россия", uk = "Росія", zh = "俄罗斯" }
}
