# An invented case for tests. No state, place or event in it is real.
case "patterns" {
  title  = { en = "Clause patterns", ru = "Образцы пунктов", uk = "Зразки пунктів", zh = "条款范式" }
  zone   = "UTC"
  begins = "2030-01-01"
  ends   = "2031-01-01"
}

party "KA" {
  name  = { en = "Republic of Karland", ru = "Республика Карландия", uk = "Республіка Карландія", zh = "卡尔兰共和国" }
  short = { en = "Karland", ru = "Карландия", uk = "Карландія", zh = "卡尔兰" }
}

party "LO" {
  name  = { en = "Republic of Lotia", ru = "Республика Лотия", uk = "Республіка Лотія", zh = "洛蒂亚共和国" }
  short = { en = "Lotia", ru = "Лотия", uk = "Лотія", zh = "洛蒂亚" }
}

party "MED" {
  name  = { en = "Mediation Office", ru = "Бюро посредника", uk = "Бюро посередника", zh = "调解办公室" }
  short = { en = "Mediator", ru = "Посредник", uk = "Посередник", zh = "调解方" }
}

party "HOM" {
  name  = { en = "Head of the mission", ru = "Глава миссии", uk = "Голова місії", zh = "特派团团长" }
  short = { en = "Head of mission", ru = "Глава миссии", uk = "Голова місії", zh = "团长" }
}

party "GREENS" {
  name  = { en = "Green Guards", ru = "Зелёная стража", uk = "Зелена варта", zh = "绿卫队" }
  short = { en = "Green Guards", ru = "Зелёная стража", uk = "Зелена варта", zh = "绿卫队" }
}

party "BAND" {
  name  = { en = "River Band", ru = "Речной отряд", uk = "Річковий загін", zh = "河帮" }
  short = { en = "River Band", ru = "Речной отряд", uk = "Річковий загін", zh = "河帮" }
}
