"""A small territory in which nothing is wrong, and what people do to it: each mistake, and what is told.

`TOWN` is a folder as text. `MISTAKES` maps the name of a mistake to (file, what stood there, what stands
there now, the messages it must have: all of them and no other).
"""

import json

SCHOOLS = """school,name,sector,level,zone,lat,lon,capacity,x_note
001,Heron School,public,primary,Z1,10.5,20.5,200,
002,Ibis School,public,primary,Z1,10.6,20.6,200,
003,Kite School,private,primary,Z2,10.5,21.5,200,
"""
ENROLMENT = """year,school,level,grouping,group,n,n_status
2023,001,primary,all,all,100,ok
2023,001,primary,origin,near,60,ok
2023,001,primary,origin,far,40,ok
2023,002,primary,all,all,90,ok
2023,002,primary,origin,near,80,ok
2023,002,primary,origin,far,10,ok
2023,003,primary,all,all,50,ok
2023,003,primary,origin,near,50,ok
2023,003,primary,origin,far,0,ok
"""
RESIDENTS = """year,zone,grouping,group,n,n_status
2023,Z1,origin,near,160,ok
2023,Z1,origin,far,60,ok
2023,Z2,origin,near,70,ok
2023,Z2,origin,far,10,ok
"""
FLOWS = """year,zone,school,grouping,group,n,n_status
2023,Z1,001,origin,near,60,ok
2023,Z1,001,origin,far,40,ok
2023,Z1,002,origin,near,80,ok
2023,Z1,002,origin,far,10,ok
2023,Z2,003,origin,near,50,ok
"""
INDICATORS = """year,school,grouping,group,indicator,n,out_of,n_status
2023,001,origin,near,reads well,45,60,ok
2023,001,origin,far,reads well,20,40,ok
2023,002,origin,near,reads well,,80,suppressed
"""


def square(west, south, side=1.0):
    """A zone with four corners."""
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return {"type": "Polygon", "coordinates": [[[west + x, south + y] for x, y in corners]]}


def zones(**outlines):
    """A map of zones; None is a zone without an outline."""
    outlines = {"Z1": square(20, 10), "Z2": square(21, 10)} | outlines
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {"zone": zone, "name": f"Quarter {zone}"}, "geometry": one}
                for zone, one in outlines.items()
            ],
        }
    )


DESCRIPTION = {
    "name": "birdham",
    "title": "Birdham",
    "segkit": {
        "name": "Birdham", "country": "Nowhere", "language": "en", "invented": True, "mode": "public", "k": 5,
        "groupings": {"all": ["all"], "origin": ["near", "far"]}, "focal": {"origin": "far"},
    },
}  # fmt: skip
TOWN = {
    "datapackage.json": json.dumps(DESCRIPTION),
    "schools.csv": SCHOOLS,
    "zones.geojson": zones(),
    "enrolment.csv": ENROLMENT,
    "residents.csv": RESIDENTS,
    "flows.csv": FLOWS,
    "indicators.csv": INDICATORS,
}


def described(**said):
    """A datapackage.json that says something else."""
    return json.dumps(DESCRIPTION | {"segkit": DESCRIPTION["segkit"] | said})


E, S, R, F, N = (f"{table}.csv" for table in "enrolment schools residents flows indicators".split())
Z, D = "zones.geojson", "datapackage.json"
ALL = "2023,001,primary,all,all,100,ok"
FAR = "2023,001,primary,origin,far,40,ok"
BOW = {"type": "Polygon", "coordinates": [[[20, 10], [21, 11], [21, 10], [20, 11], [20, 10]]]}
POINT = {"type": "Point", "coordinates": [20, 10]}
LAND = {"type": "Polygon", "coordinates": [[[10, 20], [11, 20], [11, 21], [10, 21], [10, 20]]]}

MISTAKES = {}


def mistake(name, file, before, after, *messages):
    assert before in TOWN[file] and name not in MISTAKES, name
    MISTAKES[name] = (file, before, after, messages)


mistake(
    "the same row twice",
    E,
    ALL,
    f"{ALL}\n{ALL}",
    "enrolment.csv, line 3: the same row came twice (year '2023', school '001', level 'primary', "
    "grouping 'all', group 'all'), it is already in line 2. Delete one of the two; if they are parts of"
    " one count, add them up first.",
)
mistake(
    "no school named",
    E,
    ALL,
    ALL.replace("001", ""),
    "enrolment.csv, line 2, column 'school': nothing came; every row needs one, for year, school, "
    "level, grouping, group together tell the rows apart. Fill it in, or delete the row.",
)
mistake(
    "no year",
    E,
    ALL,
    ALL.replace("2023", ""),
    "enrolment.csv, line 2, column 'year': nothing came; every row needs one, for year, school, level, "
    "grouping, group together tell the rows apart. Fill it in, or delete the row.",
)
mistake(
    "an unknown school",
    E,
    ALL,
    ALL.replace("001", "009"),
    "enrolment.csv, line 2, column 'school': '009' is not in schools.csv. Correct "
    "the code, or add the school there.",
)
mistake(
    "an unknown zone",
    R,
    "2023,Z1,origin,near",
    "2023,z1,origin,near",
    "residents.csv, line 2, column 'zone': 'z1' is not in zones.geojson. Did you mean 'Z1'? Correct the"
    " code, or add the zone there.",
)
mistake(
    "a school in an unknown zone",
    S,
    "primary,Z2",
    "primary,Z9",
    "schools.csv, line 4, column 'zone': 'Z9' is not in zones.geojson. Correct the code, or add the "
    "zone there.",
)
mistake(
    "an unknown group",
    E,
    FAR,
    FAR.replace("far", "fra"),
    "enrolment.csv, line 4, column 'group': there is no group 'fra' in 'origin'; there are: near, far. "
    "Did you mean 'far'? Correct it, or declare it with the others (in a workbook: sheet 'territory').",
)
mistake(
    "an unknown grouping",
    E,
    FAR,
    FAR.replace("origin", "orgin"),
    "enrolment.csv, line 4, column 'grouping': there is no grouping 'orgin'; there are: all, origin. "
    "Did you mean 'origin'? Correct it, or declare it with the others (in a workbook: sheet 'territory').",
)
mistake(
    "a sector that is mis-spelt",
    S,
    "001,Heron School,public",
    "001,Heron School,publik",
    "schools.csv, line 2, column 'sector': 'publik' came, one of public, church, subsidised, private, "
    "other was expected. Did you mean 'public'? Correct it.",
)
mistake(
    "a sector in another language",
    S,
    "001,Heron School,public",
    "001,Heron School,Privata",
    "schools.csv, line 2, column 'sector': 'Privata' came, one of public, church, subsidised, private, "
    "other was expected. Did you mean 'private'? Correct it.",
)
mistake(
    "a blank behind a group",
    E,
    FAR,
    FAR.replace("far", "far "),
    "enrolment.csv, line 4, column 'group': 'far␣' came, with blanks (␣) around it; 'far' was expected."
    " Delete the blanks.",
)
mistake(
    "a blank that is as wide as none",
    S,
    "001,Heron",
    "\u00a0001,Heron",
    "schools.csv, line 2, column 'school': '␣001' came, with blanks (␣) around it; '001' was expected. "
    "Delete the blanks.",
)
mistake(
    "a negative count",
    E,
    FAR,
    FAR.replace("40", "-40"),
    "enrolment.csv, line 4, column 'n': '-40' came, 0 or more was expected. Correct it.",
)
mistake(
    "half a pupil",
    E,
    FAR,
    FAR.replace("40", "12.5"),
    "enrolment.csv, line 4, column 'n': '12.5' came, a whole number was expected. Pupils cannot be "
    "split: correct it.",
)
mistake(
    "a count in words",
    E,
    FAR,
    FAR.replace("40", "two hundred"),
    "enrolment.csv, line 4, column 'n': 'two hundred' came, a number in digits was expected, such as "
    "200. Where the number is hidden or nobody has it, leave it blank and choose suppressed or not_available "
    "in n_status; where there is nobody, write 0.",
)
mistake(
    "a decimal comma",
    E,
    FAR,
    FAR.replace("40", '"12,5"'),
    "enrolment.csv, line 4, column 'n': '12,5' came, with a decimal comma; a whole number was expected."
    " Pupils cannot be split: correct it.",
)
mistake(
    "a thousands separator",
    E,
    FAR,
    FAR.replace("40", '"1,200"'),
    "enrolment.csv, line 4, column 'n': '1,200' came, a number without separators was expected. If it "
    "is 1200, write 1200.",
)
mistake(
    "thousands with a point",
    E,
    FAR,
    FAR.replace("40", "1.200"),
    "enrolment.csv, line 4, column 'n': '1.200' came, a number without separators was expected. If it "
    "is 1200, write 1200.",
)
mistake(
    "a percentage",
    E,
    FAR,
    FAR.replace("40", "40%"),
    "enrolment.csv, line 4, column 'n': '40%' came, a percentage; a number of pupils was expected. "
    "Write how many pupils that is.",
)
mistake(
    "a formula that is broken",
    E,
    FAR,
    FAR.replace("40", "#REF!"),
    "enrolment.csv, line 4, column 'n': '#REF!' came, a formula that no longer works. Correct the "
    "formula, or type the number.",
)
mistake(
    "a number in short",
    E,
    FAR,
    FAR.replace("40", "4E+1"),
    "enrolment.csv, line 4, column 'n': '4E+1' came, a number written in full was expected, such as 120000.",
)
mistake(
    "a count too large",
    E,
    FAR,
    FAR.replace("40", "40000000"),
    "enrolment.csv, line 4, column 'n': '40000000' came, which is too large to be pupils of a school. "
    "Correct it.",
)
mistake(
    "a count turned into a date",
    E,
    FAR,
    FAR.replace("40", "2024-04-03"),
    "enrolment.csv, line 4, column 'n': '2024-04-03' came, a date or a range; a number was expected. A "
    "spreadsheet may have changed it: write the number.",
)
mistake(
    "a group turned into a date",
    E,
    FAR,
    FAR.replace("far", "03-Apr"),
    "enrolment.csv, line 4, column 'group': '03-Apr' came, a date; a code or a name was expected. A "
    "spreadsheet makes a date of '3-4': format the column as text and type it again.",
)
mistake(
    "a level turned into a date",
    E,
    FAR,
    FAR.replace("primary", "2024-04-03"),
    "enrolment.csv, line 4, column 'level': '2024-04-03' came, a date; a code or a name was expected. A"
    " spreadsheet makes a date of '3-4': format the column as text and type it again.",
)
mistake(
    "a year with a digit too many",
    E,
    FAR,
    FAR.replace("2023", "20244"),
    "enrolment.csv, line 4, column 'year': '20244' came, a year in four digits was expected, such as "
    "2024: the autumn in which the school year begins. Correct it.",
)
mistake(
    "a school year",
    E,
    FAR,
    FAR.replace("2023", "2023/24"),
    "enrolment.csv, line 4, column 'year': '2023/24' came, a year in four digits was expected, such as "
    "2024: the autumn in which the school year begins. Correct it.",
)
mistake(
    "a hidden count that is said to be ok",
    E,
    FAR,
    FAR.replace("40,ok", "<5,ok"),
    "enrolment.csv, line 4, column 'n': '<5' came, which means suppressed, and n_status says 'ok'. "
    "Leave one of the two blank, or make them agree.",
)
mistake(
    "a count that is said to be hidden",
    E,
    FAR,
    FAR.replace("ok", "suppressed"),
    "enrolment.csv, line 4, column 'n': a number came, and n_status says 'suppressed'. If the number "
    "may be known, write ok; if not, delete the number.",
)
mistake(
    "a blank that is said to be ok",
    E,
    FAR,
    FAR.replace("40", ""),
    "enrolment.csv, line 4, column 'n': nothing came, and n_status says 'ok'. Blank is not 0: write the"
    " number, or say in n_status why there is none.",
)
mistake(
    "a status nobody knows",
    E,
    FAR,
    FAR.replace("ok", "okay"),
    "enrolment.csv, line 4, column 'n_status': 'okay' came, one of ok, suppressed, not_available, "
    "not_applicable, rounded was expected. Did you mean 'ok'? Correct it.",
)
mistake(
    "zeros lost in the counts",
    E,
    ALL,
    ALL.replace("001", "1"),
    "enrolment.csv, line 2, column 'school': '1' came, '001' was expected, as in schools.csv, line 2: a"
    " spreadsheet has taken zeros away. Format the column as text and type the code again.",
)
mistake(
    "zeros lost in the schools",
    S,
    "003,Kite",
    "3,Kite",
    "schools.csv, line 4, column 'school': '3' came, and '003' in enrolment.csv, line 8: a spreadsheet "
    "has taken zeros away here. Format the column as text and type the code again.",
)
mistake(
    "a total in the first column",
    E,
    "2023,002,primary,all",
    "Total,,,,,240,\n2023,002,primary,all",
    "enrolment.csv, line 5, column 'year': 'Total' looks like a total typed by hand, which would count "
    "every pupil twice. Delete the row.",
)
mistake(
    "a total among the schools",
    E,
    "2023,002,primary,all",
    "2023,Total,primary,all,all,240,ok\n2023,002,primary,all",
    "enrolment.csv, line 5, column 'school': 'Total' looks like a total typed by hand, which would "
    "count every pupil twice. Delete the row.",
)
mistake(
    "a total in another language",
    E,
    "2023,002,primary,all",
    "2023,Totale,primary,all,all,240,ok\n2023,002,primary,all",
    "enrolment.csv, line 5, column 'school': 'Totale' looks like a total typed by hand, which would "
    "count every pupil twice. Delete the row.",
)
mistake(
    "a total without a name",
    E,
    "2023,002,primary,all",
    ",,,,,240,\n2023,002,primary,all",
    "enrolment.csv, line 5: a number came ('240') and no year, school or group: it looks like a total "
    "typed by hand, which would count every pupil twice. Delete the row.",
)
mistake(
    "a total as a group",
    E,
    FAR,
    FAR.replace("far", "Total"),
    "enrolment.csv, line 4, column 'group': 'Total' came as a group of 'origin', and would count every "
    "pupil twice. If it is everyone, write 'all' as grouping and as group.",
)
mistake(
    "a note below the table",
    S,
    "003,Kite",
    "Source: the council,,,,,,,,\n003,Kite",
    "schools.csv, line 4: only 'Source: the council' came, a whole row was expected. If it is a note, "
    "delete the line.",
)
mistake(
    "everyone in a grouping",
    E,
    FAR,
    FAR.replace("far", "all"),
    "enrolment.csv, line 4, column 'group': 'all' came in grouping 'origin'; everyone together is "
    "grouping 'all' with group 'all', and only that. Correct one of the two.",
)
mistake(
    "the names again",
    E,
    "2023,002,primary,all",
    "year,school,level,grouping,group,n,n_status\n2023,002,primary,all",
    "enrolment.csv, line 5: the names of the columns come again in the midst of the rows. Delete this line",
)
mistake(
    "a blank row",
    E,
    "2023,002,primary,all",
    ",,,,,,\n2023,002,primary,all",
    "enrolment.csv, line 5: blank rows stand between the others (lines 5). They were left out; is "
    "something missing there?",
)
mistake(
    "blank rows at the end",
    E,
    "2023,003,primary,origin,far,0,ok\n",
    "2023,003,primary,origin,far,0,ok\n,,,,,,\n,,,,,,\n",
    "enrolment.csv, line 11: 2 blank rows stand after the last one. They were left out; delete them to "
    "be sure that nothing is missing",
)
mistake(
    "more in the groups than in all",
    E,
    "near,80,ok",
    "near,90,ok",
    "enrolment.csv, line 6, column 'n': the groups of 'origin' in school '002' (primary, 2023) are 100 "
    "pupils together, and everyone is 90 (line 5). Correct one of them.",
    "flows.csv, line 4, column 'n': 80 pupils ('origin': 'near') go to school '002' in 2023, and 90 are"
    " enrolled there (enrolment.csv, line 6). Do the others (10) live elsewhere?",
)
mistake(
    "fewer in the groups than in all",
    E,
    "2023,003,primary,all,all,50",
    "2023,003,primary,all,all,55",
    "enrolment.csv, line 9, column 'n': the groups of 'origin' in school '003' (primary, 2023) are 50 "
    "pupils together, and everyone is 55 (line 8): in no group: 5. Is a group missing?",
)
mistake(
    "more come than are enrolled",
    F,
    "Z1,001,origin,far,40",
    "Z1,001,origin,far,45",
    "flows.csv, line 3, column 'n': 45 pupils ('origin': 'far') go to school '001' in 2023, and only 40"
    " are enrolled there (enrolment.csv, line 4). Correct one of them.",
)
mistake(
    "fewer come than are enrolled",
    F,
    "Z1,001,origin,far,40",
    "Z1,001,origin,far,35",
    "flows.csv, line 3, column 'n': 35 pupils ('origin': 'far') go to school '001' in 2023, and 40 are "
    "enrolled there (enrolment.csv, line 4). Do the others (5) live elsewhere?",
)
mistake(
    "more leave than live there",
    R,
    "Z1,origin,far,60",
    "Z1,origin,far,30",
    "flows.csv, line 3, column 'n': 50 pupils ('origin': 'far') leave zone 'Z1' for school in 2023, and"
    " only 30 live there (residents.csv, line 3). Is that right?",
)
mistake(
    "more pupils than places",
    S,
    "20.5,200",
    "20.5,20",
    "schools.csv, line 2, column 'capacity': school '001' has 100 pupils in 2023 and 20 places. Is that"
    " right?",
)
mistake(
    "places that are no number",
    S,
    "20.5,200",
    "20.5,many",
    "schools.csv, line 2, column 'capacity': 'many' came, a number in digits was expected, such as 200."
    " Correct it, or leave it blank.",
)
mistake(
    "a school without pupils",
    S,
    "003,Kite",
    "004,Lark School,public,primary,Z2,10.5,21.4,100,\n003,Kite",
    "schools.csv, line 4, column 'school': school '004' has no row in enrolment.csv. Is it open?",
)
mistake(
    "a level the school does not teach",
    E,
    "2023,003,primary,all",
    "2023,003,nursery,all",
    "enrolment.csv, line 8, column 'level': pupils of level 'nursery' came in school '003', which "
    "teaches 'primary' in schools.csv. Is that right?",
)
mistake(
    "a year that has no schools",
    R,
    "2023,Z2,origin,far,10",
    "2024,Z2,origin,far,10",
    "residents.csv, line 5, column 'year': 2024 came, and enrolment has only 2023. Is it the right year?",
)
mistake(
    "an outcome of more than all",
    N,
    "45,60",
    "65,60",
    "indicators.csv, line 2, column 'n': 65 came, out of only 60. Correct one of the two.",
)
mistake(
    "an outcome out of nothing",
    N,
    "45,60",
    "45,",
    "indicators.csv, line 2, column 'out_of': nothing came; it was expected out of how many the 45 are."
    " Fill it in.",
)
mistake(
    "lat and lon swapped",
    S,
    "10.5,20.5",
    "20.5,10.5",
    "schools.csv, line 2: lat 20.5, lon 10.5 came, which lies in the town only if the two are swapped. "
    "Write the degrees north under lat, the degrees east under lon.",
)
mistake(
    "lat and lon swapped, no place on earth",
    S,
    "10.5,20.5",
    "120.5,10.5",
    "schools.csv, line 2: lat 120.5, lon 10.5 came, which lies in the town only if the two are swapped."
    " Write the degrees north under lat, the degrees east under lon.",
)
mistake(
    "a place in metres",
    S,
    "10.5,20.5",
    "4500000,500000",
    "schools.csv, line 2: lat 4500000, lon 500000 came, which look like metres of a map; degrees were "
    "expected, such as 45.0703 and 7.6869. Export them as WGS84 (EPSG:4326).",
)
mistake(
    "a place that is not on earth",
    S,
    "10.5,20.5",
    "-95,200",
    "schools.csv, line 2: lat -95, lon 200 came, which is no place on earth. Correct them, or leave "
    "both blank.",
)
mistake(
    "a place in the sea",
    S,
    "10.5,20.5",
    "0,0",
    "schools.csv, line 2: lat 0, lon 0 came, a place in the sea. If nobody knows the place, leave both "
    "blank.",
)
mistake(
    "half a place",
    S,
    "10.5,20.5",
    ",20.5",
    "schools.csv, line 2: only one of lat and lon came. Fill in the other, or leave both blank.",
)
mistake(
    "degrees with a comma",
    S,
    "10.5,20.5",
    '"10,5",20.5',
    "schools.csv, line 2, column 'lat': '10,5' came, with a decimal comma; a point was expected. Write 10.5.",
)
mistake(
    "degrees in words",
    S,
    "10.5,20.5",
    "north,20.5",
    "schools.csv, line 2, column 'lat': 'north' came, degrees were expected, such as 45.0703. Correct "
    "it, or leave lat and lon blank.",
)
mistake(
    "a school far away",
    S,
    "10.5,20.5",
    "15.5,20.5",
    "schools.csv, line 2: school '001' stands at lat 15.5, lon 20.5, more than 200 km from most others."
    " Is that right?",
)
mistake(
    "a school in another zone",
    S,
    "10.5,20.5",
    "10.5,21.2",
    "schools.csv, line 2, column 'zone': school '001' stands in zone 'Z2' on the map, and 'Z1' came. A "
    "school near a border may be right.",
)
mistake(
    "a school in no zone",
    S,
    "10.5,20.5",
    "10.5,19.97",
    "schools.csv, line 2: school '001' stands in no zone of zones.geojson. Are its lat and lon right?",
)
mistake(
    "a zone without residents",
    Z,
    TOWN[Z],
    zones(Z3=square(22, 10)),
    "zones.geojson, shape 3, column 'zone': zone 'Z3' has no row in residents.csv. Does no child live there?",
)
mistake(
    "a zone without an outline",
    Z,
    TOWN[Z],
    zones(Z2=None),
    "zones.geojson, shape 2: zone 'Z2' has no outline. Draw it again, or delete the zone.",
)
mistake(
    "a zone that crosses itself",
    Z,
    TOWN[Z],
    zones(Z1=BOW),
    "zones.geojson, shape 1: the outline of zone 'Z1' crosses itself. Mend it in the program that drew it.",
)
mistake(
    "a zone in metres",
    Z,
    TOWN[Z],
    zones(Z1=square(500000, 4500000, 1000)),
    "zones.geojson, shape 1: the outline of zone 'Z1' is in metres; degrees were expected. Export it as"
    " WGS84 (EPSG:4326).",
)
mistake(
    "a zone that is a point",
    Z,
    TOWN[Z],
    zones(Z1=POINT),
    "zones.geojson, shape 1: the outline of zone 'Z1' is no area; a Polygon or MultiPolygon was "
    "expected. Export the areas, not points or lines.",
)
mistake(
    "a zone with lat and lon swapped",
    Z,
    TOWN[Z],
    zones(Z1=LAND),
    "zones.geojson, shape 1: the outline of zone 'Z1' lies at the schools only if lat and lon are "
    "swapped. If it is the outline, export it again: in GeoJSON the longitude comes first. If it is the "
    "schools, change their columns lat and lon.",
)
mistake(
    "a zone off the earth",
    Z,
    TOWN[Z],
    zones(Z1=square(200, 10)),
    "zones.geojson, shape 1: the outline of zone 'Z1' leaves the earth. Export it as WGS84 (EPSG:4326).",
)
mistake(
    "a zone with half an outline",
    Z,
    TOWN[Z],
    zones(Z1={"type": "Polygon", "coordinates": [[[1, 2]]]}),
    "zones.geojson, shape 1: the outline of zone 'Z1' cannot be read. Export it again as GeoJSON.",
)
mistake(
    "a column called otherwise",
    E,
    "group,n,",
    "group,pupils,",
    "enrolment.csv: a column is called 'pupils'; 'n' was expected, written exactly so. Rename it.",
)
mistake(
    "a column with a capital",
    S,
    "school,name",
    "School,name",
    "schools.csv: a column is called 'School'; 'school' was expected, written exactly so. Rename it.",
)
mistake(
    "a column mis-spelt",
    S,
    "sector",
    "sectr",
    "schools.csv: column 'sectr' is not known; it is kept and not used. Did you mean 'sector'? If it is"
    " your own, begin its name with x_.",
)
mistake(
    "a column that is missing",
    N,
    "indicator,",
    "x_what,",
    "indicators.csv: there is no column 'indicator' (the outcome that is counted). Add it. The columns "
    "that came are: year, school, grouping, group, x_what, n, out_of, n_status.",
)
mistake(
    "a column nobody knows",
    R,
    TOWN[R],
    RESIDENTS.replace("n_status", "n_status,remark").replace("ok", "ok,new"),
    "residents.csv: column 'remark' is not known; it is kept and not used. The columns are: year, zone,"
    " grouping, group, n, n_status. If it is your own, begin its name with x_.",
)
mistake(
    "a row with a cell too few",
    R,
    "2023,Z1,origin,near,160,ok",
    "2023,Z1,origin,near,160",
    "residents.csv, line 2: 5 cells came ('2023' …), and 6 were expected. Is a separator missing?",
)
mistake(
    "a row with a comma in a number",
    E,
    ALL,
    ALL.replace("100", "1,000"),
    "enrolment.csv, line 2: 8 cells came ('2023' …), and 7 were expected; the row was not read. Is "
    "there a comma in a name or in a number? Put such a cell in quotes, and write numbers without "
    "separators",
)
mistake(
    "a mode that is none",
    D,
    TOWN[D],
    described(mode="pubblic"),
    "datapackage.json, 'mode': 'pubblic' came, one of private, shared, public was expected. Did you "
    "mean 'public'?",
)
mistake(
    "a k that is none",
    D,
    TOWN[D],
    described(k="few"),
    "datapackage.json, 'k': 'few' came, a whole number from 1 to 100 was expected: no count below it is"
    " shown.",
)
mistake(
    "invented, perhaps",
    D,
    TOWN[D],
    described(invented="perhaps"),
    "datapackage.json, 'invented': 'perhaps' came, true or false was expected.",
)
mistake(
    "a focal group that is none",
    D,
    TOWN[D],
    described(focal={"origin": "fra"}),
    "datapackage.json, 'focal': there is no group 'fra' in 'origin'; there are: near, far. Did you mean"
    " 'far'? Correct it.",
)
mistake(
    "a focal grouping that is none",
    D,
    TOWN[D],
    described(focal={"orgin": "far"}),
    "datapackage.json, 'focal': there is no grouping 'orgin'; there are: all, origin. Did you mean 'origin'?",
)
mistake(
    "a focal group without a grouping",
    D,
    TOWN[D],
    described(focal="far"),
    "datapackage.json, 'focal': 'far' came; a group for each grouping was expected.",
)
mistake(
    "groupings that are a word",
    D,
    TOWN[D],
    described(groupings="origin"),
    "datapackage.json, 'groupings': 'origin' came; each grouping with its groups was expected.",
)
mistake(
    "a grouping without groups",
    D,
    TOWN[D],
    described(groupings={"all": ["all"], "sex": [], "origin": ["near", "far"]}),
    "datapackage.json, 'groupings': grouping 'sex' has no groups. List them, as they stand in the tables.",
)
mistake(
    "a group declared twice",
    D,
    TOWN[D],
    described(groupings={"origin": ["near", "far", "far"]}),
    "datapackage.json, 'groupings': group 'far' stands twice in 'origin'. Delete one.",
)
mistake(
    "all declared with parts",
    D,
    TOWN[D],
    described(groupings={"all": ["all", "some"], "origin": ["near", "far"]}),
    "datapackage.json, 'groupings': the grouping 'all' has all, some; its only group is 'all'.",
)
