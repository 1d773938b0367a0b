# What is owed: the deeds of duties.
# A node's path is its labels joined by "/". Adding a leaf changes no clause; moving one does.

node "release" {
  names = { en = "release", ru = "освободить", uk = "звільнити", zh = "释放" }
}
node "exchange" {
  names = { en = "exchange", ru = "обменять", uk = "обміняти", zh = "交换" }
}
node "return-remains" {
  names = { en = "return remains", ru = "вернуть останки", uk = "повернути останки", zh = "归还遗体" }
}
node "hand-over" {
  names = { en = "hand over", ru = "передать", uk = "передати", zh = "移交" }
  node "area" {
    names = { en = "hand over an area", ru = "передать территорию", uk = "передати територію", zh = "移交区域" }
  }
  node "list" {
    names = { en = "hand over lists or data", ru = "передать списки или данные", uk = "передати списки або дані", zh = "移交名单或数据" }
  }
  node "arms" {
    names = { en = "hand over arms", ru = "сдать оружие", uk = "здати зброю", zh = "移交武器" }
  }
}
node "deliver" {
  names = { en = "deliver supplies", ru = "доставить грузы", uk = "доставити вантажі", zh = "运送物资" }
}
node "admit" {
  names = { en = "let supplies in", ru = "пропустить грузы", uk = "пропустити вантажі", zh = "放行物资" }
}
node "withdraw" {
  names = { en = "withdraw", ru = "отвести", uk = "відвести", zh = "撤出" }
}
node "return-to-positions" {
  names = { en = "return to positions or camps", ru = "вернуться на позиции или в лагеря", uk = "повернутися на позиції або в табори", zh = "返回阵地或营地" }
}
node "depart" {
  names = { en = "leave the country", ru = "покинуть страну", uk = "залишити країну", zh = "离境" }
}
node "disarm" {
  names = { en = "disarm", ru = "разоружиться", uk = "роззброїтися", zh = "解除武装" }
}
node "store" {
  names = { en = "store arms under watch", ru = "сложить оружие под надзор", uk = "скласти зброю під нагляд", zh = "将武器存放受监管" }
}
node "decommission" {
  names = { en = "put arms beyond use", ru = "вывести оружие из употребления", uk = "вивести зброю з ужитку", zh = "使武器不可再用" }
}
node "vacate" {
  names = { en = "vacate facilities", ru = "освободить объекты", uk = "звільнити об'єкти", zh = "撤离设施" }
}
node "clear-mines" {
  names = { en = "clear mines or barriers", ru = "снять мины или заграждения", uk = "зняти міни або загородження", zh = "清除地雷或障碍" }
}
node "open" {
  names = { en = "open routes or corridors", ru = "открыть маршруты или коридоры", uk = "відкрити маршрути або коридори", zh = "开放通道" }
}
node "allow-access" {
  names = { en = "give access", ru = "обеспечить доступ", uk = "забезпечити доступ", zh = "给予准入" }
}
node "pause" {
  names = { en = "pause for a purpose", ru = "приостановить действия с целью", uk = "призупинити дії з метою", zh = "为特定目的暂停" }
}
node "notify" {
  names = { en = "give notice", ru = "уведомить", uk = "повідомити", zh = "通知" }
}
node "publish" {
  names = { en = "publish", ru = "опубликовать", uk = "оприлюднити", zh = "公布" }
}
node "order" {
  names = { en = "issue an order", ru = "издать приказ", uk = "видати наказ", zh = "下达命令" }
}
node "report" {
  names = { en = "report", ru = "доложить", uk = "доповісти", zh = "报告" }
}
node "declare" {
  names = { en = "declare", ru = "объявить данные", uk = "оголосити дані", zh = "申报" }
}
node "answer" {
  names = { en = "answer", ru = "ответить", uk = "відповісти", zh = "答复" }
}
node "meet" {
  names = { en = "meet", ru = "встретиться", uk = "зустрітися", zh = "会面" }
}
node "keep-contact" {
  names = { en = "keep in contact", ru = "поддерживать связь", uk = "підтримувати зв'язок", zh = "保持联系" }
}
node "open-talks" {
  names = { en = "open talks", ru = "начать переговоры", uk = "розпочати переговори", zh = "开始谈判" }
}
node "name-negotiators" {
  names = { en = "name negotiators", ru = "назначить переговорщиков", uk = "призначити переговорників", zh = "指派谈判人员" }
}
node "coordinate" {
  names = { en = "coordinate beforehand", ru = "согласовать заранее", uk = "узгодити заздалегідь", zh = "事先协调" }
}
node "investigate" {
  names = { en = "investigate", ru = "расследовать", uk = "розслідувати", zh = "调查" }
}
node "discipline" {
  names = { en = "discipline those who breach", ru = "привлечь нарушителей к ответственности", uk = "притягнути порушників до відповідальності", zh = "惩处违反者" }
}
node "restrain" {
  names = { en = "restrain groups", ru = "сдерживать группы", uk = "стримувати групи", zh = "约束武装团体" }
}
node "restore-services" {
  names = { en = "restore services", ru = "восстановить службы", uk = "відновити служби", zh = "恢复服务" }
}
node "deploy" {
  names = { en = "deploy", ru = "развернуть", uk = "розгорнути", zh = "部署" }
}
node "monitor" {
  names = { en = "monitor", ru = "наблюдать", uk = "спостерігати", zh = "监督" }
}
node "rule" {
  names = { en = "rule on disputes", ru = "разрешать споры", uk = "вирішувати спори", zh = "裁决争议" }
}
node "protect" {
  names = { en = "protect", ru = "охранять", uk = "охороняти", zh = "保护" }
}
node "cap-forces" {
  names = { en = "keep forces within a cap", ru = "соблюдать предельную численность", uk = "дотримуватися граничної чисельності", zh = "将兵力控制在上限内" }
}
node "replace" {
  names = { en = "replace arms piece for piece", ru = "заменять оружие единица за единицу", uk = "замінювати зброю одиниця за одиницю", zh = "逐件更换武器" }
}
