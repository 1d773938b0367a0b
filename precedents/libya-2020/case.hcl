# Who and where of the ceasefire agreement of October 2020 in Libya.
case "libya-2020" {
  title = {
    en = "Libya ceasefire agreement, 2020"
    ru = "Соглашение о прекращении огня в Ливии, 2020 год"
    uk = "Угода про припинення вогню в Лівії, 2020 рік"
    zh = "利比亚停火协议（2020年）"
  }
  zone   = "Africa/Tripoli"
  begins = "2020-10-01"
  ends   = "2021-12-31"
}

party "GNA" {
  name  = { en = "Libyan Army of the Government of National Accord", ru = "Ливийская армия Правительства национального согласия", uk = "Лівійська армія Уряду національної згоди", zh = "民族团结政府利比亚军" }
  short = { en = "Government of National Accord", ru = "ПНС", uk = "УНЗ", zh = "民族团结政府" }
}

party "LNA" {
  name  = { en = "General Command of the Libyan National Army", ru = "Главное командование Ливийской национальной армии", uk = "Головне командування Лівійської національної армії", zh = "利比亚国民军总指挥部" }
  short = { en = "General Command", ru = "Главное командование", uk = "Головне командування", zh = "总指挥部" }
}

party "FOREIGN" {
  name  = { en = "Foreign fighters, whoever they are", ru = "Иностранные бойцы, кто бы они ни были", uk = "Іноземні бійці, хоч би хто вони були", zh = "外国战斗人员（不论其身份）" }
  short = { en = "Foreign fighters", ru = "Иностранные бойцы", uk = "Іноземні бійці", zh = "外国战斗人员" }
}

party "LISTED" {
  name  = { en = "Groups on the list of the United Nations", ru = "Группы из перечня ООН", uk = "Групи з переліку ООН", zh = "联合国名单所列团体" }
  short = { en = "Listed groups", ru = "Группы из перечня", uk = "Групи з переліку", zh = "名单所列团体" }
}

party "UNSMIL" {
  name  = { en = "United Nations Support Mission in Libya", ru = "Миссия ООН по поддержке в Ливии", uk = "Місія ООН з підтримки в Лівії", zh = "联合国利比亚支助团" }
  short = { en = "UN mission", ru = "Миссия ООН", uk = "Місія ООН", zh = "联合国支助团" }
}

party "JMC" {
  name  = { en = "Joint Military Commission 5+5", ru = "Совместная военная комиссия «5+5»", uk = "Спільна військова комісія «5+5»", zh = "“5+5”联合军事委员会" }
  short = { en = "Joint Commission", ru = "Совместная комиссия", uk = "Спільна комісія", zh = "联合军委" }
}
