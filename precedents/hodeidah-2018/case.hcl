# Who and where of the agreement on Hodeidah.
case "hodeidah-2018" {
  title = {
    en = "Hodeidah agreement, 2018"
    ru = "Соглашение по Ходейде, 2018 год"
    uk = "Угода щодо Ходейди, 2018 рік"
    zh = "荷台达协议（2018年）"
  }
  zone   = "Asia/Aden"
  begins = "2018-12-01"
  ends   = "2019-07-01"
}

party "GOY" {
  name  = { en = "Government of Yemen", ru = "Правительство Йемена", uk = "Уряд Ємену", zh = "也门政府" }
  short = { en = "Government", ru = "Правительство", uk = "Уряд", zh = "政府" }
}

party "HOUTHI" {
  name  = { en = "Houthi movement", ru = "Движение хуситов", uk = "Рух хуситів", zh = "胡塞运动" }
  short = { en = "Houthis", ru = "Хуситы", uk = "Хусити", zh = "胡塞" }
}

party "UN" {
  name  = { en = "United Nations", ru = "Организация Объединённых Наций", uk = "Організація Об'єднаних Націй", zh = "联合国" }
  short = { en = "UN", ru = "ООН", uk = "ООН", zh = "联合国" }
}

party "RCC" {
  name  = { en = "Redeployment Coordination Committee", ru = "Комитет по координации передислокации", uk = "Комітет з координації передислокації", zh = "重新部署协调委员会" }
  short = { en = "Coordination Committee", ru = "Координационный комитет", uk = "Координаційний комітет", zh = "协调委员会" }
}
