"""The towns there are. Each has a story in segkit/words: "sample.<name>.story" is what these numbers do."""

from __future__ import annotations

from segkit.samples.recipe import OUTSIDE, Choice, Recipe, School, Trait, Zone, girls_and_boys, outcomes

PRIMARY, LOWER = "primary", "lower-secondary"


# ── Marenza: a port city, where one kind of segregation grows while another shrinks ─────────────────

MARENZA = Recipe(
    name="marenza",
    zones=(
        #                     local mixed near far   leave meals   north, east
        Zone("Harbour", (40, 16, 34, 36), 190, 8, (600, 2800)),
        Zone("Ropewalk", (72, 20, 44, 14), 140, 4, (2300, 2400)),
        Zone("Saltmarsh", (66, 18, 32, 20), 150, 12, (900, 4900)),
        Zone("Lighthouse", (138, 14, 6, 3), 80, -10, (500, 700)),
        Zone("Orchards", (140, 16, 10, 4), 80, -6, (3300, 600)),
        Zone("Brickfields", (146, 30, 26, 9), 100, 0, (3600, 4200)),
        Zone("Farms", (34, 4, 3, 5), 60, 2, (6000, 3000)),
    ),
    schools=(
        School("Cormorant Primary", "public", "primary", "Harbour", 76),  # the one that dominates D
        School("Hawser Primary", "public", "primary", "Ropewalk", 52),
        School("Lantern Primary", "public", "primary", "Ropewalk", 42),
        School("Samphire Primary", "public", "primary", "Saltmarsh", 58),
        School("Curlew Primary", "public", "primary", "Saltmarsh", 26, closes=2023),
        School("Stormglass Primary", "public", "primary", "Lighthouse", 56),
        School("Seathrift Primary", "public", "primary", "Lighthouse", 48),
        School("Quince Primary", "public", "primary", "Orchards", 60),
        School("Medlar Primary", "public", "primary", "Orchards", 50),
        School("Kiln Primary", "public", "primary", "Brickfields", 72),
        School("Terracotta Primary", "public", "primary", "Brickfields", 64),
        School("Furrow Primary", "public", "primary", "Farms", 7),  # five small schools, alike but for chance
        School("Skylark Primary", "public", "primary", "Farms", 7),
        School("Hedgerow Primary", "public", "primary", "Farms", 7),
        School("Threshing Floor Primary", "public", "primary", "Farms", 7),
        School("Drystone Primary", "public", "primary", "Farms", 7, closes=2022, into="Hedgerow Primary"),
        School("Olive Branch Primary", "church", "primary", "Ropewalk", 40),
        School("White Gate Primary", "church", "primary", "Orchards", 44),
        School("Seven Lamps Primary", "church", "primary", "Brickfields", 36),
        School("Sextant Primary", "private", "primary", "Lighthouse", 40),
        School("Orrery Primary", "private", "primary", "Orchards", 24, opens=2021),
        School("Breakwater Lower Secondary", "public", "lower-secondary", "Harbour", 74),
        School("Capstan Lower Secondary", "public", "lower-secondary", "Ropewalk", 94),
        School("Sandpiper Lower Secondary", "public", "lower-secondary", "Saltmarsh", 84),
        School("Spindrift Lower Secondary", "public", "lower-secondary", "Lighthouse", 104),
        School("Walnut Lower Secondary", "public", "lower-secondary", "Orchards", 118),
        School("Chimney Row Lower Secondary", "public", "lower-secondary", "Brickfields", 140),
        School("Candlemaker Lower Secondary", "church", "lower-secondary", "Ropewalk", 62),
        School("Pilgrim Shell Lower Secondary", "church", "lower-secondary", "Orchards", 62),
        School("Astrolabe Lower Secondary", "private", "lower-secondary", "Lighthouse", 60),
    ),
    # Which families choose a church or a private school, by origin: (start, step).
    choices=(
        Choice("church", ((110, 12), (80, 4), (60, -2), (45, -3)), one_in=2),
        Choice("private", ((35, 11), (25, 3), (8, 0), (6, 0)), one_in=8),
    ),
    growth=(0, 30, 15, 20),
    free_meals=(17, 26, 42, 50),
    traits=(
        girls_and_boys(),
        Trait(
            "home_language",
            ("school language", "another language"),
            ((98, 2), (76, 24), (48, 52), (22, 78)),
            "another language",
        ),
    ),
    outcomes=outcomes(reads=(20, 0, -60, -110), absent=(0, 5, 15, 20), excluded=(0, 1, 3, 9)),
    land=(
        (-700, 100), (-600, 900), (-250, 1500), (-300, 2200), (-200, 3000), (200, 3400), (1300, 3700),
        (1350, 3900), (300, 4150), (-150, 4400), (-350, 5300), (300, 6000), (1600, 6050), (2700, 5500),
        (4100, 5700), (5000, 5000), (6300, 4800), (7300, 3800), (7400, 2600), (6500, 1500), (5200, 1100),
        (4600, 0), (3500, -650), (2000, -450), (700, -850),
    ),
    corner=(3510000, 16010000),  # 35° N 160° E
)  # fmt: skip


# ── Larkfold: a suburb that changes faster than anybody planned ─────────────────────────────────────

LARKFOLD = Recipe(
    name="larkfold",
    zones=(
        #                         local mixed near far   leave meals   north, east
        Zone("Old Village", (124, 10, 6, 4), 110, -6, (2600, 2500)),
        Zone("Meadow Park", (136, 12, 6, 4), 80, -8, (4300, 1500)),
        Zone("Ridgeway", (128, 10, 4, 3), 70, -10, (4500, 4000)),
        Zone("Poplar Rise", (112, 14, 8, 6), 90, -2, (2700, 4900)),
        # where the new flats are
        Zone("Station Quarter", (106, 14, 9, 3), 230, 8, (900, 3300), growth=(-50, 60, 480, 1700)),
        Zone("Canal Side", (98, 14, 9, 3), 220, 10, (1000, 1000), growth=(-40, 60, 420, 1500)),
        Zone("Mill Fields", (54, 10, 8, 5), 130, 2, (700, 5400), growth=(60, 90, 160, 260)),
    ),
    schools=(
        School("Thimble Primary", "public", PRIMARY, "Old Village", 46),
        School("Bellfounder Primary", "public", PRIMARY, "Old Village", 40),
        School("Cowslip Primary", "public", PRIMARY, "Meadow Park", 48),
        School("Harebell Primary", "public", PRIMARY, "Meadow Park", 42),
        School("Whinberry Primary", "public", PRIMARY, "Ridgeway", 52),
        School("Skyline Primary", "public", PRIMARY, "Ridgeway", 40),
        School("Aspen Walk Primary", "public", PRIMARY, "Poplar Rise", 58),
        School("Signal Box Primary", "public", PRIMARY, "Station Quarter", 62),
        School("Platform Lane Primary", "public", PRIMARY, "Station Quarter", 44, opens=2022),
        School("Lockkeeper Primary", "public", PRIMARY, "Canal Side", 64),
        School("Millwheel Primary", "public", PRIMARY, "Mill Fields", 42),
        School("Rushlight Primary", "church", PRIMARY, "Old Village", 40),
        School("Well Cross Primary", "church", PRIMARY, "Poplar Rise", 34),
        School("Foldgate Lower Secondary", "public", LOWER, "Old Village", 110),
        School("Long Meadow Lower Secondary", "public", LOWER, "Meadow Park", 104),
        School("Viaduct Lower Secondary", "public", LOWER, "Station Quarter", 120),
        School("Hornbeam Lower Secondary", "public", LOWER, "Poplar Rise", 116),
        School("Four Acre Lower Secondary", "church", LOWER, "Ridgeway", 70),
    ),
    choices=(
        Choice("church", ((60, 12), (45, 6), (30, 0), (15, 0)), one_in=2),
        Choice(OUTSIDE, ((15, 11), (15, 6), (10, 0), (5, 0)), one_in=4),  # driven to schools in the city
    ),
    growth=(0, 30, 30, 40),
    free_meals=(14, 22, 34, 42),
    traits=(
        girls_and_boys(),
        Trait("arrival", ("here before", "new here"), ((88, 12), (80, 20), (58, 42), (44, 56)), "new here"),
    ),
    outcomes=outcomes(reads=(25, 10, -40, -90), absent=(0, 0, 10, 15), excluded=(0, 2, 3, 6)),
    children=440,
    spread=15,
    more=16,
    by_address=(96, 0),
    land=(
        (-300, 300), (-450, 1700), (-200, 2800), (-500, 4300), (-350, 5900), (600, 6500), (1700, 6200),
        (2700, 6400), (3900, 5700), (5200, 5200), (5700, 3900), (5300, 2700), (5500, 1300), (4700, 200),
        (3500, 100), (2400, -500), (1200, -600),
    ),
    corner=(-4500000, -12000000),  # 45° S 120° W
)  # fmt: skip


# ── Ilvara: a valley with two languages, side by side at home and apart at school ───────────────────

VALLEY, STATE = "valley language", "state language"

ILVARA = Recipe(
    name="ilvara",
    grouping="home_language",
    groups=(VALLEY, "both", STATE, "another"),
    focal=VALLEY,
    zones=(
        #                    valley both state other  leave meals   north, east
        Zone("Springhead", (78, 22, 30, 4), 60, 2, (900, 900)),
        Zone("Larchwood", (84, 30, 46, 6), 80, 0, (1900, 3300)),
        Zone("Bellmouth", (92, 46, 84, 14), 100, -2, (1500, 5900)),
        Zone("Two Bridges", (70, 48, 92, 26), 120, 4, (2900, 8200)),
        Zone("Sunside", (52, 30, 62, 12), 130, -8, (4600, 10100)),
        Zone("Lower Plain", (36, 24, 88, 32), 100, 8, (4300, 12800)),
    ),
    schools=(
        School("Springhead Valley Primary", "public", PRIMARY, "Springhead", 34, stream=VALLEY),
        School("Gentian Primary", "public", PRIMARY, "Springhead", 14, stream=STATE),
        School("Chamois Primary", "public", PRIMARY, "Larchwood", 36, stream=VALLEY),
        School("Larch Cone Primary", "public", PRIMARY, "Larchwood", 22, stream=STATE),
        School("Old Tower Primary", "public", PRIMARY, "Bellmouth", 44, stream=VALLEY),
        School("Stone Marten Primary", "public", PRIMARY, "Bellmouth", 44, stream=STATE),
        School("Cable Ferry Primary", "public", PRIMARY, "Two Bridges", 36, stream=VALLEY),
        School("New Bridge Primary", "public", PRIMARY, "Two Bridges", 52, stream=STATE),
        School("Hayloft Primary", "public", PRIMARY, "Sunside", 26, stream=VALLEY),
        School("Vine Terrace Primary", "public", PRIMARY, "Sunside", 32, stream=STATE),
        School("Alder Bank Primary", "public", PRIMARY, "Lower Plain", 20, stream=VALLEY),
        School("Flatboat Primary", "public", PRIMARY, "Lower Plain", 52, stream=STATE),
        School("Both Banks Primary", "subsidised", PRIMARY, "Two Bridges", 30),  # teaches in both languages
        School("Glacier Lower Secondary", "public", LOWER, "Larchwood", 80, stream=VALLEY),
        School("Marmot Lower Secondary", "public", LOWER, "Larchwood", 50, stream=STATE),
        School("Ember Hill Lower Secondary", "public", LOWER, "Two Bridges", 76, stream=VALLEY),
        School("Weighhouse Lower Secondary", "public", LOWER, "Two Bridges", 104, stream=STATE),
        School("Confluence Lower Secondary", "subsidised", LOWER, "Bellmouth", 34),
    ),
    choices=(Choice("subsidised", ((55, 6), (130, 12), (60, 6), (25, 2)), one_in=2),),
    growth=(-8, 35, 5, 40),
    free_meals=(20, 18, 22, 46),
    traits=(
        girls_and_boys(),
        Trait("origin", ("local", "abroad"), ((99, 1), (94, 6), (90, 10), (10, 90)), "abroad"),
    ),
    outcomes=outcomes(reads=(10, 30, 0, -90), absent=(0, -10, 5, 15), excluded=(0, 0, 2, 4)),
    streams=((VALLEY, (14, 7, 1, 2)), (STATE, (1, 4, 13, 10))),
    about_streams="teaching_language",
    children=320,
    spread=12,
    by_address=(90, 0),
    land=(
        (100, -400), (300, 1300), (800, 2500), (500, 4200), (200, 5600), (700, 7000), (1600, 8000),
        (2200, 9300), (3300, 10300), (3000, 11600), (2700, 13000), (3400, 14300), (4800, 14500),
        (5800, 13600), (5600, 12000), (5900, 10600), (5700, 9400), (4600, 8600), (3900, 7300), (2600, 6700),
        (2700, 5300), (3000, 4000), (2900, 2700), (2100, 1800), (1800, 500), (1500, -500), (700, -900),
    ),
    corner=(-2800000, 9200000),  # 28° S 92° E
)  # fmt: skip


# ── Miravento: where nearly half the pupils sit in schools that are not public ──────────────────────

MIRAVENTO = Recipe(
    name="miravento",
    zones=(
        #                      local mixed near far   leave meals   north, east
        Zone("Old Market", (70, 14, 20, 12), 120, 2, (3000, 1900)),
        Zone("Cathedral Hill", (74, 10, 6, 3), 140, -8, (2800, 3700)),
        Zone("Long Beach", (96, 12, 6, 3), 120, -10, (900, 1500)),
        Zone("Palm Gardens", (88, 10, 5, 2), 130, -12, (800, 3500)),
        Zone("Windmills", (90, 16, 14, 6), 100, 0, (4700, 3600)),
        Zone("Cannery", (56, 16, 30, 20), 70, 12, (5200, 1600)),
        Zone("Rail Yards", (58, 16, 32, 24), 60, 14, (6900, 2400)),
        Zone("Olive Slopes", (84, 14, 12, 4), 90, -4, (3300, 5700)),
        Zone("Quarry", (40, 8, 14, 9), 60, 10, (5900, 5300)),
    ),
    schools=(
        School("Copperwell Primary", "public", PRIMARY, "Old Market", 60),
        School("Lanternmaker Primary", "public", PRIMARY, "Old Market", 44),
        School("Bell Stair Primary", "public", PRIMARY, "Cathedral Hill", 46),
        School("Sea Lavender Primary", "public", PRIMARY, "Long Beach", 60),
        School("Date Palm Primary", "public", PRIMARY, "Palm Gardens", 52),
        School("Four Sails Primary", "public", PRIMARY, "Windmills", 62),
        School("Miller Lane Primary", "public", PRIMARY, "Windmills", 44),
        School("Saltpan Primary", "public", PRIMARY, "Cannery", 70),
        School("Netmender Primary", "public", PRIMARY, "Cannery", 52),
        School("Turntable Primary", "public", PRIMARY, "Rail Yards", 74),
        School("Buffer Stop Primary", "public", PRIMARY, "Rail Yards", 56),
        School("Grafting Knife Primary", "public", PRIMARY, "Olive Slopes", 66),
        School("Whetstone Primary", "public", PRIMARY, "Quarry", 62),
        School("Blue Cloister Primary", "subsidised", PRIMARY, "Cathedral Hill", 62),
        School("Three Keys Primary", "subsidised", PRIMARY, "Cathedral Hill", 52),
        School("Sister Well Primary", "subsidised", PRIMARY, "Old Market", 50),
        School("Pilot House Primary", "subsidised", PRIMARY, "Long Beach", 56),
        School("Jasmine Court Primary", "subsidised", PRIMARY, "Palm Gardens", 50),
        School("Weathervane Primary", "subsidised", PRIMARY, "Windmills", 52),
        School("Oil Press Primary", "subsidised", PRIMARY, "Olive Slopes", 48),
        School("Threshold Primary", "subsidised", PRIMARY, "Rail Yards", 34),
        School("Meridian House Primary", "private", PRIMARY, "Palm Gardens", 44),
        School("Silver Compass Primary", "private", PRIMARY, "Long Beach", 40),
        School("Hilltop Academy Primary", "private", PRIMARY, "Cathedral Hill", 40),
        School("Carob Tree Primary", "private", PRIMARY, "Olive Slopes", 32, opens=2021),
        School("Coppersmith Lower Secondary", "public", LOWER, "Old Market", 110),
        School("Tidewatch Lower Secondary", "public", LOWER, "Long Beach", 110),
        School("Grindstone Lower Secondary", "public", LOWER, "Windmills", 116),
        School("Rope Yard Lower Secondary", "public", LOWER, "Cannery", 120),
        School("Roundhouse Lower Secondary", "public", LOWER, "Rail Yards", 130),
        School("Terrace Wall Lower Secondary", "public", LOWER, "Olive Slopes", 104),
        School("Blue Cloister Lower Secondary", "subsidised", LOWER, "Cathedral Hill", 110),
        School("Harbour Light Lower Secondary", "subsidised", LOWER, "Long Beach", 90),
        School("Orange Court Lower Secondary", "subsidised", LOWER, "Palm Gardens", 84),
        School("Dovecote Lower Secondary", "subsidised", LOWER, "Windmills", 80),
        School("Meridian House Lower Secondary", "private", LOWER, "Palm Gardens", 80),
        School("Silver Compass Lower Secondary", "private", LOWER, "Long Beach", 60),
        School("Observatory Lower Secondary", "private", LOWER, "Cathedral Hill", 50),
    ),
    choices=(
        Choice("subsidised", ((390, 5), (290, 3), (130, 1), (80, 0)), one_in=2),
        Choice("private", ((190, 5), (110, 3), (25, 0), (10, 0)), one_in=8),
    ),
    growth=(0, 20, 15, 20),
    free_meals=(16, 26, 46, 56),
    traits=(
        girls_and_boys(),
        Trait(
            "home_language",
            ("school language", "another language"),
            ((97, 3), (78, 22), (60, 40), (24, 76)),
            "another language",
        ),
    ),
    outcomes=outcomes(reads=(20, 0, -50, -100), absent=(0, 5, 10, 15), excluded=(0, 2, 4, 8)),
    children=1040,
    by_address=(60, 0),
    land=(
        (-500, 600), (-700, 2200), (-300, 3300), (-600, 4300), (200, 5000), (1500, 5100), (2300, 6600),
        (3700, 7000), (4900, 6500), (6200, 6700), (7100, 5900), (7200, 4200), (8000, 3300), (8100, 1800),
        (7000, 1200), (6100, 400), (4900, 100), (4300, 800), (3600, 1000), (2700, 500), (1900, 700),
        (1000, -100), (100, -200),
    ),
    corner=(1200000, -13500000),  # 12° N 135° W
)  # fmt: skip


# ── Thornmoor: eight schools so small that nearly everything about them is chance ───────────────────

THORNMOOR = Recipe(
    name="thornmoor",
    zones=(
        #                     local mixed near far   leave meals   north, east
        Zone("Market Stow", (300, 22, 22, 15), 100, 0, (7000, 8000)),
        Zone("High Thorn", (135, 10, 10, 7), 100, 0, (12500, 7600)),
        Zone("Peatcutters", (116, 8, 8, 6), 100, 0, (8600, 2500)),
        Zone("Fenny Bottom", (148, 11, 11, 7), 100, 0, (2200, 6300)),
        Zone("East Tarn", (141, 10, 10, 7), 100, 0, (6600, 13600)),
    ),
    schools=(
        School("Stow Cross Primary", "public", PRIMARY, "Market Stow", 9),
        School("Hurdlemaker Primary", "public", PRIMARY, "Market Stow", 5),
        School("Heathertop Primary", "public", PRIMARY, "High Thorn", 7),
        School("Turf Barrow Primary", "public", PRIMARY, "Peatcutters", 6),
        School("Reedwarbler Primary", "public", PRIMARY, "Fenny Bottom", 5),
        School("Eel Primary", "public", PRIMARY, "Fenny Bottom", 3, closes=2023, into="Reedwarbler Primary"),
        School("Tarnside Primary", "public", PRIMARY, "East Tarn", 7),
        School("Thornmoor Lower Secondary", "public", LOWER, "Market Stow", 40),
    ),
    choices=(Choice(OUTSIDE, ((120, 5),) * 4, one_in=2, level=LOWER),),  # the early bus to the next town
    growth=(-25, -15, 0, 0),
    free_meals=(22, 26, 30, 34),
    traits=(girls_and_boys(),),
    outcomes=outcomes(reads=(0, 0, -20, -40), absent=(0, 0, 5, 5), excluded=(0, 0, 0, 0)),
    children=44,
    spread=3,
    more=-1,
    by_address=(92, 0),
    land=(
        (300, 2600), (-400, 4700), (100, 7200), (-300, 9500), (1200, 10900), (2600, 12600), (4200, 15700),
        (6700, 16800), (9300, 15900), (10500, 13800), (12600, 11900), (15200, 10100), (16200, 7600),
        (15300, 5300), (13300, 3900), (12100, 1600), (10000, -300), (7700, -900), (6100, 100), (4400, 500),
        (2300, 900),
    ),
    corner=(4200000, 17000000),  # 42° N 170° E
    grain=240,
)  # fmt: skip


# ── Castavera: a city of 120 schools whose schools become more mixed than its neighbourhoods ────────


def _all(zone: str, level: str, sector: str, names: str) -> tuple[School, ...]:
    """Schools of a kind, as "Name places, Name places": a city has too many for a line each."""
    kind = "Primary" if level == PRIMARY else "Lower Secondary"
    pairs = (one.rsplit(" ", 1) for one in names.split(", "))
    return tuple(School(f"{name} {kind}", sector, level, zone, int(places)) for name, places in pairs)


CASTAVERA = Recipe(
    name="castavera",
    zones=(
        #                      local mixed near far   leave meals   north, east
        Zone("Castle", (44, 10, 8, 5), 130, -4, (4900, 4600)),
        Zone("Exchange", (36, 12, 18, 14), 120, 4, (3600, 6100)),
        Zone("Glassworks", (30, 10, 24, 24), 70, 12, (2600, 7900)),
        Zone("Docks", (26, 8, 24, 28), 60, 14, (1100, 6600)),
        Zone("Ferry Bank", (34, 9, 17, 15), 80, 8, (900, 4500)),
        Zone("Customs", (30, 8, 14, 10), 110, 2, (2300, 3000)),
        Zone("Sandhills", (64, 8, 4, 2), 130, -10, (900, 1100)),
        Zone("Observatory", (72, 8, 3, 2), 140, -12, (4100, 1400)),
        Zone("University", (58, 12, 8, 6), 120, -6, (5900, 2900)),
        Zone("North Park", (66, 9, 5, 3), 110, -8, (7900, 3400)),
        Zone("Racecourse", (62, 10, 7, 4), 100, -4, (7700, 5900)),
        Zone("Brewery", (40, 11, 16, 12), 80, 6, (5700, 6900)),
        Zone("Gasworks", (28, 8, 20, 20), 60, 14, (4700, 8900)),
        Zone("Airfield", (56, 10, 10, 6), 90, 0, (7300, 8500)),
    ),
    schools=(
        *_all("Castle", PRIMARY, "public", "Portcullis 42, Moat House 36, Falconer 34, Sentry 30"),
        *_all("Exchange", PRIMARY, "public", "Tally Stick 46, Scrivener 40, Counting House 36, Abacus 34"),
        *_all("Glassworks", PRIMARY, "public", "Furnace Lane 52, Blowpipe 46, Prism 44, Crucible 40"),
        *_all("Docks", PRIMARY, "public", "Bollard 54, Dry Dock 48, Gantry 44, Figurehead 42"),
        *_all("Ferry Bank", PRIMARY, "public", "Oarsman 48, Towpath 42, Mooring 38, Eddy 34"),
        *_all("Customs", PRIMARY, "public", "Sealing Wax 44, Weighbridge 38, Bonded Store 32, Gauger 30"),
        *_all("Sandhills", PRIMARY, "public", "Marram 50, Sea Holly 44, Dune Lark 40, Beachcomber 34"),
        *_all("Observatory", PRIMARY, "public", "Comet 52, Zenith 46, Equinox 44, Star Chart 38"),
        *_all("University", PRIMARY, "public", "Quadrangle 50, Inkwell 46, Folio 42, Marginalia 38"),
        *_all("North Park", PRIMARY, "public", "Bandstand 52, Boating Lake 46, Copper Beech 42, Rookery 36"),
        *_all("Racecourse", PRIMARY, "public", "Paddock 52, Farrier 46, Furlong 44, Bridle Path 36"),
        *_all("Brewery", PRIMARY, "public", "Cooper 50, Malthouse 46, Hop Garden 40, Dray Horse 38"),
        *_all("Gasworks", PRIMARY, "public", "Gasometer 52, Lamplighter 46, Retort 42, Mantle 38"),
        *_all("Airfield", PRIMARY, "public", "Windsock 50, Hangar 46, Propeller 42, Glider 36"),
        *_all("Castle", PRIMARY, "church", "Saint Bride Gate 44, Chantry 40"),
        *_all("Observatory", PRIMARY, "church", "Candle Arch 42, Vesper 36"),
        *_all("University", PRIMARY, "church", "Almoner 42, Psalter 36"),
        *_all("Racecourse", PRIMARY, "church", "Pilgrim Staff 42, Angelus 36"),
        *_all("Brewery", PRIMARY, "church", "Cornerstone 40, Lychgate 34"),
        *_all("Airfield", PRIMARY, "church", "Steeple 38, Font 32"),
        *_all("Ferry Bank", PRIMARY, "church", "Fisherman Cross 36, Anchorite 30"),
        *_all("Sandhills", PRIMARY, "private", "Belvedere 36, Signal Tower 30"),
        *_all("Observatory", PRIMARY, "private", "Astrarium 36, Eclipse 30"),
        *_all("North Park", PRIMARY, "private", "Rotunda 34, Sundial 30"),
        *_all("University", PRIMARY, "private", "Bursar 30"),
        *_all("Castle", LOWER, "public", "Drawbridge 92, Herald 80"),
        *_all("Exchange", LOWER, "public", "Merchant Hall 96, Ledger 84"),
        *_all("Glassworks", LOWER, "public", "Lens 104, Kiln Street 96"),
        *_all("Docks", LOWER, "public", "Quayside 106, Winch 96"),
        *_all("Ferry Bank", LOWER, "public", "Ferryman 96, Lower Bank 84"),
        *_all("Customs", LOWER, "public", "Tide Table 90, Excise 78"),
        *_all("Sandhills", LOWER, "public", "Sand Martin 92, Longshore 80"),
        *_all("Observatory", LOWER, "public", "Perihelion 100, Solstice 90"),
        *_all("University", LOWER, "public", "Lectern 96, Compositor 84"),
        *_all("North Park", LOWER, "public", "Bowling Green 100, Cedar Gate 84"),
        *_all("Racecourse", LOWER, "public", "Grandstand 104, Saddler 84"),
        *_all("Brewery", LOWER, "public", "Coppice Yard 100, Barley Row 86"),
        *_all("Gasworks", LOWER, "public", "Bellows 102, Flue 90"),
        *_all("Airfield", LOWER, "public", "Runway 100, Control Tower 84"),
        *_all("Castle", LOWER, "church", "Chapter House 90, Bell Ringer 76"),
        *_all("University", LOWER, "church", "Illuminator 88, Cantor 72"),
        *_all("Racecourse", LOWER, "church", "Wayside 80, Shrine Hill 70"),
        *_all("Ferry Bank", LOWER, "church", "Saint Elmo Light 70"),
        *_all("Airfield", LOWER, "church", "Clerestory 70, Apse 60"),
        *_all("Sandhills", LOWER, "private", "Gazebo 66"),
        *_all("Observatory", LOWER, "private", "Planetarium 70, Orbit 56"),
        *_all("University", LOWER, "private", "Provost 52"),
        *_all("North Park", LOWER, "private", "Weather House 60, Arboretum 54"),
    ),
    choices=(
        Choice("church", ((180, 0), (130, 0), (80, 0), (50, 0)), one_in=2),
        Choice("private", ((80, 0), (45, 0), (8, 0), (5, 0)), one_in=8),
    ),
    growth=(0, 20, 10, 12),
    free_meals=(16, 26, 44, 54),
    traits=(girls_and_boys(),),
    outcomes=outcomes(reads=(20, 0, -55, -105), absent=(0, 5, 15, 20), excluded=(0, 2, 4, 9)),
    children=2600,
    spread=60,
    by_address=(98, -9),
    land=(
        (-600, 0), (-800, 1600), (-300, 2700), (700, 3300), (1500, 3650), (1450, 3850), (500, 3800),
        (-500, 4300), (-700, 5700), (-300, 7300), (700, 8300), (1500, 9400), (3300, 9700), (4300, 10600),
        (6000, 10200), (7800, 10400), (9000, 9300), (8900, 7600), (9400, 6000), (9300, 3900), (9100, 2300),
        (7600, 1600), (6300, 700), (5400, -400), (3900, -700), (2300, -300), (900, -700),
    ),
    corner=(-4800000, -10500000),  # 48° S 105° W
    grain=110,
)  # fmt: skip


RECIPES = {recipe.name: recipe for recipe in (MARENZA, LARKFOLD, ILVARA, MIRAVENTO, THORNMOOR, CASTAVERA)}
