# In what element.
# A node's path is its labels joined by "/". Adding a leaf changes no clause; moving one does.

node "land" {
  names = { en = "land", ru = "суша", uk = "суходіл", zh = "陆上" }
}
node "air" {
  names = { en = "air", ru = "воздух", uk = "повітря", zh = "空中" }
}
node "sea" {
  names = { en = "sea", ru = "море", uk = "море", zh = "海上" }
}
node "cyber" {
  names = { en = "computers and networks", ru = "киберпространство", uk = "кіберпростір", zh = "网络" }
}
node "space" {
  names = { en = "outer space", ru = "космос", uk = "космос", zh = "太空" }
}
