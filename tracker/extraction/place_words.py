"""What stands beside the name of a place, and what is in capitals without being one."""

from __future__ import annotations

#: Kinds of places: "the town of Sella", "Nahr province".
OF_A_KIND = (
    *("province", "governorate", "district", "subdistrict", "region", "city", "town", "village"),
    *("villages", "towns", "cities", "suburb", "suburbs", "neighbourhood", "neighborhood"),
    *("neighbourhoods", "neighborhoods", "countryside", "camp", "refugee camp", "enclave"),
    *("quarter", "area", "areas", "crossing", "airport", "airbase", "air base", "market", "road"),
    *("roundabout", "square", "street", "oilfield", "oil field", "gas field", "dam", "outskirts"),
    *("provinces", "districts", "municipality", "hamlet", "farm", "farms", "front", "island"),
    *("valley", "mountain", "mountains", "hill", "hills", "junction", "checkpoint", "hospital"),
)
PREPOSITIONS = (
    *("in", "near", "at", "around", "outside", "inside", "from", "of", "on", "over", "into"),
    *("across", "towards", "toward", "against", "between", "to", "through", "north", "south"),
    *("east", "west", "northern", "southern", "eastern", "western", "central", "rural"),
    *("northeast of", "northwest of", "southeast of", "southwest of", "off", "hit", "struck"),
    *("targeted", "shelled", "bombed"),
)
_CAPITALISED = """
    a an the this that these those he she it they we i his her its their our his in on at of and but
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    president minister ministry general colonel major captain sheikh king prince mr mrs ms dr sir
    army navy force forces state states united nations council security assembly party front group
    observatory human rights network committee commission agency news television tv radio reuters
    afp ap associated press agence france-presse twitter facebook telegram youtube google
    islamic islamist kurdish arab arabs muslim muslims christian christians sunni shiite shia
    alawite druze un eu nato us u.s usa uk u.k american british russian french german
    turkish iranian iraqi
    israeli syrian lebanese saudi egyptian palestinian ukrainian afghan libyan yemeni sudanese
    western eastern northern southern central east west north south middle
    ramadan eid christmas easter god allah war civil defence defense white helmets red
    crescent cross coalition alliance union league organisation organization
    foundation hospital school university
    monitor according photo image video source sources
"""
#: In capitals and often after such a word, but no place of an event.
NO_PLACE = frozenset(_CAPITALISED.split())
