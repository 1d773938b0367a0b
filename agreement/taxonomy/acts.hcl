# What is done. A clause that forbids a branch forbids its leaves; "attack" is any use of force against an object or person.
# A node's path is its labels joined by "/". Adding a leaf changes no clause; moving one does.

node "attack" {
  names = { en = "attack", ru = "нападение или удар", uk = "напад або удар", zh = "攻击" }
  node "missile" {
    names = { en = "missile strike", ru = "ракетный удар", uk = "ракетний удар", zh = "导弹攻击" }
  }
  node "uav" {
    names = { en = "drone strike", ru = "удар беспилотником", uk = "удар безпілотником", zh = "无人机攻击" }
    node "fpv" {
      names = { en = "strike by FPV drone", ru = "удар FPV-дроном", uk = "удар FPV-дроном", zh = "FPV无人机攻击" }
    }
  }
  node "bomb" {
    names = { en = "air-dropped bomb", ru = "авиационная бомба", uk = "авіаційна бомба", zh = "航空炸弹攻击" }
  }
  node "artillery" {
    names = { en = "artillery fire", ru = "артиллерийский огонь", uk = "артилерійський вогонь", zh = "炮击" }
    node "gun" {
      names = { en = "gun or howitzer fire", ru = "огонь ствольной артиллерии", uk = "вогонь ствольної артилерії", zh = "身管火炮射击" }
    }
    node "mortar" {
      names = { en = "mortar fire", ru = "миномётный огонь", uk = "мінометний вогонь", zh = "迫击炮射击" }
    }
    node "rocket" {
      names = { en = "rocket artillery fire", ru = "огонь реактивной артиллерии", uk = "вогонь реактивної артилерії", zh = "火箭炮射击" }
    }
  }
  node "small-arms" {
    names = { en = "small-arms fire", ru = "огонь из стрелкового оружия", uk = "вогонь зі стрілецької зброї", zh = "轻武器射击" }
  }
  node "naval" {
    names = { en = "attack by ship or sea drone", ru = "удар корабля или морского дрона", uk = "удар корабля або морського дрона", zh = "舰艇或无人艇攻击" }
  }
  node "demolition" {
    names = { en = "blowing up on the spot", ru = "подрыв на месте", uk = "підрив на місці", zh = "就地爆破" }
  }
}
node "assault" {
  names = { en = "ground assault", ru = "штурм на земле", uk = "наземний штурм", zh = "地面进攻" }
}
node "movement" {
  names = { en = "movement of forces", ru = "передвижение сил", uk = "пересування сил", zh = "部队移动" }
  node "warship" {
    names = { en = "movement of warships", ru = "передвижение боевых кораблей", uk = "пересування бойових кораблів", zh = "军舰移动" }
  }
}
node "reconnaissance" {
  names = { en = "reconnaissance", ru = "разведка", uk = "розвідка", zh = "侦察" }
}
node "mining" {
  names = { en = "laying mines or barriers", ru = "минирование и заграждения", uk = "мінування та загородження", zh = "布雷或设障" }
}
node "shooting-down" {
  names = { en = "shooting down", ru = "уничтожение в воздухе", uk = "знищення в повітрі", zh = "击落" }
}
node "interception" {
  names = { en = "stopping or boarding a vessel", ru = "остановка или досмотр судна", uk = "зупинка або огляд судна", zh = "拦截或登临船舶" }
}
node "cyber" {
  names = { en = "act by way of computers", ru = "действие в киберпространстве", uk = "дія в кіберпросторі", zh = "网络行动" }
  node "shutdown" {
    names = { en = "network shutdown", ru = "отключение сетей", uk = "вимкнення мереж", zh = "断网" }
  }
  node "denial-of-service" {
    names = { en = "denial of service", ru = "отказ в обслуживании", uk = "відмова в обслуговуванні", zh = "拒绝服务攻击" }
  }
  node "malware" {
    names = { en = "malware", ru = "вредоносная программа", uk = "шкідлива програма", zh = "恶意软件" }
  }
  node "intrusion" {
    names = { en = "intrusion", ru = "проникновение в сеть", uk = "проникнення в мережу", zh = "网络入侵" }
  }
}
node "detention" {
  names = { en = "detention", ru = "задержание", uk = "затримання", zh = "扣押" }
}
node "obstruction" {
  names = { en = "hindering monitors or aid", ru = "препятствование наблюдателям или помощи", uk = "перешкоджання спостерігачам або допомозі", zh = "阻碍监督或援助" }
}
node "presence" {
  names = { en = "presence of forces or weapons", ru = "нахождение сил или вооружений", uk = "перебування сил або озброєнь", zh = "部队或武器的存在" }
}
node "advance" {
  names = { en = "moving positions forward", ru = "продвижение позиций вперёд", uk = "просування позицій уперед", zh = "推进阵地" }
}
node "patrol" {
  names = { en = "patrol ahead of own positions", ru = "патрулирование впереди своих позиций", uk = "патрулювання попереду своїх позицій", zh = "在己方阵地前沿巡逻" }
}
node "flight" {
  names = { en = "flight", ru = "полёт", uk = "політ", zh = "飞行" }
}
node "exercise" {
  names = { en = "exercise", ru = "учения", uk = "навчання", zh = "演习" }
  node "live-fire" {
    names = { en = "live fire", ru = "боевая стрельба", uk = "бойова стрільба", zh = "实弹射击" }
  }
  node "field-training" {
    names = { en = "field training", ru = "полевые учения", uk = "польові навчання", zh = "野外训练" }
  }
}
node "fortification" {
  names = { en = "building positions", ru = "строительство позиций", uk = "будівництво позицій", zh = "构筑阵地" }
}
node "resupply" {
  names = { en = "resupply of forces or arms", ru = "пополнение сил или вооружений", uk = "поповнення сил або озброєнь", zh = "补充兵力或武器" }
}
node "recruitment" {
  names = { en = "recruitment or mobilisation", ru = "набор или мобилизация", uk = "набір або мобілізація", zh = "征募或动员" }
}
node "entry" {
  names = { en = "crossing into an area", ru = "вход в район", uk = "вхід до району", zh = "进入区域" }
}
node "military-use" {
  names = { en = "military use of civil things", ru = "военное использование гражданских объектов", uk = "військове використання цивільних об'єктів", zh = "将民用物用于军事目的" }
}
node "seizure" {
  names = { en = "seizure or occupation", ru = "захват или занятие", uk = "захоплення або зайняття", zh = "夺取或占领" }
}
node "threat" {
  names = { en = "threat of force", ru = "угроза силой", uk = "погроза силою", zh = "武力威胁" }
}
node "ceremony" {
  names = { en = "ceremony with armed men", ru = "церемония с участием вооружённых лиц", uk = "церемонія за участю озброєних осіб", zh = "有武装人员参加的仪式" }
}
node "posture" {
  names = { en = "weapon made ready", ru = "готовность оружия", uk = "готовність зброї", zh = "武器处于待发状态" }
  node "open-gunport" {
    names = { en = "open gunport", ru = "открытая амбразура", uk = "відкрита амбразура", zh = "炮门开启" }
  }
  node "uncovered-muzzle" {
    names = { en = "uncovered muzzle", ru = "открытый ствол", uk = "відкритий ствол", zh = "炮口未覆盖" }
  }
}
node "order" {
  names = { en = "order given", ru = "отданный приказ", uk = "відданий наказ", zh = "下达的命令" }
  node "contrary" {
    names = { en = "order against the agreement", ru = "приказ вопреки соглашению", uk = "наказ всупереч угоді", zh = "违背协议的命令" }
  }
}
node "information" {
  names = { en = "act by way of words", ru = "действие в информационном поле", uk = "дія в інформаційному полі", zh = "信息行动" }
  node "propaganda" {
    names = { en = "hostile propaganda", ru = "враждебная пропаганда", uk = "ворожа пропаганда", zh = "敌对宣传" }
  }
  node "disinformation" {
    names = { en = "disinformation", ru = "дезинформация", uk = "дезінформація", zh = "虚假信息" }
  }
}
node "advantage" {
  names = { en = "seeking tactical advantage", ru = "получение тактического преимущества", uk = "здобуття тактичної переваги", zh = "谋取战术优势" }
}
node "violence-civilians" {
  names = { en = "violence against civilians", ru = "насилие над гражданскими", uk = "насильство над цивільними", zh = "对平民施暴" }
}
