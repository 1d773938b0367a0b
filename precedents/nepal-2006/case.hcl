# Who and where of the agreement on arms and armies of 2006 in Nepal.
case "nepal-2006" {
  title = {
    en = "Nepal, agreement on arms and armies, 2006"
    ru = "Непал, соглашение об оружии и армиях, 2006 год"
    uk = "Непал, угода про зброю та армії, 2006 рік"
    zh = "尼泊尔武器与军队协议（2006年）"
  }
  zone   = "Asia/Kathmandu"
  begins = "2006-11-01"
  ends   = "2008-01-01"
}

party "GON" {
  name  = { en = "Government of Nepal with the Nepal Army", ru = "Правительство Непала и Непальская армия", uk = "Уряд Непалу й Непальська армія", zh = "尼泊尔政府及尼泊尔军" }
  short = { en = "Government", ru = "Правительство", uk = "Уряд", zh = "政府" }
}

party "CPNM" {
  name  = { en = "Communist Party of Nepal (Maoist) with its army", ru = "Коммунистическая партия Непала (маоистская) и её армия", uk = "Комуністична партія Непалу (маоїстська) та її армія", zh = "尼泊尔共产党（毛主义）及其军队" }
  short = { en = "Maoists", ru = "Маоисты", uk = "Маоїсти", zh = "毛派" }
}

party "UNMIN" {
  name  = { en = "United Nations Mission in Nepal", ru = "Миссия ООН в Непале", uk = "Місія ООН у Непалі", zh = "联合国尼泊尔特派团" }
  short = { en = "UN mission", ru = "Миссия ООН", uk = "Місія ООН", zh = "联合国特派团" }
}

party "JMCC" {
  name  = { en = "Joint Monitoring Coordination Committee", ru = "Совместный координационный комитет по наблюдению", uk = "Спільний координаційний комітет зі спостереження", zh = "联合监督协调委员会" }
  short = { en = "Joint Committee", ru = "Совместный комитет", uk = "Спільний комітет", zh = "联合委员会" }
}
