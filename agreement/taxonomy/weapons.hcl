# With what. The class as told; nobody guesses a calibre.
# A node's path is its labels joined by "/". Adding a leaf changes no clause; moving one does.

node "missile" {
  names = { en = "missile", ru = "ракета", uk = "ракета", zh = "导弹" }
  node "ballistic" {
    names = { en = "ballistic missile", ru = "баллистическая ракета", uk = "балістична ракета", zh = "弹道导弹" }
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
  }
  node "mortar" {
    names = { en = "mortar", ru = "миномёт", uk = "міномет", zh = "迫击炮" }
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
}
