# With what. The class as told; nobody guesses a calibre.
# A node's path is its labels joined by "/". Adding a leaf changes no clause; moving one does.

node "missile" {
  names = { en = "missile", ru = "ракета", uk = "ракета", zh = "导弹" }
  node "ballistic" {
    names = { en = "ballistic missile", ru = "баллистическая ракета", uk = "балістична ракета", zh = "弹道导弹" }
    node "tochka" {
      names = { en = "Tochka tactical missile", ru = "тактический ракетный комплекс «Точка»", uk = "тактичний ракетний комплекс «Точка»", zh = "“圆点”战术导弹" }
    }
  }
  node "cruise" {
    names = { en = "cruise missile", ru = "крылатая ракета", uk = "крилата ракета", zh = "巡航导弹" }
  }
  node "air-defence" {
    names = { en = "air-defence missile", ru = "зенитная ракета", uk = "зенітна ракета", zh = "防空导弹" }
  }
}
node "rocket" {
  names = { en = "rocket artillery", ru = "реактивная артиллерия", uk = "реактивна артилерія", zh = "火箭炮" }
  node "grad" {
    names = { en = "Grad rocket launcher", ru = "РСЗО «Град»", uk = "РСЗВ «Град»", zh = "“冰雹”火箭炮" }
    calibre_mm = "122"
  }
  node "uragan" {
    names = { en = "Uragan rocket launcher", ru = "РСЗО «Ураган»", uk = "РСЗВ «Ураган»", zh = "“飓风”火箭炮" }
    calibre_mm = "220"
  }
  node "smerch" {
    names = { en = "Smerch rocket launcher", ru = "РСЗО «Смерч»", uk = "РСЗВ «Смерч»", zh = "“龙卷风”火箭炮" }
    calibre_mm = "300"
  }
  node "tornado-g" {
    names = { en = "Tornado-G rocket launcher", ru = "РСЗО «Торнадо-Г»", uk = "РСЗВ «Торнадо-Г»", zh = "“旋风-G”火箭炮" }
    calibre_mm = "122"
  }
  node "tornado-s" {
    names = { en = "Tornado-S rocket launcher", ru = "РСЗО «Торнадо-С»", uk = "РСЗВ «Торнадо-С»", zh = "“旋风-S”火箭炮" }
    calibre_mm = "300"
  }
  node "guided" {
    names = { en = "guided rocket", ru = "управляемый реактивный снаряд", uk = "керований реактивний снаряд", zh = "制导火箭弹" }
  }
}
node "uav" {
  names = { en = "drone", ru = "беспилотник", uk = "безпілотник", zh = "无人机" }
  node "one-way" {
    names = { en = "one-way attack drone", ru = "ударный дрон одноразового применения", uk = "ударний дрон одноразового застосування", zh = "自杀式无人机" }
  }
  node "fpv" {
    names = { en = "FPV drone", ru = "FPV-дрон", uk = "FPV-дрон", zh = "FPV无人机" }
  }
  node "reconnaissance" {
    names = { en = "reconnaissance drone", ru = "разведывательный беспилотник", uk = "розвідувальний безпілотник", zh = "侦察无人机" }
  }
}
node "artillery" {
  names = { en = "artillery", ru = "артиллерия", uk = "артилерія", zh = "火炮" }
  node "gun" {
    names = { en = "gun or howitzer", ru = "пушка или гаубица", uk = "гармата або гаубиця", zh = "加农炮或榴弹炮" }
    node "mt-12" {
      names = { en = "MT-12 anti-tank gun", ru = "противотанковая пушка МТ-12", uk = "протитанкова гармата МТ-12", zh = "MT-12反坦克炮" }
      calibre_mm = "100"
    }
    node "122mm" {
      names = { en = "122 mm gun or howitzer", ru = "орудие калибра 122 мм", uk = "гармата калібру 122 мм", zh = "122毫米火炮" }
      calibre_mm = "122"
    }
    node "152mm" {
      names = { en = "152 mm gun or howitzer", ru = "орудие калибра 152 мм", uk = "гармата калібру 152 мм", zh = "152毫米火炮" }
      calibre_mm = "152"
    }
    node "155mm" {
      names = { en = "155 mm howitzer", ru = "гаубица калибра 155 мм", uk = "гаубиця калібру 155 мм", zh = "155毫米榴弹炮" }
      calibre_mm = "155"
    }
    node "203mm" {
      names = { en = "203 mm gun", ru = "орудие калибра 203 мм", uk = "гармата калібру 203 мм", zh = "203毫米火炮" }
      calibre_mm = "203"
    }
  }
  node "mortar" {
    names = { en = "mortar", ru = "миномёт", uk = "міномет", zh = "迫击炮" }
    node "82mm" {
      names = { en = "82 mm mortar", ru = "миномёт калибра 82 мм", uk = "міномет калібру 82 мм", zh = "82毫米迫击炮" }
      calibre_mm = "82"
    }
    node "120mm" {
      names = { en = "120 mm mortar", ru = "миномёт калибра 120 мм", uk = "міномет калібру 120 мм", zh = "120毫米迫击炮" }
      calibre_mm = "120"
    }
  }
}
node "bomb" {
  names = { en = "air-dropped bomb", ru = "авиабомба", uk = "авіабомба", zh = "航空炸弹" }
  node "glide" {
    names = { en = "glide bomb", ru = "планирующая бомба", uk = "плануюча бомба", zh = "滑翔炸弹" }
  }
}
node "small-arms" {
  names = { en = "small arms", ru = "стрелковое оружие", uk = "стрілецька зброя", zh = "轻武器" }
}
node "tank" {
  names = { en = "tank", ru = "танк", uk = "танк", zh = "坦克" }
}
node "mine" {
  names = { en = "mine", ru = "мина", uk = "міна", zh = "地雷或水雷" }
}
node "sea-drone" {
  names = { en = "sea drone", ru = "морской дрон", uk = "морський дрон", zh = "无人艇" }
}
node "explosive-charge" {
  names = { en = "explosive charge", ru = "взрывной заряд", uk = "вибуховий заряд", zh = "炸药" }
}
node "aircraft" {
  names = { en = "aircraft", ru = "самолёт или вертолёт", uk = "літак або вертоліт", zh = "飞机" }
  node "fixed-wing" {
    names = { en = "fixed-wing aircraft", ru = "самолёт", uk = "літак", zh = "固定翼飞机" }
  }
  node "helicopter" {
    names = { en = "helicopter", ru = "вертолёт", uk = "вертоліт", zh = "直升机" }
  }
}
node "balloon" {
  names = { en = "balloon", ru = "аэростат", uk = "аеростат", zh = "气球" }
}
node "armour" {
  names = { en = "armoured vehicle", ru = "бронемашина", uk = "бронемашина", zh = "装甲车" }
  node "ifv" {
    names = { en = "infantry fighting vehicle", ru = "боевая машина пехоты", uk = "бойова машина піхоти", zh = "步兵战车" }
  }
  node "apc" {
    names = { en = "armoured personnel carrier", ru = "бронетранспортёр", uk = "бронетранспортер", zh = "装甲运兵车" }
  }
}
node "air-defence" {
  names = { en = "air defence system", ru = "комплекс ПВО", uk = "комплекс ППО", zh = "防空系统" }
}
node "anti-tank" {
  names = { en = "anti-tank weapon", ru = "противотанковое средство", uk = "протитанковий засіб", zh = "反坦克武器" }
}
