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
        (1350, 3900), (300, 4150), (-150, 4400), (-350, 5300), (300, 6000), (1600, 6050), (2700, 5500), (4100, 5700),
        (5000, 5000), (6300, 4800), (7300, 3800), (7400, 2600), (6500, 1500), (5200, 1100), (4600, 0),
        (3500, -650), (2000, -450), (700, -850),
    ),
    corner=(3510000, 16010000),  # 35° N 160° E
)  # fmt: skip

RECIPES = {recipe.name: recipe for recipe in (MARENZA,)}
