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
}
node "detention" {
  names = { en = "detention", ru = "задержание", uk = "затримання", zh = "扣押" }
}
node "obstruction" {
  names = { en = "hindering monitors or aid", ru = "препятствование наблюдателям или помощи", uk = "перешкоджання спостерігачам або допомозі", zh = "阻碍监督或援助" }
}
