# Who and where of the Korean Armistice of 1953.
case "korea-1953" {
  title = {
    en = "Korean Armistice, 1953"
    ru = "Корейское перемирие, 1953 год"
    uk = "Корейське перемир'я, 1953 рік"
    zh = "朝鲜停战（1953年）"
  }
  zone   = "Asia/Seoul"
  begins = "1953-07-01"
  ends   = "1955-01-01"
}

party "UNC" {
  name  = { en = "United Nations Command", ru = "Командование войск ООН", uk = "Командування військ ООН", zh = "联合国军司令部" }
  short = { en = "UN Command", ru = "Командование ООН", uk = "Командування ООН", zh = "联合国军" }
}

party "KPA" {
  name  = { en = "Korean People's Army", ru = "Корейская народная армия", uk = "Корейська народна армія", zh = "朝鲜人民军" }
  short = { en = "People's Army", ru = "Народная армия", uk = "Народна армія", zh = "人民军" }
}

party "CPV" {
  name  = { en = "Chinese People's Volunteers", ru = "Китайские народные добровольцы", uk = "Китайські народні добровольці", zh = "中国人民志愿军" }
  short = { en = "People's Volunteers", ru = "Народные добровольцы", uk = "Народні добровольці", zh = "志愿军" }
}

party "MAC" {
  name  = { en = "Military Armistice Commission", ru = "Военная комиссия по перемирию", uk = "Військова комісія з перемир'я", zh = "军事停战委员会" }
  short = { en = "Armistice Commission", ru = "Комиссия по перемирию", uk = "Комісія з перемир'я", zh = "停战委员会" }
}
