# An invented case for tests. No state, person, place or event in it is real.
case "harbour" {
  title  = { en = "The harbour truce", ru = "Перемирие в гавани", uk = "Перемир'я в гавані", zh = "港口休战" }
  zone   = "Europe/Kyiv"
  begins = "2040-01-01"
  ends   = "2040-12-31"
}

party "A" {
  name  = { en = "Republic of A", ru = "Республика А", uk = "Республіка А", zh = "A共和国" }
  short = { en = "A", ru = "А", uk = "А", zh = "A" }
}

party "B" {
  name  = { en = "Federation of B", ru = "Федерация Б", uk = "Федерація Б", zh = "B联邦" }
  short = { en = "B", ru = "Б", uk = "Б", zh = "B" }
}

party "M" {
  name  = { en = "Office of the Mediator" }
  short = { en = "Mediator" }
}

person "doe" {
  name = { en = "Jane Doe", ru = "Джейн Доу", uk = "Джейн Доу", zh = "简·多伊" }
  also = ["J. Doe", "Doe, Jane"]
}

person "roe" {
  name = { en = "Richard Roe" }
}

series "heads-of-service" {
  name = { en = "Calls of the heads of service", zh = "情报首长通话" }
}
