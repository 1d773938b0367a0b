# What was hit or aimed at. The branch when the report is unsure, not the leaf. Power equipment of a railway stands under transport.
# A node's path is its labels joined by "/". Adding a leaf changes no clause; moving one does.

node "energy" {
  names = { en = "energy", ru = "энергетика", uk = "енергетика", zh = "能源设施" }
  node "electricity" {
    names = { en = "electric power", ru = "электроэнергетика", uk = "електроенергетика", zh = "电力设施" }
    node "generation" {
      names = { en = "power plant", ru = "электростанция", uk = "електростанція", zh = "发电厂" }
      node "thermal" {
        names = { en = "thermal power plant", ru = "тепловая электростанция", uk = "теплова електростанція", zh = "火电厂" }
      }
      node "hydro" {
        names = { en = "hydropower plant", ru = "гидроэлектростанция", uk = "гідроелектростанція", zh = "水电站" }
      }
    }
    node "transmission" {
      names = { en = "transmission line", ru = "линия электропередачи", uk = "лінія електропередачі", zh = "输电线路" }
    }
    node "substation" {
      names = { en = "substation or transformer", ru = "подстанция или трансформатор", uk = "підстанція або трансформатор", zh = "变电站" }
    }
    node "distribution" {
      names = { en = "distribution network", ru = "распределительная сеть", uk = "розподільна мережа", zh = "配电网" }
    }
  }
  node "oil" {
    names = { en = "oil", ru = "нефтяная отрасль", uk = "нафтова галузь", zh = "石油设施" }
    node "refinery" {
      names = { en = "oil refinery", ru = "нефтеперерабатывающий завод", uk = "нафтопереробний завод", zh = "炼油厂" }
    }
    node "pipeline" {
      names = { en = "oil pipeline", ru = "нефтепровод", uk = "нафтопровід", zh = "输油管道" }
    }
    node "storage" {
      names = { en = "oil or fuel storage", ru = "хранилище нефти или топлива", uk = "сховище нафти або пального", zh = "油库" }
    }
    node "pumping-station" {
      names = { en = "oil pumping station", ru = "нефтеперекачивающая станция", uk = "нафтоперекачувальна станція", zh = "输油泵站" }
    }
    node "transfer-terminal" {
      names = { en = "oil transfer terminal", ru = "нефтеперевалочный комплекс", uk = "нафтоперевалювальний комплекс", zh = "石油转运设施" }
    }
  }
  node "gas" {
    names = { en = "gas", ru = "газовая отрасль", uk = "газова галузь", zh = "天然气设施" }
    node "pipeline" {
      names = { en = "gas pipeline", ru = "газопровод", uk = "газопровід", zh = "输气管道" }
    }
    node "storage" {
      names = { en = "gas storage", ru = "газохранилище", uk = "газосховище", zh = "储气库" }
    }
    node "pumping-station" {
      names = { en = "gas compressor station", ru = "газокомпрессорная станция", uk = "газокомпресорна станція", zh = "压气站" }
    }
    node "metering-station" {
      names = { en = "gas metering station", ru = "газоизмерительная станция", uk = "газовимірювальна станція", zh = "天然气计量站" }
    }
    node "processing" {
      names = { en = "gas processing plant", ru = "газоперерабатывающий завод", uk = "газопереробний завод", zh = "天然气处理厂" }
    }
  }
  node "nuclear" {
    names = { en = "nuclear energy", ru = "атомная энергетика", uk = "атомна енергетика", zh = "核能设施" }
    node "plant" {
      names = { en = "nuclear power plant", ru = "атомная электростанция", uk = "атомна електростанція", zh = "核电站" }
    }
  }
  node "hydro" {
    names = { en = "hydraulic works", ru = "гидротехнические сооружения", uk = "гідротехнічні споруди", zh = "水利工程" }
    node "dam" {
      names = { en = "dam of a hydropower plant", ru = "плотина гидроэлектростанции", uk = "гребля гідроелектростанції", zh = "水电站大坝" }
    }
  }
  node "heat" {
    names = { en = "heat supply", ru = "теплоснабжение", uk = "теплопостачання", zh = "供热设施" }
  }
}
node "transport" {
  names = { en = "transport", ru = "транспорт", uk = "транспорт", zh = "交通设施" }
  node "railway" {
    names = { en = "railway", ru = "железная дорога", uk = "залізниця", zh = "铁路" }
    node "power-supply" {
      names = { en = "power supply of a railway", ru = "электроснабжение железной дороги", uk = "електропостачання залізниці", zh = "铁路供电设施" }
    }
    node "track" {
      names = { en = "railway track or rolling stock", ru = "путь или подвижной состав", uk = "колія або рухомий склад", zh = "铁轨或车辆" }
    }
  }
  node "port" {
    names = { en = "port", ru = "порт", uk = "порт", zh = "港口" }
  }
  node "bridge" {
    names = { en = "bridge", ru = "мост", uk = "міст", zh = "桥梁" }
  }
  node "road" {
    names = { en = "road", ru = "дорога", uk = "дорога", zh = "公路" }
  }
  node "airport" {
    names = { en = "airport", ru = "аэропорт", uk = "аеропорт", zh = "机场" }
  }
}
node "civilian" {
  names = { en = "civilian object", ru = "гражданский объект", uk = "цивільний об'єкт", zh = "民用目标" }
  node "housing" {
    names = { en = "housing", ru = "жильё", uk = "житло", zh = "住宅" }
  }
  node "hospital" {
    names = { en = "hospital", ru = "больница", uk = "лікарня", zh = "医院" }
  }
  node "school" {
    names = { en = "school", ru = "школа", uk = "школа", zh = "学校" }
  }
  node "water" {
    names = { en = "water supply", ru = "водоснабжение", uk = "водопостачання", zh = "供水设施" }
  }
  node "communications" {
    names = { en = "communications", ru = "связь", uk = "зв'язок", zh = "通信设施" }
  }
}
node "industry" {
  names = { en = "industry", ru = "промышленность", uk = "промисловість", zh = "工业设施" }
}
node "military" {
  names = { en = "military object", ru = "военный объект", uk = "військовий об'єкт", zh = "军事目标" }
  node "airbase" {
    names = { en = "airfield", ru = "аэродром", uk = "аеродром", zh = "机场（军用或兼用）" }
  }
  node "depot" {
    names = { en = "depot", ru = "склад", uk = "склад", zh = "仓库" }
  }
  node "industry" {
    names = { en = "arms industry", ru = "оборонная промышленность", uk = "оборонна промисловість", zh = "军工设施" }
  }
  node "position" {
    names = { en = "position", ru = "позиция", uk = "позиція", zh = "阵地" }
  }
  node "personnel" {
    names = { en = "personnel", ru = "личный состав", uk = "особовий склад", zh = "人员" }
  }
}
node "vessel" {
  names = { en = "vessel", ru = "судно", uk = "судно", zh = "船舶" }
  node "commercial" {
    names = { en = "commercial vessel", ru = "торговое судно", uk = "торговельне судно", zh = "商船" }
  }
  node "warship" {
    names = { en = "warship", ru = "боевой корабль", uk = "бойовий корабель", zh = "军舰" }
  }
}
node "aircraft" {
  names = { en = "aircraft", ru = "воздушное судно", uk = "повітряне судно", zh = "航空器" }
  node "uav" {
    names = { en = "drone in flight", ru = "беспилотник в полёте", uk = "безпілотник у польоті", zh = "飞行中的无人机" }
  }
}
