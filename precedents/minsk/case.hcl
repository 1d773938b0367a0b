# Who and where of the Minsk texts, 2014 to 2020.
case "minsk" {
  title = {
    en = "Minsk texts, 2014–2020"
    ru = "Минские тексты, 2014–2020 годы"
    uk = "Мінські тексти, 2014–2020 роки"
    zh = "明斯克文件（2014—2020年）"
  }
  zone   = "Europe/Kyiv"
  begins = "2014-09-01"
  ends   = "2022-02-01"
}

party "UA" {
  name  = { en = "Ukraine", ru = "Украина", uk = "Україна", zh = "乌克兰" }
  short = { en = "Ukraine", ru = "Украина", uk = "Україна", zh = "乌克兰" }
}

# The texts name these forces so, and in no other way.
party "CADLR" {
  name = {
    en = "Armed formations of certain areas of the Donetsk and Luhansk regions"
    ru = "Вооружённые формирования отдельных районов Донецкой и Луганской областей"
    uk = "Збройні формування окремих районів Донецької та Луганської областей"
    zh = "顿涅茨克州和卢甘斯克州若干地区的武装组织"
  }
  short = { en = "Formations of certain areas", ru = "Формирования отдельных районов", uk = "Формування окремих районів", zh = "若干地区武装" }
}

party "TCG" {
  name  = { en = "Trilateral Contact Group", ru = "Трёхсторонняя контактная группа", uk = "Тристороння контактна група", zh = "三方联络小组" }
  short = { en = "Contact Group", ru = "Контактная группа", uk = "Контактна група", zh = "联络小组" }
}

party "OSCE" {
  name = {
    en = "Organization for Security and Co-operation in Europe"
    ru = "Организация по безопасности и сотрудничеству в Европе"
    uk = "Організація з безпеки та співробітництва в Європі"
    zh = "欧洲安全与合作组织"
  }
  short = { en = "OSCE", ru = "ОБСЕ", uk = "ОБСЄ", zh = "欧安组织" }
}
