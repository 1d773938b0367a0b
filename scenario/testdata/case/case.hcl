# An invented case for tests. No state, place or event in it is real.
case "training" {
  title  = { en = "Training case", ru = "Учебное дело", uk = "Навчальна справа", zh = "训练案例" }
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
