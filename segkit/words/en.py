"""What segkit says in English. A comment beside a sentence is for its translator."""

WORDS = {
    "more": "{shown} and {n} more",
    # --- the indices: a name, and what the number means in one sentence
    "index.dissimilarity": "Dissimilarity",
    "index.dissimilarity.means": "the share of the focal group that would have to change school, nobody replacing them, "
    "for every school to mirror the whole",
    "index.gorard": "Gorard's segregation",
    "index.gorard.means": "the share of the focal group that would have to swap places with others for every school to "
    "have its fair share, school sizes kept",
    "index.gini": "Gini",
    "index.gini.means": "how far the segregation curve lies from the diagonal: every pair of schools is compared",
    "index.hutchens": "Square root (Hutchens)",
    "index.hutchens.means": "one minus the overlap of the two groups' distributions over the schools",
    "index.atkinson": "Atkinson",
    "index.atkinson.means": "how unevenly the group is spread; unless told otherwise, schools with too many of the "
    "group and schools with too few count alike",
    "index.isolation": "Isolation",
    "index.isolation.means": "the share of the focal group in the school of its average member",
    "index.interaction": "Interaction",
    "index.interaction.means": "the share of everyone else in the school of the focal group's average member",
    "index.correlation_ratio": "Correlation ratio (eta squared)",
    "index.correlation_ratio.means": "isolation with the group's size taken out: how well a school predicts the group",
    "index.mutual_information": "Mutual information",
    "index.mutual_information.means": "how much knowing a pupil's school tells about the group: 0 where every school "
    "mirrors the whole, and even complete segregation need not be 1",
    "index.information": "Information (Theil's H)",
    "index.information.means": "how much less mixed the average school is than the whole",
    "index.multigroup_dissimilarity": "Dissimilarity of all groups",
    "index.multigroup_dissimilarity.means": "the share of pupils who would have to move, out of the share who would if "
    "segregation were complete",
    "index.multigroup_gini": "Gini of all groups",
    "index.multigroup_gini.means": "the Gini gaps of all groups added up, against the diversity of the whole",
    "index.normalized_exposure": "Normalised exposure",
    "index.normalized_exposure.means": "how much less the average pupil meets the other groups than if all were mixed",
    "index.relative_diversity": "Relative diversity",
    "index.relative_diversity.means": "how much less often two pupils of one school differ than two pupils of the whole",
    "index.squared_variation": "Squared variation",
    "index.squared_variation.means": "the average squared departure from the whole's shares, each group counting alike",
    "index.delta": "Delta",
    "index.delta.means": "the share of the focal group that would have to move to live at the same density everywhere",
    "index.absolute_concentration": "Absolute concentration",
    "index.absolute_concentration.means": "how little land the focal group occupies, between the most and the least it "
    "could",
    "index.spatial_proximity": "Spatial proximity",
    "index.spatial_proximity.means": "how much closer people live to their own group than to people in general",
    "index.distance_decay_isolation": "Distance-decay isolation",
    "index.distance_decay_isolation.means": "the chance that the next neighbour met belongs to the focal group, near ones "
    "counting more",
    "index.absolute_centralisation": "Absolute centralisation",
    "index.absolute_centralisation.means": "how far the focal group gathers around the centre",
    "index.relative_centralisation": "Relative centralisation",
    "index.relative_centralisation.means": "how much nearer the centre the focal group lives than the others",
    "index.spatial_information": "Spatial information",
    "index.spatial_information.means": "how much less mixed people's surroundings are than the whole",
    "index.spatial_relative_diversity": "Spatial relative diversity",
    "index.spatial_relative_diversity.means": "how much less often two neighbours differ than two people of the whole",
    "index.spatial_dissimilarity": "Spatial dissimilarity",
    "index.spatial_dissimilarity.means": "how far the mix of people's surroundings departs from the whole, on average",
    "index.spatial_exposure": "Spatial exposure",
    "index.spatial_exposure.means": "the share of another group in the surroundings of the focal group's average member",
    "index.spatial_isolation": "Spatial isolation",
    "index.spatial_isolation.means": "the share of the focal group in the surroundings of its average member",
    "dimension.evenness": "evenness",
    "dimension.exposure": "exposure",
    "dimension.concentration": "concentration",
    "dimension.clustering": "clustering",
    "dimension.centralisation": "centralisation",
    # --- counts that cannot be counts
    "counts.shape": "counts must be a table, units by groups, but came with the shape {shape}",
    "counts.numbers": "counts must be numbers, but came as {came}",
    "counts.ragged": "counts must have the same number of groups in every row",
    "counts.negative": "row {row}, group {group}: {came} pupils; a count is 0 or more",
    "counts.fraction": "row {row}, group {group}: {came} pupils; a count is a whole number",
    "counts.missing": "row {row}, group {group}: no number; write 0 where nobody was counted, or leave the row out",
    "counts.large": "row {row}, group {group}: {came} pupils; more than this program can count exactly",
    "counts.together": "all counts together are more than this program can count exactly",
    "counts.two_groups": "this index compares 2 groups, but counts has {k}: name one with focal=",
    "counts.no_group": "there is no group {came!r}; the groups are {groups}",
    "counts.no_column": "there is no group {came}; counts has {k} columns, 0 to {last}",
    "counts.per_unit": "{name} must hold one number for each of the {n} units, but came with the shape {shape}",
    "counts.distances": "distance must be a table of {n} by {n} metres, but came with the shape {shape}",
    "counts.positive": "{name} must be {least} and finite, but holds {came}",
    "positive": "above 0",
    "not_negative": "0 or more",
    "option.between": "{name} must lie between {low} and {high}, both left out, but came as {came}",
    "option.whole": "{name} must be a whole number of at least {least}, but came as {came}",
    "option.one_of": "{name} must be one of {known}, but came as {came!r}",
    # --- what cannot be assessed, and why
    "refuse": "cannot be assessed: {why}",
    "refuse.table": "table {where} cannot be assessed: {why}",
    "refuse.one_unit": "there is only one unit with pupils; segregation compares at least two",
    "refuse.no_pupils": "there are no pupils at all",
    "refuse.one_group": "only one group has members; segregation compares at least two",
    "refuse.no_focal": "the focal group has no members",
    "refuse.all_focal": "everyone belongs to the focal group",
    "refuse.area": "all units are needed to house the focal group, so there is no more and no less land to compare",
    "refuse.draws": "no draw could be assessed; the table is too small",
    # --- a table measured
    "measure.table": "Schools: {units}; pupils: {pupils:,}; groups: {groups}.",
    "measure.focal": "Focal group: {focal}.",
    "measure.dropped.units": "Left out, no pupils there: {names}.",
    "measure.dropped.groups": "Left out, no members anywhere: {names}.",
    "measure.value": "{name} {value:.3f}",
    "measure.chance": ", by chance {expected:.3f}",
    "measure.p": " (p {p})",
    "measure.interval": ", between {low:.3f} and {high:.3f}",
    "measure.unavailable": "{name} cannot be assessed: {why}",
    "measure.by": "{value}:",
    "measure.column.index": "index",
    "measure.column.value": "value",
    "measure.column.chance": "by chance",
    "measure.column.p": "p",
    "measure.column.interval": "interval",
    # --- pictures
    "plots.words": "The picture in words",
    "plots.value": "value of the index (0 to 1)",
    "plots.year": "school year beginning in",
    "plots.chance": "expected by chance",
    "plots.rest": "{n} other schools",
    "plots.curve.title": "Segregation curve",
    "plots.curve.even": "every school mirrors the whole",
    "plots.curve.x": "share of everyone else, schools counted up",
    "plots.curve.y": "share of the focal group, counted up",
    "plots.curve.label": "{name}: D = {d:.2f}, G = {g:.2f}",
    "plots.curve.alt": "Segregation curves, schools lined up from the lowest share of the focal group to the highest. {said}.",
    "plots.towns.title": "The same towns, several indices",
    "plots.towns.alt": "Bars of several indices side by side. {said}.",
    "plots.time.said": "{name} from {first:.2f} to {last:.2f}",
    "plots.time.alt": "{title}, year by year from {first} to {last}: {said}.",
    "plots.contributions.title": "Whose part of the dissimilarity?",
    "plots.contributions.more": "more of the group than the whole",
    "plots.contributions.less": "less of it",
    "plots.contributions.rest": "the rest",
    "plots.contributions.x": "part of D",
    "plots.contributions.alt": "Each school's part of D, the largest first: {said}.",
    "plots.shares.group": "the focal group",
    "plots.shares.others": "everyone else",
    "plots.shares.whole": "the whole: {share:.0%}",
    "plots.shares.x": "pupils (each bar is a school, as wide as it is large)",
    "plots.shares.y": "share of the focal group",
    "plots.shares.alt": "Share of the focal group in each school, against {share:.0%} in the whole: {said}.",
    # --- the questions of Unit 2.2: a question, its choices (a, b …) and what one hears after picking each (.why)
    "ask.unknown": "there is no question called {came!r}; did you mean {known}?",
    "ask.four_schools": "Four schools have 100 pupils each, and 200 of the 400 pupils get free meals: all 100 in the first school, "
    "60 in the second, 40 in the third, none in the fourth. The others stay where they are. Of every 100 pupils on free "
    "meals, how many would have to move, until every school that still has pupils has the same mix? Guess.",
    "ask.four_schools.why": "In the first school there is nobody else to mix with, so all 100 leave it, and 20 leave the second: "
    "120 of 200, to the third and the fourth; the first stands empty. Did you say 30? Then you counted swaps: if they change "
    "places with others, so that schools keep their sizes, 50 and 10 are enough, 60 of 200. The first count is D, the second "
    "is GS; you will meet both below.",
    "ask.larger_group": "Eight schools, D = {before:.2f}. Next year the focal group is twice as large in every school, and all "
    "others stay. What will D be?",
    "ask.larger_group.why": "D compares the two groups' distributions, and doubling a group everywhere leaves its distribution as "
    "it was. Isolation went from {isolation:.2f} to {isolation_after:.2f} meanwhile: the group meets more of itself because there "
    "is more of it.",
    "ask.by_lot": "A town has 2,400 pupils, one in five of them on free meals, and schools of 8 pupils. Places are drawn by lot: "
    "nobody chooses, nobody avoids anyone. What will D be?",
    "ask.by_lot.why": "A fair lot never gives every tiny school exactly one in five. D adds up all those accidents and calls them "
    "segregation. That is why we compare with chance before we judge.",
    "ask.districts": "Measured class by class, D is {before:.2f}. The same pupils, sitting where they sit, are now counted in "
    "four large districts. What will D be?",
    "ask.districts.why": "Nobody moved. What differs inside a district cannot be seen when the district is the unit. So ask of "
    "every number: between which units?",
    # Unit 2.1: space, object, who leaves, what nobody meant
    "ask.scale": "Three towns make up a region. Counted town by town, D of their schools is {mill:.2f} in Mill, {hill:.2f} "
    "in Hill and {port:.2f} in Port. Now count the schools of all three together. D of the region?",
    "ask.scale.why": "D of the whole is no average of its parts: it also sees what lies between the towns. Here that "
    "makes it far larger than in Mill or Hill, and smaller than in Port.",
    "ask.fewer_schools": "Somebody counts only the private schools, instead of all of them. What happens to D?",
    "ask.fewer_schools.a": "It falls: fewer schools, fewer differences.",
    "ask.fewer_schools.a.why": "So it was in Port, where the private schools were alike: {port:.2f} became {port_private:.2f}. "
    "Look at the whole region, though.",
    "ask.fewer_schools.b": "It rises: private schools are the ones that differ.",
    "ask.fewer_schools.b.why": "So it was in the whole region, where {region:.2f} became {region_private:.2f}. In Port "
    "alone it fell.",
    "ask.fewer_schools.c": "That depends on how those schools differ among themselves.",
    "ask.fewer_schools.c.why": "In Port it fell from {port:.2f} to {port_private:.2f}, in the region it rose from "
    "{region:.2f} to {region_private:.2f}. A number belongs to the schools it was counted in.",
    "ask.line": "Draw the line at the middle: the poorer half of a town’s pupils against the richer half. D is {d50:.2f}. Now "
    "draw it so that 80 of every 100 pupils are below. Nobody moves. D is then …?",
    "ask.line.why": "In this town the richest share a few schools, so a line high up finds them; a line low down finds "
    "the poorest, who share others (D = {d30:.2f} at 30). Around the middle most schools are mixed.",
    "ask.leave": "In eight local schools {first:.0f} of every 100 pupils come from poorer families, and not one of these will "
    "ever move. Then 60 of every 100 better-off families leave for two other schools. Of every 100 pupils who are now in the "
    "local schools, how many come from poorer families?",
    "ask.leave.why": "As many poorer children as before share schools that have become smaller. They have moved nowhere, and "
    "have become the majority: that is what the next families to decide will see.",
    "ask.who_moved": "In two years D rose from {D:.2f} to {D_last:.2f}, and not one child of the group had changed school. Is "
    "that possible?",
    "ask.who_moved.a": "No. If nobody of the group moves, the group cannot become more segregated.",
    "ask.who_moved.a.why": "D compares where the group goes with where the others go, and the others can move too.",
    "ask.who_moved.b": "Yes. It is enough that others left.",
    "ask.who_moved.b.why": "That is the film of those who leave: isolation of the group rose from {i:.2f} to {i_last:.2f} while "
    "its children sat where they always had.",
    "ask.mirror": "A town ends every choice of school: each child goes to the school of its catchment. What will D "
    "of the schools be?",
    "ask.mirror.a": "0: where nobody can choose, nobody can separate.",
    "ask.mirror.a.why": "Nobody chooses a school, but people live somewhere. If the streets differ, so do the catchments.",
    "ask.mirror.b": "What D of the homes is, if one counts the homes by catchment.",
    "ask.mirror.b.why": "The same children are counted in the same units: {catchments:.2f} at the end of the film, both "
    "times. Counted block by block the homes have {homes:.2f}, because inside a catchment blocks are put together.",
    "ask.mirror.c": "Larger than D of the homes, block by block.",
    "ask.mirror.c.why": "It cannot be: a catchment puts blocks together, and putting units together never makes D larger.",
    "ask.mild_wishes": "In a town of two equal groups, D of the homes is {homes:.2f}, and so is D of the schools. Each family is "
    "content wherever at least 4 in 10 children at school are like its own, and otherwise goes to the nearest school where they "
    "are. All may choose. Once they have stopped moving, D of the schools is …?",
    "ask.mild_wishes.why": "Few are discontent at first. But each who leaves makes one school less mixed and another "
    "fuller, and that gives somebody else a reason who had none. Nobody wished for the result.",
    "ask.merge": "Forty-eight classes, in sixteen schools, in four districts. The same children are counted first by class, then by "
    "school, then by district. What becomes of D?",
    "ask.merge.a": "It rises: in larger units there is more to see.",
    "ask.merge.a.why": "There is more in each unit, and less between them: {classes:.2f} by class, {schools:.2f} by school, "
    "{districts:.2f} by district.",
    "ask.merge.b": "It falls: what differs inside a unit is no longer seen.",
    "ask.merge.b.why": "From {classes:.2f} by class to {schools:.2f} by school and {districts:.2f} by district. Putting units together "
    "never makes D larger.",
    "ask.merge.c": "It stays: nobody has moved.",
    "ask.merge.c.why": "Nobody has, and yet it goes from {classes:.2f} by class to {schools:.2f} by school and {districts:.2f} by "
    "district. D is not about children alone; it is about children in units.",
    "ask.how_mild": "How mild is mild? Everyone may choose now, and the wish grows, from 10 to {most} in every 100 children at school. How "
    "does D of the schools grow with it?",
    "ask.how_mild.a": "Little by little: a little more of a wish, a little more of D.",
    "ask.how_mild.a.why": "So one would think. But D stays at {first:.2f} until the wish is {start} in 100, and by {end} in 100 nearly all "
    "of its way is done.",
    "ask.how_mild.b": "Not at all: wishes as mild as these do no harm.",
    "ask.how_mild.b.why": "For a long way they do none, and D stays at {first:.2f}. At {start} in 100 that ends, and at {most} in 100 D is "
    "{last:.2f}.",
    "ask.how_mild.c": "At first not at all, and then within a few steps.",
    "ask.how_mild.c.why": "Up to {calm} in 100 nothing stirs; by {end} in 100 nearly all of the way from {first:.2f} to {last:.2f} is done. "
    "In this town the edge is there; in another it may lie elsewhere.",
    "ask.slip_isolation": "A handbook prints, under the title “Isolation index”, the sum over schools of (x/X)·(y/t): the "
    "school’s part of all focal pupils, times the others’ share of that school. What has it written down?",
    "ask.slip_isolation.a": "isolation, as it says",
    "ask.slip_isolation.a.why": "Look at the second factor. It asks how many of the school are others, so the sum grows as the "
    "group meets more of them: the opposite of isolation.",
    "ask.slip_isolation.b": "interaction",
    "ask.slip_isolation.b.why": "The factor y/t is the share of others in the school. Isolation has x/t in its place, and with two "
    "groups the two add up to 1.",
    "ask.slip_isolation.c": "dissimilarity",
    "ask.slip_isolation.c.why": "Dissimilarity takes differences of two shares; here two shares are multiplied.",
    "ask.slip_gorard": "A handbook explains D so: “take the school’s share of all pupils on free meals, subtract its "
    "share of all pupils, ignore the sign, add up, halve.” Which index has it explained?",
    "ask.slip_gorard.a": "D",
    "ask.slip_gorard.a.why": "D subtracts the school’s share of the others, those not on free meals. The text subtracts its "
    "share of everyone.",
    "ask.slip_gorard.b": "Gorard’s GS",
    "ask.slip_gorard.b.why": "For the four schools above that gives {GS:.2f}, not {D:.2f}. The two are tied: GS is D times "
    "the share of everyone else.",
    "ask.slip_size": "A handbook says: “the size of the groups matters for evenness, and does not for exposure.” "
    "Double the focal group in every school and think again.",
    "ask.slip_size.a": "The handbook is right.",
    "ask.slip_size.a.why": "Push the slider of the film above: D does not move while the group grows, and isolation climbs.",
    "ask.slip_size.b": "It is the other way round.",
    "ask.slip_size.b.why": "D (evenness) stays where it was. Isolation (exposure) rises: a larger group meets more of itself "
    "even where all schools are alike.",
    "ask.slip_size.c": "Size matters for both.",
    "ask.slip_size.c.why": "Not for D: it compares where each group goes, each group counted as 100 %.",
    "ask.slip_size.d": "Size matters for neither.",
    "ask.slip_size.d.why": "It does for isolation: add focal pupils to a school and its focal pupils meet more of themselves.",
    "ask.slip_move": "Five schools have {N} pupils, {X} of them on free meals; D = {D:.2f}, GS = {GS:.2f}. “D is the "
    "share of pupils who would have to change school.” If the schools keep their sizes, how many pupils on free meals must "
    "swap places with others?",
    "ask.slip_move.a": "D × all pupils = {DN:.0f}",
    "ask.slip_move.a.why": "D is a share of one group, never of all pupils.",
    "ask.slip_move.b": "D × the pupils on free meals = {DX:.0f}",
    "ask.slip_move.b.why": "That many would have to leave if nobody took their seats, so the schools would change size. With "
    "sizes kept, fewer are enough, because each one who leaves makes room for one who comes.",
    "ask.slip_move.c": "GS × the pupils on free meals = {GSX:.0f}",
    "ask.slip_move.c.why": "Counted one by one: the pupils on free meals above the fair share in their school are exactly so "
    "many. Each swaps with somebody elsewhere.",
    "ask.slip_names": "“The five dimensions are due to Massey and Duncan; in Italy it was the Casato law that opened the "
    "primary school in 1861; six waves of PISA were followed by Gutiérrez and others in 2017.” Each half-sentence has a slip. "
    "Who described the five dimensions in 1988?",
    "ask.slip_names.a": "Massey & Duncan",
    "ask.slip_names.a.why": "Two Duncans made D the standard, in 1955. The five dimensions came a generation later, from somebody else.",
    "ask.slip_names.b": "Massey & Denton",
    "ask.slip_names.b.why": "Douglas Massey and Nancy Denton, in Social Forces. The Italian law is the Casati law, and the study "
    "by Gutiérrez, Jerrim and Torres appeared in 2020.",
    "ask.slip_names.c": "Casato & Massey",
    "ask.slip_names.c.why": "Casato is another slip: the law that opened the Italian primary school is the Casati law.",
    "ask.zero": "D = 0. What does that say of the schools?",
    "ask.zero.a": "Half of every school belongs to the focal group.",
    "ask.zero.a.why": "Half is no target. If one pupil in five gets free meals, an even school has one in five.",
    "ask.zero.b": "Every school has the same mix as all schools together.",
    "ask.zero.b.why": "With 20 and 80 in one school and 10 and 40 in the other, D is 0.",
    "ask.zero.c": "The schools’ mixes differ, but the differences cancel out.",
    "ask.zero.c.why": "Differences never cancel in D: their signs are dropped before they are added up.",
    "ask.by_hand_d": "Two schools: 30 on free meals and 10 not; 10 on free meals and 30 not. Work out D on paper.",
    "ask.by_hand_d.why": "½ · (|30/40 − 10/40| + |10/40 − 30/40|) = ½ · (½ + ½).",
    "ask.by_hand_isolation": "The same two schools. What is the isolation of the pupils on free meals?",
    "ask.by_hand_isolation.why": "30/40 · 30/40 + 10/40 · 10/40 = 0.5625 + 0.0625.",
    "ask.which_index": "A council asks: “whom does a child on free meals meet at school, on average?” Which index answers?",
    "ask.which_index.a": "dissimilarity, D",
    "ask.which_index.a.why": "D says how unevenly the group is spread. It is the same for a group of 2 % and of 40 %, and "
    "these children meet very different classmates.",
    "ask.which_index.b": "isolation, xPx",
    "ask.which_index.b.why": "Isolation is the share of their own group in the school of its average member; interaction is "
    "the rest.",
    "ask.which_index.c": "information, H",
    "ask.which_index.c.why": "H says how much less mixed schools are than the whole. It does not say whom anyone meets.",
    "ask.stays": "Families of one group arrive and the group grows by half in every school. Which of the three stays exactly as "
    "it was?",
    "ask.stays.a": "isolation",
    "ask.stays.a.why": "Isolation rises with the group’s size.",
    "ask.stays.b": "dissimilarity",
    "ask.stays.b.why": "D, Gini and the square root index compare distributions only. Whether that is a virtue depends on "
    "the question.",
    "ask.stays.c": "information, H",
    "ask.stays.c.why": "H weighs the groups by their size, so it moves a little.",
    "ask.same_d": "In both towns D = {D:.2f}. Town A has two schools where nobody mixes and two that are fairly mixed; in town "
    "B all four schools are tilted alike. Which has the higher H?",
    "ask.same_d.a": "Neither: the same D means the same segregation.",
    "ask.same_d.a.why": "The same D means the same greatest gap on the segregation curve. The rest of the curve may differ.",
    "ask.same_d.b": "Town A",
    "ask.same_d.b.why": "{Ha:.2f} against {Hb:.2f}. H is more alarmed by schools where a group is missing altogether; D "
    "counts only how many are on the wrong side of the fair share.",
    "ask.same_d.c": "Town B",
    "ask.same_d.c.why": "It is the other way round. H reacts most to schools where one group is missing altogether, and those are "
    "in town A.",
    "ask.entry_year": "In one Catalan municipality the published D is 0.16 for the whole of primary school and 0.79 for the "
    "children of one entry year. What should one look at first?",
    "ask.entry_year.a": "What happened in that year: segregation must have exploded.",
    "ask.entry_year.a.why": "Perhaps; but before looking for a cause, ask what chance would give with so few children.",
    "ask.entry_year.b": "How few children there are in one year: small counts inflate D.",
    "ask.entry_year.b.why": "Placed by lot, a group that is one fifth of all pupils gives D = {large:.2f} in schools of 200 "
    "and {small:.2f} in schools of 8. Without its chance value nobody can tell how much of a published figure is segregation.",
    "ask.entry_year.c": "Which of the two figures is a mistake.",
    "ask.entry_year.c.why": "Both can be computed correctly. They answer for different numbers of children.",
    "ask.why": "D of a town rose from 0.30 to 0.35. What caused it?",
    "ask.why.a": "Families chose more freely.",
    "ask.why.a.why": "It may be. The number cannot tell: it would be the same if a housing estate had been built.",
    "ask.why.b": "Neighbourhoods grew apart.",
    "ask.why.b.why": "It may be. The number cannot tell: it would be the same if families had changed schools.",
    "ask.why.c": "The index does not say.",
    "ask.why.c.why": "An index describes. It does not know who lives where, who chose, who was refused: that takes other "
    "evidence.",
    # --- facts: what Unit 2.1 prints of the world; the numbers in braces stand in segkit.facts with their sources
    "facts.unknown": "there is no finding called {came!r}; did you mean {known}?",
    "facts.unknown_country": "there is no enrolment series of {came!r}; did you mean {known}?",
    "facts.unknown_year": "the series of {name} has no year {came}; it goes from {first} to {last}, every {step} years",
    "surveys.growth": "growth: {came} numbers came, one for each of the {n} countries was expected",
    "facts.place.almere": "Almere",
    "facts.place.amsterdam": "Amsterdam",
    "facts.place.austria": "Austria",
    "facts.place.belgium": "Belgium",
    "facts.place.denmark": "Denmark",
    "facts.place.finland": "Finland",
    "facts.place.france": "France",
    "facts.place.germany": "Germany",
    "facts.place.greece": "Greece",
    "facts.place.hungary": "Hungary",
    "facts.place.ireland": "Ireland",
    "facts.place.italy": "Italy",
    "facts.place.malta": "Malta",
    "facts.place.netherlands": "Netherlands",
    "facts.place.norway": "Norway",
    "facts.place.portugal": "Portugal",
    "facts.place.rotterdam": "Rotterdam",
    "facts.place.spain": "Spain",
    "facts.place.sweden": "Sweden",
    "facts.place.united_kingdom": "United Kingdom",
    "facts.place.west_germany": "West Germany",
    "facts.decade": "{year}s",  # "1960s"
    # what a law brought, in as few words as fit beside a mark on a time line
    "facts.law.folkeskole": "people’s school",
    "facts.law.seven_years": "7 years for all",
    "facts.law.nine_years": "9 years",
    "facts.law.casati": "primary (Casati)",
    "facts.law.lower_secondary": "lower secondary",
    "facts.law.moyano": "Moyano Act",
    "facts.law.free_primary": "primary free",
    "facts.law.general_act": "ages 6–14",
    "facts.law.to_sixteen": "to age 16",
    "facts.column.where": "where and when",
    "facts.column.reform": "the reform",
    "facts.column.effect": "segregation",
    "facts.column.text": "what was found",
    "facts.column.how": "how it is known",
    "facts.column.source": "source",
    "facts.how.seen": "observed after the reform",
    "facts.how.computed": "computed: nobody has moved",
    # the sign comes first, so that one sees it, and the word beside it, so that one need not
    "facts.effect.less": "▼ less",
    "facts.effect.same": "● no evidence of less",
    "facts.effect.mixed": "▲ more in places",
    "facts.world": "School segregation in the world: what was measured, and by whom",
    "facts.waves.where": "OECD countries, {n} surveys of PISA",
    "facts.waves": "Broadly unchanged; high in the Central European systems that track early, low in Scandinavia.",
    "facts.waves.note": "The same study is also read as “increasing in most countries”.",
    "facts.spain.where": "Spain, PISA 2015",
    "facts.spain": "By the families' social and economic status, Gorard's index is {gorard:.2f} and isolation {isolation:.2f}.",
    "facts.mixing.where": "OECD, PISA 2018",
    "facts.mixing": "A disadvantaged student has a {chance} % chance of sharing a school with a high achiever; it "
    "would be {random} % if pupils were mixed at random.",
    "facts.concentration.where": "EU, OECD and Austria, 2018",
    "facts.concentration": "Of the 15-year-olds with a foreign-born parent, {eu:.1f} % (EU), {oecd:.1f} % (OECD) and "
    "{austria:.1f} % (Austria) are in the quarter of schools where such pupils are most concentrated.",
    "facts.concentration.note": "If they were spread evenly over schools of one size, it would be 25 %.",
    "facts.catalonia.where": "Catalonia, over {years} years",
    "facts.catalonia": "The share of foreign pupils who would have to move went from {primary_before} % to {primary} % in "
    "primary and from {secondary_before} % to {secondary} % in secondary school.",
    "facts.milan.where": "Milan, 2017",
    "facts.milan": "About {leave} family in {of} does not enrol in the school of its zone.",
    "facts.united_states.where": "United States, large districts, 1991–2020",
    "facts.united_states": "Segregation between schools grew by {white_black} % between White and Black pupils, and by {poor} % "
    "between poor and other pupils.",
    "facts.netherlands.where": "The Netherlands, 2016",
    "facts.netherlands": "Split into what housing brings and what choice adds: Amsterdam {amsterdam_housing} and "
    "{amsterdam_choice}, Rotterdam {rotterdam_housing} and {rotterdam_choice}, Almere {almere_housing} and "
    "{almere_choice}, in the units of the report.",
    "facts.reforms": "What reforms did",
    "facts.flanders.where": "Flanders: places reserved for both groups",
    "facts.flanders": "A sizeable decline; it is the disadvantaged pupils who make the longer trip.",
    "facts.french_belgium.where": "French-speaking Belgium: decrees on enrolment",
    "facts.french_belgium": "No evidence that segregation was reduced.",
    "facts.chile.where": "Chile: places by deferred acceptance (SAE)",
    "facts.chile": "No overall improvement; more segregation where there are many private schools, or where housing is "
    "segregated.",
    "facts.rezoning.where": "United States, {districts} districts: zones redrawn",
    "facts.rezoning": "A median {less} % less than it was; about {switch} % of pupils change school, and their way is slightly "
    "shorter.",
    "facts.pairing.where": "United States, {districts} districts: schools paired",
    "facts.pairing": "A median {less} % less than it was; {minutes} more minutes of driving.",
    # pictures of facts
    "plots.source": "Source: {source}.",
    "plots.enrolment.title": "Children at primary school, three countries",
    "plots.enrolment.y": "enrolled, of every 100 of that age",
    "plots.enrolment.male": "thin and dashed: boys, where the source has them",
    "plots.enrolment.laws": "What the law said (today {fewest} to {most} years, across Europe)",
    "plots.enrolment.fell": "{name} {start}–{end}:\nfrom {first:.1f} down to {last:.1f}",
    "plots.enrolment.dip": "{name} {end}:\n{last:.1f}, boys {male:.1f},\nafter {first:.0f} in {start}",
    "plots.enrolment.below": "{name} {year}:\nboys {male:.1f},\nall {total:.1f}",
    "plots.enrolment.source": "Adjusted primary enrolment ratio, %: {series}. Laws: {laws}.",
    "plots.enrolment.alt": "Children enrolled in primary school, of every 100, from {first} to {last}. {said}. Left as they "
    "are in the source, and marked: {odd}. On a time line below, laws: {laws}. {source}",
    "plots.private.title": "Who is “private”? Primary pupils, {year}",
    "plots.private.x": "pupils in private schools, % of all primary pupils",
    "plots.private.mean": "euro area: {mean:.1f} %",
    "plots.private.trap": "In these two countries the church schools\nthat the state pays for count as public.",
    "plots.private.alt": "Bars, longest first: the private share of primary pupils in {year}, in per cent. {said}. The euro area "
    "as a whole: {mean:.1f}. Marked as a trap: in {trap}, publicly funded denominational schools count as "
    "public. {source}",
    "plots.readings.invented": "Invented: ten countries that do not exist, six surveys of each",
    "plots.readings.first": "First reading: {up} of {n} lines\nend higher than they began",
    "plots.readings.second": "Second reading: {moved} of {n} changed\nby more than chance would",
    "plots.readings.survey": "survey",
    "plots.readings.y": "D, poorer half and the others",
    "plots.readings.x": "change in D, first survey to sixth",
    "plots.readings.country": "country",
    "plots.readings.up": "higher than it began",
    "plots.readings.down": "lower",
    "plots.readings.sure": "the range leaves out 0",
    "plots.readings.unsure": "0 is inside the range",
    "plots.readings.alt": "An invented example, read twice. On the left D of {n} countries in {waves} surveys: {up} lines end "
    "higher than they began ({rose}). On the right the change of each from the first survey to the last, with "
    "the range it might have had with other schools: it leaves out 0 for {moved} of them ({names}). {said}.",
    "plots.readings.said": "{name} from {first:.2f} to {last:.2f}, change between {low:+.3f} and {high:+.3f}",
    "plots.housing.title": "Housing and choice, three Dutch cities, 2016",
    "plots.housing.housing": "what housing brings",
    "plots.housing.choice": "what choice adds",
    "plots.housing.x": "segregation, in the units of the report",
    "plots.housing.alt": "Bars in two parts, what housing brings and what choice adds. {said}. {source}",
    "plots.housing.said": "{name} {housing} and {choice}",
    # questions about facts (Unit 2.1); the numbers in braces stand in segkit.facts and segkit.surveys
    "ask.spain_1910": "In Spain in 1820, {first:.0f} of every 100 children of primary age were enrolled; in 1880, {before:.0f}. And "
    "thirty years later, in 1910? Guess; then the picture opens.",
    "ask.spain_1910.why": "It fell, to {after:.1f}, and for boys it fell further, from {male_before:.1f} to {male:.1f}. The way to school was no "
    "staircase; or the record of it was none. An “adjusted” ratio is reckoned, not counted, and a jump may lie in the "
    "schools or in the books. So we mark it and do not smooth it.",
    "ask.girls_ahead": "Boys are about half of all children. In which of these years do the numbers hold together only if girls were "
    "far ahead of boys at school?",
    "ask.girls_ahead.a": "Spain 1880",
    "ask.girls_ahead.a.why": "There boys stand at {spain_male:.1f} and all children at {spain:.1f}: it is the girls who were kept at "
    "home.",
    "ask.girls_ahead.b": "Italy 1910",
    "ask.girls_ahead.b.why": "There boys stand at {before_male:.1f}, a little above all children at {before:.1f}; so girls stand a "
    "little below.",
    "ask.girls_ahead.c": "Italy 1920",
    "ask.girls_ahead.c.why": "Boys stand at {male:.1f} and all children at {total:.1f}, so girls would stand as far above. Ten years "
    "before and ten years later boys are ahead. Something happened to the boys, or to the books; the source does not say "
    "which.",
    "ask.enrolment_dip": "Norway stands at {before:.0f} in 1950 and at {after:.1f} in 1960, although seven years of school had been "
    "mandatory since {law}. What may you conclude from this series alone?",
    "ask.enrolment_dip.a": "One child in eight had left school.",
    "ask.enrolment_dip.a.why": "It is one possibility. But then nearly one boy in four had left ({male:.1f} are enrolled), in a country "
    "whose law kept them all. A change in what is counted should be ruled out first.",
    "ask.enrolment_dip.b": "Fewer years were mandatory by then.",
    "ask.enrolment_dip.b.why": "On the time line no Norwegian law lies between the two years, and the next one, of {next}, asks for more.",
    "ask.enrolment_dip.c": "Something changed: the schools, the children or the counting.",
    "ask.enrolment_dip.c.why": "That is what a series can say. By 1980 it is back at {later:.0f}. What it was takes a second source.",
    "ask.private_least": "In which of these four did the smallest share of primary pupils go to a school counted as private, in "
    "{year}?",
    "ask.private_least.a": "Belgium",
    "ask.private_least.a.why": "Belgium has the largest share of all in the picture that follows: {belgium:.1f} %.",
    "ask.private_least.b": "Spain",
    "ask.private_least.b.why": "In Spain it was {spain:.1f} %, more than twice the euro area's {mean:.0f} %.",
    "ask.private_least.c": "Italy",
    "ask.private_least.c.why": "Low, {italy:.1f} %, but not the lowest of these four.",
    "ask.private_least.d": "the Netherlands",
    "ask.private_least.d.why": "{netherlands:.1f} %. Before you tell anybody that the Dutch have no private schools, look at the note "
    "in the picture.",
    "ask.private_trap": "A newspaper writes: “In the Netherlands hardly anybody leaves the public school ({netherlands:.1f} %); in Belgium "
    "every second family does ({belgium:.1f} %).” What is wrong?",
    "ask.private_trap.a": "Nothing; the figures are official.",
    "ask.private_trap.a.why": "They are, and both are right. But an official figure answers the question of those who counted, and "
    "“public” meant something else in one of the two.",
    "ask.private_trap.b": "It takes two ways of counting for two kinds of families.",
    "ask.private_trap.b.why": "In the Netherlands publicly funded church schools count as public. Whoever compares must first ask who "
    "runs a school, who pays for it and who may enter, and count the same in both places.",
    "ask.private_trap.c": "The mean of the euro area is missing.",
    "ask.private_trap.c.why": "It would not help: a mean of figures that count different things counts nothing in particular.",
    "ask.amsterdam": "How much is housing, and how much is choice? The Dutch inspectorate split the segregation of schools into the two "
    "parts. Which of them is the larger in Amsterdam?",
    "ask.amsterdam.a": "What housing brings",
    "ask.amsterdam.a.why": "Housing brings {housing:.0f} of the inspectorate’s units, choice adds {choice:.0f}. Where people live is not "
    "the most of it.",
    "ask.amsterdam.b": "Both are about the same",
    "ask.amsterdam.b.why": "They are not: housing brings {housing:.0f} of the inspectorate’s units, choice adds {choice:.0f}.",
    "ask.amsterdam.c": "What choice adds",
    "ask.amsterdam.c.why": "Choice adds {choice:.0f} of the inspectorate’s units to the {housing:.0f} that housing brings, more than "
    "{times:.0f} times as many.",
    "ask.two_readings": "{n} invented countries were surveyed six times. In {up} of them D is higher in the last survey than in the first. "
    "A survey visits only some of the schools. In how many countries did D change by more than the choice of schools can "
    "explain?",
    "ask.two_readings.a": "in all {up}",
    "ask.two_readings.a.why": "A line that ends higher has risen, but it would also have ended higher or lower with other schools in the "
    "survey. Look at the right half of the picture.",
    "ask.two_readings.b": "in {some}",
    "ask.two_readings.b.why": "Fewer. Of lines that only tremble, about half end higher than they began.",
    "ask.two_readings.c": "in {moved}",
    "ask.two_readings.c.why": "In the others the range of the change has 0 inside: other schools might have shown no change, or one the other "
    "way.",
    "ask.which_reading": "Two headlines above this picture: “Segregation up in most countries” and “Segregation broadly "
    "unchanged”. Which one is wrong?",
    "ask.which_reading.a": "the first",
    "ask.which_reading.a.why": "{up} of {n} lines do end higher. It says nothing of how far, and that is its weakness; wrong it is not.",
    "ask.which_reading.b": "the second",
    "ask.which_reading.b.why": "Only {moved} of {n} moved by more than chance would. It does not say that nothing happened there, and that "
    "is its weakness; wrong it is not.",
    "ask.which_reading.c": "neither",
    "ask.which_reading.c.why": "The first counts directions, the second asks how large a change is next to chance. Either needs the "
    "other beside it, and the names of the countries that did move.",
    # --- end of facts
    # --- decompositions
    "split": "{name} {total:.3f} = {between:.3f} between + {within:.3f} within",
    "split.sector": "  within {sector}: {part:.3f} (its own {value:.3f}, with weight {weight:.2f})",
    "split.alone": "  within {sector}: nothing to compare (weight {weight:.2f})",
    "split.cannot": "{name} does not split into between and within; these do: {known}",
    "change": "M went from {before:.4f} to {after:.4f} ({difference:+.4f}). Of that:\n  {additions:+.4f} schools that opened\n"
    "  {removals:+.4f} schools that closed\n  {group_margins:+.4f} groups that grew or shrank\n  {school_margins:+.4f} schools that "
    "grew or shrank\n  {structure:+.4f} who goes where",
    "change.overlap": "the two years share fewer than two schools or fewer than two groups",
    "change.margins": "schools with one group only leave no way to reach the sizes of one year with the structure of the other",
    "change.shapes": "two years have the same schools and groups, but came with the shapes {before} and {after}; give tables that "
    "name their schools, or a row of zeros for a school that is not there",
    # --- chance, intervals, comparisons
    "chance": "{name} {value:.2f}; chance alone would give {expected:.2f} on average; {corrected:.2f} of the way from chance to "
    "complete segregation.",
    "chance.no_room": "{name} {value:.2f}; chance alone would give {expected:.2f}, the most it can be: these schools are too small "
    "to tell.",
    "chance.p": "Chance gives as much with p {p} ({shuffles} shuffles).",
    "interval.pupils": "{name} {value:.2f}; with other pupils in the same schools, what small schools alone add taken out, between "
    "{low:.2f} and {high:.2f} ({level:.0%} interval).",
    "interval.schools": "{name} {value:.2f}; with other schools of the same kind, between {low:.2f} and {high:.2f} "
    "({level:.0%} interval).",
    "compare.matched": "Over the {units} schools of both, {name} went from {before:.2f} to {after:.2f} ({difference:+.2f}). If "
    "nothing had changed in any school, "
    "chance would give as much of a difference with p = {p:.2f}.",
    "compare.unmatched": "{name} is {before:.2f} in the first and {after:.2f} in the second ({difference:+.2f}). If both were alike, "
    "chance would give as much of a difference with p = {p:.2f}.",
    "corrections.dissimilarity": "{value:.2f}  D of these pupils",
    "corrections.expected": "{value:.2f}  D if they were placed by lot",
    "corrections.carrington_troske": "{value:.2f}  how far from the lot (Carrington–Troske)",
    "corrections.density_corrected": "{value:.2f}  D of the process, school by school (density)",
    "corrections.beta_binomial": "{value:.2f}  D of the process, as a whole (beta-binomial)",
    "compare.matched_or_not": "nothing says whether the rows are the same schools: pass matched=True (two years of one town) or "
    "matched=False (two towns)",
    "compare.caution": "Caution: one town's schools have {small:.0f} pupils on average and the other's {large:.0f}; what small "
    "schools alone add to an index is not wholly taken out, and may pass for a difference.",
    "interval.bias": "The value lies outside because small schools alone lift it.",
    "compare.shapes": "matched tables have the same schools and groups, but came with the shapes {before} and {after}; say "
    "matched=False to compare two towns",
    "estimate.no_sum": "{name} is not a sum over schools, so what chance gives must be drawn: ask for shuffles",
    "estimate.rng": "this draws at random: pass rng=, a seed or a numpy Generator, so that it can be told again",
    "estimate.beta_binomial": "D of the process behind the pupils: {dissimilarity:.2f} (mean share {share:.2f})",
    "estimate.debiased": "{name} {raw:.4f}; without the bias of small schools {value:.4f} (standard error {se:.4f})",
    "refuse.nobody_near": "nobody lives within reach of unit {unit}, not even its own people: enlarge reach, or give a unit a smaller "
    "distance to itself",
    "refuse.no_room": "chance alone already gives the most this index can be",
    "refuse.no_shuffles": "there are a thousand million pupils or more, too many to shuffle",
    "refuse.beyond": "what small schools alone add is more than the whole index, so there is nothing left to put an interval around",
    "refuse.alike": "the draws do not vary, so they give no interval",
    "refuse.single": "a school's share shows only where it has two pupils or more, and fewer than two schools have",
    "refuse.flat": "these schools say nothing about how their shares are spread",
    "refuse.alone": "a member cannot meet anyone: each school has a single pupil",
    # --- sample: invented towns, and the tables they are written in
    # {town}: "Marenza, an invented town"
    "sample.unknown.town": "there is no town called {name!r}",
    "sample.did_you_mean": "did you mean {name}?",
    "sample.there_are": "there is {names}",
    "sample.seed": "a seed is a whole number from 0 up, but came as {seed}",
    "sample.ready": "how much is known of a town is 1, 2 or 3, but came as {ready}",
    "sample.country": "nowhere",
    "sample.written": "{files} files are in {folder}",
    "sample.cli": "an invented town, as tables to practise on",
    "sample.cli.about": "Write an invented town: schools, neighbourhoods with a map, who lives there, who goes "
    "where and what becomes of them. PATH is a folder, or a file that ends in .zip or .xlsx. The same seed gives the "
    "same files on every machine.",
    "sample.cli.name": "the town, or all for every town in a folder of its own",
    "sample.cli.folder": "the folder to write into, made if it is not there; or a .zip, or one .xlsx",
    "sample.cli.ready": "how much is known of the town: 1 totals by school, 2 groups by school, 3 everything (default)",
    "sample.cli.seed": "another seed, another town with the same story (default 1)",
    "sample.cli.list": "name the towns there are, and write nothing",
    "sample.cli.replace": "write over files that are there with other contents",
    "sample.cli.what": "sample needs the name of a town and a folder, for example: segkit sample marenza my-town",
    "sample.note.opened": "opened in {year}",
    "sample.note.closed": "closed in {year}",
    "sample.note.merged": "merged into {into} in {year}",
    "sample.marenza.about": "a port city with thirty schools, three sectors, seven neighbourhoods and "
    "five years, in which one kind of segregation grows while another shrinks",
    "sample.marenza.story": "Marenza is a port city of seven neighbourhoods. Families from far away live above all "
    "around the Harbour, local families in Lighthouse, Orchards and Brickfields. Year after year more local "
    "families, most of all those who live near the port, choose a church or a private school. Over the same years "
    "the council gives fewer public places by address and more over the whole town, so that the public schools "
    "grow alike. A private school opens one class at a time, a public school in Saltmarsh closes, and two of the "
    "five small schools of the Farms become one. Which of the two tendencies is the stronger? Ask the tables.",
    "sample.larkfold.about": "a suburb of eighteen schools that changes faster than anybody planned, and whose primary schools change faster still",
    "sample.larkfold.story": "Larkfold is a suburb of seven neighbourhoods. Not long ago nearly everybody in it came from there; then flats were built in the Station Quarter and along Canal Side, and families from near and far moved in, more every year. Their neighbours who came earlier begin to leave, not their homes but the schools next door: some for a church school, some in a car to the city, so that more children live in Larkfold than sit in its schools. In the first year the primary schools are about as unequal as the streets around them, in the last year they are more so. The council opens one more school next to the station. For whom?",
    "sample.ilvara.about": "a valley of eighteen schools with two languages, side by side at home and apart at school",
    "sample.ilvara.story": "Ilvara is a valley with two languages. From the springs down to the plain they shade into each other, and in every village families of both live next door. But every village has two schools, one that teaches in the valley language and one that teaches in the state language, and each family looks for its own: the schools are far more divided than the homes. Families who speak both could go either way; more of them each year choose the subsidised schools that teach in both languages, and families who came from abroad nearly all go where the state language is taught. Is this segregation, or a right? The numbers do not say.",
    "sample.miravento.about": "a coastal town of thirty-eight schools, where nearly half of all pupils sit in schools that are not public",
    "sample.miravento.story": "Miravento is a town by the sea with three kinds of school. Public schools are free; subsidised schools take public money and ask families for a contribution; private schools live from fees. Nearly half of all pupils sit in one of the latter two, and few of these have free meals. The council has long shared out the places in its own schools over the whole town, and among themselves the public schools are alike: what segregation there is lies between the sectors. It is more than the neighbourhoods alone would bring. Whoever measures the public schools only will find that all is well.",
    "sample.thornmoor.about": "a rural district of eight schools so small that nearly every difference between them is chance",
    "sample.thornmoor.story": "Thornmoor is a wide and empty district: seven primary schools with a dozen to a few dozen pupils each, and one lower secondary school. People of every origin and purse live everywhere alike, and the schools differ as classes of this size differ by luck: an index may look high, and nearly all of it is chance. There are fewer children each year. One of the two schools in Fenny Bottom closes, and its pupils join the other. At eleven, one child in eight takes the early bus to a school in the next town, and is counted where it lives only. In tables this small, nearly every number could point at a child.",
    "sample.castavera.about": "a city of 120 schools, whose schools become more mixed than its neighbourhoods",
    "sample.castavera.story": "Castavera is a city of fourteen neighbourhoods around an old castle and a river mouth. Where families live goes by what they have: the docks, the glassworks and the gasworks are poor, the observatory hill, the dunes and the parks are not, and in five years nothing about that changes. The schools do change. Class after class the council gives fewer places by address and shares out more of them over the whole city, and the public schools grow alike, until they are far more mixed than the neighbourhoods. What remains is more and more a matter of who does not come: church and private schools keep the families they had. And more children cross the city every morning.",
    "sample.readme.title": "{town}, an invented town",
    "sample.readme.all": "Invented towns",
    "sample.readme.invented": "No such place, school or child exists: every number was drawn by a seeded "
    "program, and the coordinates lie in the open ocean. There are counts only, so nothing here is hidden "
    "or rounded. Any likeness of a name to a real one is an accident.",
    "sample.readme.words": "What the labels mean",
    "sample.readme.ties": "Residents are all children of school age who live in a neighbourhood, flows are those of them "
    "who go to a school of the town. The flows to a school add up to its enrolment. ",
    "sample.readme.ties.all": "All children go to a school of the town: the flows from a neighbourhood add up to its "
    "residents. Rows of nobody are left out.",
    "sample.readme.ties.outside": "Some children go to school in another town: they are among the residents, in no flow "
    "and in no enrolment. Rows of nobody are left out.",
    "sample.readme.columns": "Further columns of schools.csv",
    "sample.readme.outcomes": "The outcomes",
    "sample.readme.again": "To write it again",
    "sample.readme.command": "These files are written by a command, never by hand. The same seed gives "
    "the same files on every machine; another seed gives another town with the same story.",
    "sample.readme.column": "column",
    "sample.readme.type": "type",
    "sample.readme.meaning": "meaning",
    "sample.readme.example": "example",
    "sample.table.origin_by_school": "One row is a school in one year, with a column for each origin: the "
    "same counts as in enrolment.csv, as a spreadsheet would hold them.",
    "sample.table.free_meals": "One row is a school in one year: a total and a part of it, as offices "
    "often publish them.",
    "sample.column.school": "the school's code",
    "sample.column.name": "the school's name",
    "sample.column.sector": "who runs it and who pays",
    "sample.column.level": "primary (five years) or lower-secondary (three years)",
    "sample.column.zone": "the neighbourhood it stands in",
    "sample.column.lat": "degrees north",
    "sample.column.lon": "degrees east",
    "sample.column.year": "the autumn in which the school year begins",
    "sample.column.local": "pupils of local origin",
    "sample.column.mixed": "pupils of mixed origin",
    "sample.column.near": "pupils from near",
    "sample.column.far": "pupils from far",
    "sample.column.roll": "all pupils",
    "sample.column.free_meals": "pupils who have free meals",
    "sample.group.local": "both parents born in this country",
    "sample.group.mixed": "one parent born in this country, the other abroad",
    "sample.group.near": "both parents born in neighbouring countries",
    "sample.group.far": "both parents born abroad, at least one of them further away",
    "sample.group.free_meals": "the family's income entitles the pupil to free meals",
    "sample.group.not free_meals": "all other pupils",
    "sample.group.school language": "at home they speak the language of the schools",
    "sample.group.another language": "at home they speak another language than the schools",
    "sample.group.here before": "the family has lived in the town for five years or more",
    "sample.group.new here": "the family moved here within the last five years",
    "sample.group.valley language": "at home they speak the language of the valley",
    "sample.group.both": "at home they speak both languages",
    "sample.group.state language": "at home they speak the language of the state",
    "sample.group.another": "at home they speak a third language",
    "sample.group.ilvara.local": "at least one parent born in this country",
    "sample.group.abroad": "both parents born abroad",
    "sample.endowment.library": "is there a library with somebody in it: yes or no",
    "sample.endowment.laboratory": "is there a laboratory: yes or no",
    "sample.endowment.gym": "is there a gym: yes or no",
    "sample.endowment.experienced_teachers": "of every hundred teachers, how many have taught for five years or more",
    "sample.endowment.afternoon_classes": "are there classes in the afternoon: yes or no",
    "sample.endowment.teaching_language": "the language it teaches in; empty where it teaches in both",
    "sample.endowment.x_note": "what happened to it in these years; empty for most",
    "sample.outcome.reads well at 11": "of the pupils in the last year of primary school, those who understand a text "
    "they have not seen before",
    "sample.outcome.reads well at 14": "the same in the last year of lower-secondary school",
    "sample.outcome.often absent": "of all pupils, those who miss one school day in ten or more",
    "sample.outcome.excluded for a day or more": "of all pupils, those sent home for a day or more as a punishment",
    # --- films: a slider that tells a story (the numbers in braces come as text, already rounded)
    "film.score": "{title}: {steps} steps, from “{first}” to “{last}”; play it with sk.Film",
    "film.focal": "the group",
    "film.others": "everyone else",
    "film.empty": "land",
    "film.play": "Play",
    "film.pause": "Pause",
    "film.again": "Play again",
    "film.at_start": "at the start {value}",
    "film.y": "value of each index",
    "film.half": "0.5",
    "film.centre": "centre of the town",
    "film.town": "the group's share in the whole",
    "film.bars": "a {units}: the more pupils, the wider",
    "film.map": "a {units}: the more pupils, the larger",
    "film.uncounted": "not counted here",
    "film.line": "the line",
    "film.spread.x": "family income, thousand a year",
    "film.spread.y": "pupils",
    "film.spread.more": "{most}+",
    "film.picture.row": "{name}: {picture}",
    "film.picture.none": "none of its units is counted.",
    # what is read aloud in place of a picture
    "film.picture": "{n} units with {pupils} pupils, the group's share in the whole is {share}. In "
    "the units its share goes from {low} to {high}: {listed}.",
    "film.picture.many": "{n} units with {pupils} pupils, the group's share in the whole is {share}. "
    "In the units its share goes from {low} to {high}; {above} hold more than that of the whole, {below} "
    "less, {none} none at all.",
    "film.chart": "Lines over {x}. Here: {values}.",
    "film.value": "{name} {value}",
    # --- questions that answer back
    "quiz.check": "Check",
    "quiz.right": "Yes.",
    "quiz.wrong": "Not quite.",
    "quiz.number": "Your number",
    "quiz.empty": "Type a number first, such as 0.6.",
    "quiz.unreadable": "“{came}” is not a number this page can read. Write it with digits, such as 0.6 or "
    "0,6.",
    "quiz.near": "Your {came}; the answer is {truth}.",
    "quiz.far_low": "{came} is too low. Look again.",
    "quiz.far_high": "{came} is too high. Look again.",
    "quiz.show": "Show the answer",
    "quiz.shown": "The answer is {truth}.",
    "quiz.not_a_choice": "the answer is {answer!r}, but the choices are {choices}",
    "quiz.no_choices": "a question needs at least two choices, but came with {n}",
    "guess.slider": "Your guess",
    "guess.commit": "This is my guess",
    "guess.close": "You guessed {guess}; it is {truth}. Very close.",
    "guess.low": "You guessed {guess}; it is {truth}, which is {gap} more.",
    "guess.high": "You guessed {guess}; it is {truth}, which is {gap} less.",
    "guess.yours": "your guess",
    "guess.truth": "the answer",
    "guess.range": "a guess runs from low to high, but came from {low} to {high}",
    "guess.outside": "the answer, {truth}, lies outside the slider, {low} to {high}",
    # --- lessons: the stories films tell; .x stands under the chart, .units is one bar or block, in the singular
    "lesson.even_to_complete.title": "From even to complete",
    "lesson.even_to_complete.slider": "The same schools and the same pupils, more and more apart",
    "lesson.even_to_complete.x": "share of the way from even to complete",
    "lesson.even_to_complete.units": "school",
    "lesson.even_to_complete.label": "{share} of the way",
    "lesson.even_to_complete.first": "Every school mirrors the town, as nearly as whole pupils allow. D is "
    "{d}; isolation is {i}, the group's share in the town.",
    "lesson.even_to_complete.step": "Schools keep their size and the town its pupils. To make it even "
    "again, {swap} of the {X} in the group (orange) would have to swap places with others. D is {d}, isolation "
    "{i}.",
    "lesson.even_to_complete.last_pure": "Complete: no school is mixed. D is {d}, and in the school of its "
    "average member the group's share is {i}.",
    "lesson.even_to_complete.last": "As far apart as these schools allow: one is still mixed, because the "
    "group does not fill it. D is {d}; in the school of its average member the group's share is {i}.",
    "lesson.larger_group.title": "A larger group",
    "lesson.larger_group.slider": "The group grows in every school by the same factor",
    "lesson.larger_group.x": "size of the group (1 = as now)",
    "lesson.larger_group.units": "school",
    "lesson.larger_group.label": "{times} times as many as now",
    "lesson.larger_group.label.now": "as many as now",
    "lesson.larger_group.first": "The group (orange) makes up {share} of the town. D is {d}, isolation {i}.",
    "lesson.larger_group.step": "{times} times as many in every school: the group's share in the town is "
    "now {share}. D is still {d}; isolation has risen to {i}.",
    "lesson.larger_group.last": "{times} times as many, a share of {share}: D has not moved from {d}, "
    "isolation stands at {i}. Group size matters for exposure, not for evenness. Gorard's index, which "
    "compares with all pupils, fell to {gs}.",
    "lesson.small_schools.title": "A town filled by chance",
    "lesson.small_schools.slider": "The same town, drawn by lot into larger and larger schools",
    "lesson.small_schools.x": "pupils in each school",
    "lesson.small_schools.units": "school",
    "lesson.small_schools.label": "{n} schools of {size} pupils",
    "lesson.small_schools.expected": "D expected by chance",
    "lesson.small_schools.expected.short": "by chance",
    "lesson.small_schools.drawn": "D of this draw",
    "lesson.small_schools.drawn.short": "this draw",
    "lesson.small_schools.first": "Nobody chose anything: places were drawn by lot. Yet with {size} pupils "
    "to a school {without} of {n} schools have no pupil of the group (orange) at all, and D is {d}. "
    "Chance alone leads one to expect {e}.",
    "lesson.small_schools.step": "{n} schools of {size} pupils, filled by lot: chance leads one to expect D "
    "= {e}; this draw gave {d}.",
    "lesson.small_schools.last": "With {n} schools of {size} pupils chance has little room: expected {e}, "
    "drawn {d}. The same lot that looked like segregation in small schools looks like none here.",
    "lesson.cut_points.title": "Where one cuts",
    "lesson.cut_points.slider": "The line below which a pupil counts as poor",
    "lesson.cut_points.x": "of every 100 pupils in the town, how many count as poor",
    "lesson.cut_points.units": "school",
    "lesson.cut_points.label": "the poorest {cut} in 100",
    "lesson.cut_points.first": "Only the poorest {cut} in 100 pupils count as the group (orange): D is {d}, "
    "H {h}.",
    "lesson.cut_points.step": "Nobody changed school; only the line moved. With the poorest {cut} in 100 "
    "counted, D is {d}, Gorard's index {gs}, H {h}.",
    "lesson.cut_points.last": "With all but the richest counted (the poorest {cut} in 100), D is {d} and H "
    "{h}, while Gorard's index is down to {gs}. One town, one set of schools, and the answer depends on "
    "where the line was drawn.",
    "lesson.dimension.unknown": "there is no dimension {came!r}; the dimensions are {known}",
    "lesson.dimension.name.evenness": "Evenness: {index}",
    "lesson.dimension.name.exposure": "Exposure: {index}",
    "lesson.dimension.name.concentration": "Concentration: {index}",
    "lesson.dimension.name.clustering": "Clustering: {index}",
    "lesson.dimension.name.centralisation": "Centralisation: {index}",
    "lesson.dimension.evenness.title": "Evenness",
    "lesson.dimension.evenness.slider": "Are the two groups spread over the same blocks?",
    "lesson.dimension.evenness.x": "share of everyone else who has moved next door",
    "lesson.dimension.evenness.units": "block",
    "lesson.dimension.evenness.label": "{others} have moved next door",
    "lesson.dimension.evenness.first": "Every other block is lived in, half by the group (orange), half by "
    "everyone else (blue): both are spread alike, and D is {v}.",
    "lesson.dimension.evenness.step": "Among everyone else (blue) {others} have moved next door. The group (orange) has "
    "not stirred, so its land and its place on the map stay put; D is {v}, and exposure follows.",
    "lesson.dimension.evenness.last": "Everyone else has moved next door and no block is mixed: D is {v}. "
    "Exposure had to follow; land, neighbours' nearness and the distance to the centre hardly noticed.",
    "lesson.dimension.exposure.title": "Exposure",
    "lesson.dimension.exposure.slider": "How much of what the group meets is itself?",
    "lesson.dimension.exposure.x": "size of the group (1 = as at the start)",
    "lesson.dimension.exposure.units": "block",
    "lesson.dimension.exposure.label": "{times} times as many as at the start",
    "lesson.dimension.exposure.label.now": "as many as at the start",
    "lesson.dimension.exposure.first": "The group (orange) is small, {share} of the town, and meets mostly "
    "others: isolation is {v}.",
    "lesson.dimension.exposure.step": "Nobody moved; the group is {times} times as large on every block, "
    "{share} of the town. Isolation is {v}, and the other four do not notice.",
    "lesson.dimension.exposure.last": "Nobody moved; the group is now {share} of the town and meets mostly "
    "itself: isolation is {v}. Exposure depends on how large the group is; evenness does not.",
    "lesson.dimension.concentration.title": "Concentration",
    "lesson.dimension.concentration.slider": "How little land does the group live on?",
    "lesson.dimension.concentration.x": "share of all who have moved to the towers",
    "lesson.dimension.concentration.units": "block",
    "lesson.dimension.concentration.label": "{moved} of {all} have moved",
    "lesson.dimension.concentration.first": "All {tiles} blocks are lived in, by as many pupils each: "
    "delta, the share of the group that would have to move for it to live equally densely everywhere, is {v}.",
    "lesson.dimension.concentration.step": "{focal} of the group (orange) have moved to the nearest tower, and "
    "others with them, so that neighbours are as mixed as before: delta is {v}.",
    "lesson.dimension.concentration.last": "Everyone lives on {tiles} blocks: delta is {v}. The mix of "
    "neighbours is what it was, only the land is less.",
    "lesson.dimension.clustering.title": "Clustering",
    "lesson.dimension.clustering.slider": "Do the group's blocks lie next to one another?",
    "lesson.dimension.clustering.x": "share of the blocks that have changed places",
    "lesson.dimension.clustering.units": "block",
    "lesson.dimension.clustering.label": "blocks that changed places: {step}",
    "lesson.dimension.clustering.first": "The blocks where the group (orange) is many are scattered: spatial "
    "proximity is {v}; 1 means that people live no nearer to their own than to anyone.",
    "lesson.dimension.clustering.step": "Blocks that changed places, with all who live there: {step}. Every block "
    "is as mixed as before, so evenness and exposure cannot notice; spatial proximity is {v}.",
    "lesson.dimension.clustering.last": "The same blocks, now side by side: spatial proximity is {v}. A list "
    "of blocks without a map shows nothing of it.",
    "lesson.dimension.centralisation.title": "Centralisation",
    "lesson.dimension.centralisation.slider": "Does the group live near the middle?",
    "lesson.dimension.centralisation.x": "share of the way to the middle",
    "lesson.dimension.centralisation.units": "block",
    "lesson.dimension.centralisation.label": "blocks that changed places: {step}",
    "lesson.dimension.centralisation.first": "One quarter, at the edge: absolute centralisation is {v}; "
    "below 0 means away from the middle.",
    "lesson.dimension.centralisation.step": "The quarter is on its way to the middle: absolute "
    "centralisation is {v}. Its blocks are the same, so evenness, exposure and concentration stay exactly "
    "where they were.",
    "lesson.dimension.centralisation.last": "The same quarter in the middle: absolute centralisation is "
    "{v}. Nothing else has changed by much.",
    "lesson.same_d.none": "no town of this kind has D = {d}",
    "lesson.disagreement.title": "The same D, another town",
    "lesson.disagreement.slider": "From one town to another, with the same D at every step",
    "lesson.disagreement.x": "pupils exchanged between two schools on each side",
    "lesson.disagreement.units": "school",
    "lesson.disagreement.label": "pupils exchanged: {k}",
    "lesson.disagreement.first": "Two schools with many of the group (orange) and two with few, all of them mixed: D "
    "is {d}, H only {h}.",
    "lesson.disagreement.step": "Two schools on the same side exchange pupils. D adds up gaps and does not "
    "care whose they are: still {d}. H listens for schools that are no longer mixed: {h}.",
    "lesson.disagreement.last": "{pure} of {n} schools hold one group only. D is still {d}; H has risen to "
    "{h}. An index answers its own question, and these are two questions.",
    "lesson.merge.title": "The same pupils, other units",
    "lesson.merge.slider": "What counts as one unit",
    "lesson.merge.x": "what counts as one unit",
    "lesson.merge.units": "unit",
    "lesson.merge.classes": "classes",
    "lesson.merge.schools": "schools",
    "lesson.merge.districts": "districts",
    "lesson.merge.label": "{n} {units}",
    "lesson.merge.first": "Read as {n} {units}: D is {d}. What differs between classes of one school is "
    "part of it.",
    "lesson.merge.step": "The same pupils read as {n} {units}: D is {d} (it was {before}). What differs "
    "inside a school can no longer be seen.",
    "lesson.merge.last": "The same pupils read as {n} {units}: D is {d} (it was {before}). Nobody moved. An "
    "index sees differences between its units, never inside them.",
    "lesson.lots.title": "One lottery after another",
    "lesson.lots.slider": "The same children, dealt out by lot again",
    "lesson.lots.x": "lottery",
    "lesson.lots.y": "share with exactly {fair}",
    "lesson.lots.units": "class",
    "lesson.lots.focal": "on free meals",
    "lesson.lots.label": "lottery {k}",
    "lesson.lots.now": "in this lottery",
    "lesson.lots.now.short": "this one",
    "lesson.lots.so_far": "in all lotteries so far",
    "lesson.lots.so_far.short": "all so far",
    "lesson.lots.first": "The first lottery. Classes with exactly {fair} children on free meals: {n} of {classes}. The fullest holds "
    "{most}, the emptiest {least}.",
    "lesson.lots.step": "Lottery {k}. Classes with exactly {fair}: {n} of {classes}. The fullest holds {most}, the emptiest {least}. "
    "Over all lotteries so far the share is {mean}.",
    "lesson.lots.last": "After {k} lotteries {mean} of all classes held exactly {fair}. In this one it is {n} of {classes}; the "
    "fullest holds {most}, the emptiest {least}.",
    # --- lessons of Unit 2.1: space, object, who leaves, what nobody meant. On a picture of several rows of bars,
    # .tick stands under the chart (a line break keeps it narrow), .says is the sentence for that place
    "lesson.scale.title": "The same children, another scale",
    "lesson.scale.slider": "Which schools are counted?",
    "lesson.scale.x": "the schools that are counted",
    "lesson.scale.units": "school",
    "lesson.scale.label": "{where}: {n} schools",
    "lesson.scale.mill": "Mill",
    "lesson.scale.hill": "Hill",
    "lesson.scale.port": "Port",
    "lesson.scale.public": "public schools",
    "lesson.scale.private": "private schools",
    "lesson.scale.mill.all": "the town of Mill",
    "lesson.scale.hill.all": "the town of Hill",
    "lesson.scale.port.all": "the town of Port",
    "lesson.scale.port.public": "Port, public only",
    "lesson.scale.port.private": "Port, private only",
    "lesson.scale.region.all": "the whole region",
    "lesson.scale.region.public": "the region, public only",
    "lesson.scale.region.private": "the region, private only",
    "lesson.scale.mill.all.tick": "Mill\nall",
    "lesson.scale.hill.all.tick": "Hill\nall",
    "lesson.scale.port.all.tick": "Port\nall",
    "lesson.scale.port.public.tick": "Port\npublic",
    "lesson.scale.port.private.tick": "Port\nprivate",
    "lesson.scale.region.all.tick": "region\nall",
    "lesson.scale.region.public.tick": "region\npublic",
    "lesson.scale.region.private.tick": "region\nprivate",
    "lesson.scale.mill.all.says": "The mayor of Mill looks at Mill: D is {d}. Every school has about the same mix. "
    "No segregation here?",
    "lesson.scale.hill.all.says": "The mayor of Hill sees as little: D is {d}. Look at the bars, though: no school of Hill "
    "resembles one of Mill.",
    "lesson.scale.port.all.says": "In Port D is {d}: the private schools above hold hardly anyone of the group "
    "(orange), the public ones below hold many.",
    "lesson.scale.port.public.says": "Leave Port’s private schools out, and the rest is even: D is {d}. What lay "
    "between the sectors cannot be seen inside one of them.",
    "lesson.scale.port.private.says": "Only Port’s private schools: D is {d}. They are much alike: in each, "
    "about {share} of the pupils belong to the group.",
    "lesson.scale.region.all.says": "All {n} schools: D is {d}, far more than in Mill or Hill alone, and less than in "
    "Port alone.",
    "lesson.scale.region.public.says": "Only the public schools of the region: D falls to {d}, though the towns still "
    "differ.",
    "lesson.scale.region.private.says": "Only the private ones: D rises to {d}. Fewer schools gave a smaller number in "
    "one place and a larger one in another. The same children, and D anywhere from {low} to {high}: say which schools.",
    "lesson.status.title": "Who is the group?",
    "lesson.status.slider": "Draw the line below which a family counts as poor",
    "lesson.status.x": "of every 100 pupils, how many are below the line",
    "lesson.status.units": "school",
    "lesson.status.label": "{cut} of 100 are below the line",
    "lesson.status.below": "below the line",
    "lesson.status.above": "above the line",
    "lesson.status.schools": "the schools, from poorer to richer",
    "lesson.status.first": "Below {line} thousand a year: the poorest {cut} in 100. D is {d}, isolation {i}. Nothing in "
    "the data says that the line belongs here.",
    "lesson.status.step": "The line stands at {line} thousand a year, {cut} of 100 pupils are below it: D is {d}, "
    "isolation {i}.",
    "lesson.status.at_30": "The poorest 30 in 100: D is {d}, isolation {i}. Poor pupils share a few schools.",
    "lesson.status.at_50": "The poorer half against the richer half: D is {d}, less than at 30. Around the middle most "
    "schools are mixed.",
    "lesson.status.at_80": "Everyone but the richest 20 in 100: D is back up at {d}. Now it is the rich who share a few "
    "schools, and isolation is {i} because nearly everyone is in the group.",
    "lesson.status.last": "{cut} of 100 below the line: D is {d}. One town, the same children: {d30} at 30, {d50} at "
    "50, {d80} at 80. Isolation climbs nearly all the way, because the group grows.",
    "lesson.opting_out.title": "Some leave, and everyone is apart",
    "lesson.opting_out.slider": "Better-off families leave the local schools for two others",
    "lesson.opting_out.x": "of every 100 better-off families in local schools, how many have left",
    "lesson.opting_out.y": "value of each line",
    "lesson.opting_out.units": "school",
    "lesson.opting_out.label": "{p} of 100 have left",
    "lesson.opting_out.stay": "poorer families",
    "lesson.opting_out.leave": "better-off families",
    "lesson.opting_out.local_schools": "local schools",
    "lesson.opting_out.chosen_schools": "two others",
    "lesson.opting_out.isolation": "Isolation of the poorer",
    "lesson.opting_out.local": "Share of the poorer in local schools",
    "lesson.opting_out.local.short": "local",
    "lesson.opting_out.first": "Ten schools, each a little different: D is {d}. In the local schools {share} of the pupils "
    "are from poorer families (orange). None of them will move.",
    "lesson.opting_out.step": "{p} of every 100 better-off families (blue) have left. The poorer stayed where they were, "
    "and their share in the local schools is now {share}: over half in {many} of {n}. D is {d}.",
    "lesson.opting_out.last": "D is {d}. The poorer families did nothing, yet their share in the local schools went from "
    "{was} to {share}, over half in {many} of {n}, and their isolation from {first} to {i}. Those who leave "
    "segregate themselves, and everyone who stays.",
    "lesson.avenue.focal": "one group",
    "lesson.avenue.others": "the other",
    "lesson.avenue.homes": "the homes along an avenue",
    "lesson.avenue.schools": "the school of each catchment",
    "lesson.mirror.title": "A mirror",
    "lesson.mirror.slider": "The two groups live more and more apart; every child goes to its catchment’s school",
    "lesson.mirror.x": "how far apart the two groups live (0 = mixed everywhere)",
    "lesson.mirror.units": "block or a school",
    "lesson.mirror.label": "{way} of the way",
    "lesson.mirror.homes": "D of the homes, block by block",
    "lesson.mirror.homes.short": "homes",
    "lesson.mirror.schools": "D of the schools",
    "lesson.mirror.schools.short": "schools",
    "lesson.mirror.isolation": "Isolation in the schools",
    "lesson.mirror.first": "Above, blocks of homes; below, as in a mirror, the school of each {each} blocks. Nobody may choose a "
    "school. Every block is mixed half and half, and so is every school: D is {d}.",
    "lesson.mirror.step": "The schools below show what the homes above are. D of the homes is {blocks} block by block; "
    "counted by catchment it is {d}, exactly that of the schools.",
    "lesson.mirror.last": "No school did anything, and D of the schools is {d}. Without choice, schools mirror housing; only "
    "what lies inside a catchment is mixed, which is why the homes, block by block, stand a little higher: {blocks}.",
    "lesson.choice.title": "Mild wishes, added up",
    "lesson.choice.slider": "More and more families may choose a school",
    "lesson.choice.x": "of every 100 families, how many may choose",
    "lesson.choice.units": "catchment or a school",
    "lesson.choice.label": "{p} of 100 may choose",
    "lesson.choice.homes": "D of the homes, by catchment",
    "lesson.choice.schools": "D of the schools",
    "lesson.choice.isolation": "Isolation in the schools",
    "lesson.choice.unsettled": "the families of this town never stop moving when {may} of them may choose",
    "lesson.choice.first": "Homes above, their schools below, and nobody may choose yet: both have a D of {d}. Every family would be "
    "content in a school where only {wish} in 10 children are like its own.",
    "lesson.choice.step": "{p} of 100 families may choose. One that finds fewer than {wish} in 10 like itself goes to the nearest "
    "school where it finds them. The homes stay at {homes}; D of the schools is {d}.",
    "lesson.choice.last": "Nobody asked for more than {wish} in 10, and {pure} of {n} schools have one group only. The homes are "
    "where they were, D {homes}; the schools stand at {d}. Each move left a school less mixed, and gave somebody else a reason.",
    "lesson.choice.calm": "Everyone may choose, and asks for no more than {wish} in 10. Nearly every school grants it, so hardly "
    "anybody moves: D of the schools is {d}, D of the homes {homes}.",
    "lesson.how_mild.title": "How mild is mild?",
    "lesson.how_mild.slider": "Every family may choose, and the wish grows",
    "lesson.how_mild.x": "of every 100 children at school, how many should be like one’s own",
    "lesson.how_mild.units": "catchment or a school",
    "lesson.how_mild.label": "at least {p} in 100",
    "lesson.how_mild.first": "Everyone may choose, and is content where {p} in 100 are like its own. Every school grants "
    "that, nobody moves, and D of the schools is D of the homes, {d}.",
    "lesson.how_mild.step": "Each family wishes for {p} in 100 and goes where it finds them. D of the homes is {homes}, D of the "
    "schools {d}.",
    "lesson.how_mild.last": "{p} in 100: {pure} of {n} schools have one group only. Look back along the line: for a long "
    "way the wish grew and D stood still. A town can stand near an edge, and the number does not show it.",
    # --- the calculator: a table of schools to type in
    "calculator.title": "Calculator: a table of schools and what it adds up to",
    "calculator.placeholder": "The table appears as soon as the notebook has run.",
    "calculator.slow": "Still working on the last change …",
    "calculator.presets": "Fill these schools",  # before the buttons named below
    "calculator.preset.start": "As at the start",
    "calculator.preset.start.hint": "Back to the table this calculator opened with. You can undo it.",
    "calculator.preset.even": "Evenly",
    "calculator.preset.even.hint": "Every school a small copy of the town; school sizes and group totals "
    "stay.",
    "calculator.preset.complete": "Completely apart",
    "calculator.preset.complete.hint": "No school mixed, as far as the school sizes allow; school sizes and "
    "group totals stay.",
    "calculator.preset.chance": "By chance",
    "calculator.preset.chance.hint": "Every pupil drawn from one hat into these schools; each press is a new "
    "draw.",
    "calculator.preset.real": "A real-looking town",
    "calculator.preset.real.hint": "An invented town with eight schools.",
    "calculator.double": "Twice the group",
    "calculator.double_hint": "Twice as many pupils of the focal group in every school, everyone else as before.",
    "calculator.doubled": "“{group}” is now twice as large in every school.",
    "calculator.steps": "Undo and redo",
    "calculator.undo": "Undo",
    "calculator.redo": "Redo",
    "calculator.undone": "Undone.",
    "calculator.redone": "Done again.",
    "calculator.school": "School",
    "calculator.all": "All pupils",
    "calculator.focal": "focal",  # the group that is compared with everyone else
    "calculator.remove": "Remove",
    "calculator.town": "All schools",
    "calculator.share": "Focal share",
    "calculator.add_school": "Add a school",
    "calculator.add_group": "Add a group",
    "calculator.new_school": "School {n}",
    "calculator.new_group": "Group {n}",
    "calculator.added": "Added “{name}”, with nobody in it yet.",
    "calculator.removed": "Removed “{name}”. Undo brings it back.",
    "calculator.faults": "What could not be counted",
    "calculator.keys": "Enter and the arrow keys move between cells, Escape takes back what you typed in a "
    "cell, Ctrl+Z undoes. You can paste a block of cells from a spreadsheet.",
    "calculator.group_label": "Name of group {n}",
    "calculator.school_label": "Name of school {n}",
    "calculator.focal_label": "{group} is the focal group",
    "calculator.cell_label": "{school}: pupils of the group {group}",
    "calculator.remove_label": "Remove {name}",
    "calculator.school_unnamed": "This school has no name: give it one.",
    "calculator.school_twice": "Two schools are called “{name}”: give each its own name.",
    "calculator.group_unnamed": "This group has no name: give it one.",
    "calculator.group_twice": "Two groups are called “{name}”: give each its own name.",
    "calculator.correct_first": "First correct the entries marked below, then fill the schools.",
    "calculator.too_many_schools": "This table can be edited up to {most} schools.",
    "calculator.too_many_groups": "This table has room for {most} groups.",
    "calculator.filled.even": "Filled evenly, as nearly as whole pupils allow.",
    "calculator.filled.complete": "Filled completely apart, as far as these school sizes allow.",
    "calculator.filled.chance": "Filled by chance: draw number {seed}. Press again for another draw.",
    "calculator.filled.real": "A real-looking town.",
    "calculator.pasted": "Pasted {rows} rows and {columns} columns of numbers.",
    "calculator.paste_left_out": "{n} more columns were left out: there is room for {most} groups.",
    "calculator.paste_one_group": "The block has a heading for one group only; a table needs at least two. "
    "Nothing was changed.",
    "calculator.paste_unequal": "The lines you pasted are separated by commas or semicolons, but not all of "
    "them have the same number of cells (a number such as 1,204 counts as two). Nothing was changed: copy "
    "the cells from a spreadsheet, or open the file below.",
    "calculator.paste_beside": "Schools that were in the table before and are still in it: {n}.",
    "calculator.pasted_table": "What you pasted is now the table: {schools} schools, {groups} groups.",
    "calculator.pasted_as_it_came": "What you pasted is now in the table as it came; what cannot be counted "
    "is marked.",
    "calculator.block": "what you pasted",
    "calculator.left_out": "left out: {columns}",
    "calculator.read_otherwise": "Not every column is a group of pupils ({took}). Correct the marked entries "
    "where you copied them and paste again, remove the columns that are not a group, or give a column another "
    "name if it is one.",
    "calculator.paste_mend": "Remove the columns that are not a group of pupils, or give a column another name "
    "if it is one; or save what you copied as a file and open it below: then you can say what each column holds.",
    "calculator.drop_here": "Drop the file on the calculator, for example on “Open your own file”; beside "
    "it nothing was opened.",
    "calculator.roles.twice": "Two columns were chosen as “{role}”: {columns}. Only one can be.",
    "calculator.roles.none": "Every column was left out. Say which columns count pupils, and which one names "
    "the schools.",
    "calculator.roles.group_alone": "“{group}” was chosen for {columns}, and no column for “{count}”. Say "
    "which column counts the pupils of each row.",
    "calculator.roles.no_count": "No column was chosen as “{count}”. Say which columns count pupils.",
    "calculator.roles.group_and_total": "“{group}” and “{total}” do not go together: either each row is one "
    "group, or a column counts everyone.",
    "calculator.caption.real": "A real-looking town",
    "calculator.caption.even": "The same schools, filled evenly",
    "calculator.caption.complete": "The same schools, completely apart",
    "calculator.caption.chance": "The same schools, filled by chance (draw {seed})",
    "calculator.caption.file": "Your file",
    "calculator.caption.yours": "Your table",
    "calculator.glimpse": "(the first {shown} of {all} schools)",
    # names of eight invented schools, separated by commas
    "calculator.town.schools": "Harbour, Castle Hill, Station Road, Riverside, St Anne, Market Square, Old "
    "Mill, New Estate",
    "calculator.town.focal": "Free meals",
    "calculator.town.others": "Other pupils",
    "calculator.stale": "These numbers are those of the last table without a mistake. They follow again once "
    "every marked entry is corrected.",
    "calculator.live": "{name}: {value}.",  # read out by a screen reader after an edit
    "calculator.live_faults": "Entries to correct: {n}.",
    "calculator.no_value": "–",
    "calculator.no_expected": "not known exactly",
    "calculator.about_expected": "≈ {value}",
    "calculator.shuffled": "≈: the average of {times} towns in which the same pupils were placed at random in the "
    "same schools.",
    "calculator.by_chance": "by chance alone: {value}",
    "calculator.over_schools": "schools",  # under the sign of a sum
    "calculator.letter.x": "x, X: {focal} in the school, in all schools",
    "calculator.letter.y": "y, Y: everyone else",
    "calculator.letter.t": "t, N: all pupils of the school, of all schools",
    "calculator.worked": "{name}, school by school",
    "calculator.terms_label": "{name}: the term of each school",
    "calculator.more_terms": "The largest terms are shown; {n} smaller ones are in the sum too.",
    "calculator.about": "about {n}",
    "calculator.means": "{name}: {means}.",
    "calculator.means.dissimilarity": "Of the {X} pupils of “{focal}”, {n} ({share}) would have to change "
    "school for every school to mirror the town, if nobody took the places they leave.",
    "calculator.means.gorard": "With every school keeping its size, {n} of the {X} pupils of “{focal}” "
    "({share}) would have to swap places with other pupils for every school to have its fair share.",
    "calculator.means.isolation": "In the school of the average pupil of “{focal}”, {share} of the pupils "
    "are of the same group. In the whole town it is {town}.",
    "calculator.means.interaction": "In the school of the average pupil of “{focal}”, {share} of the pupils "
    "are of other groups. In the whole town it is {town}.",
    "calculator.others_title": "All the other indices of this table",
    "calculator.numbers_index": "Index",
    "calculator.numbers_value": "Value",
    "calculator.numbers_expected": "Expected by chance",
    "calculator.numbers_reason": "Why it cannot be assessed",
    "calculator.curve.title": "Segregation curve",
    "calculator.curve.text": "Schools are lined up from the smallest share of “{focal}” to the largest. The "
    "greatest gap between the curve and the dotted diagonal (no segregation) is D = {gap}.",
    "calculator.curve.desc": "A curve below the diagonal. Its greatest gap is D = {gap}: there the schools "
    "so far hold {across} of everyone else and {up} of “{focal}”. {n} schools.",
    "calculator.curve.x": "everyone else, counted up (%)",
    "calculator.curve.y": "{focal}, counted up (%)",
    "calculator.curve.gap": "D = {gap}",
    "calculator.school_text": "{school}: {share} {focal} of {size} pupils",
    "calculator.composition.title": "Each school's share of “{focal}”",
    "calculator.composition.text": "Each bar is a school, as wide as it is large. Filled: “{focal}”; "
    "striped: everyone else; dashed line: all schools together.",
    "calculator.composition.desc": "{n} schools. From {lowest} with {low} “{focal}” to {highest} with "
    "{high}; all schools together {town}.",
    "calculator.composition.nobody": "No school has any pupils.",
    "calculator.composition.x": "schools (width: pupils)",
    "calculator.composition.y": "{focal} (% of the school)",
    "calculator.composition.town": "all schools {town}",
    "calculator.own_file": "Open your own file",
    "calculator.own_file_hint": "CSV or Excel, or drop it here. It stays in this notebook's memory: nothing "
    "is saved.",
    "calculator.opened": "Opened {name}: {schools} schools, {groups} groups.",
    "calculator.too_long_to_edit": "Up to {most} schools can be edited here; the numbers are those of the "
    "whole file. In a terminal, segkit measure has no such limit.",
    "calculator.too_large": "{name} has {size} MB; this page takes files up to {most} MB. In a terminal, "
    "segkit measure has no such limit.",
    "calculator.file_trouble": "This file could not be read as a table of schools; the table is unchanged. Correct "
    "the file, or say under “Which columns?” what its columns hold.",
    "calculator.file_closed": "This file could not be opened; the table is unchanged.",
    "calculator.only": "The rows of this file are told apart by “{column}” ({values}). Only those with “{value}” are "
    "shown; choose another value under “Which columns?”.",
    "calculator.only_year": "This file holds {n} years ({values}). Only {value} is shown; choose another year under "
    "“Which columns?”.",
    "calculator.columns": "Which columns?",
    "calculator.read_again": "Read the file this way",
    "calculator.role_label": "What the column {column} holds",
    "calculator.where_label": "Only the rows where {column} is",
    "calculator.role.out": "leave out",
    "calculator.role.unit": "school",
    "calculator.role.count": "pupils of a group",
    "calculator.role.group": "name of the group",
    "calculator.role.total": "all pupils",
    "calculator.role.where": "only the rows where it is …",
    "calculator.downloads": "Take it with you",
    "calculator.downloads_hint": "Files are made in this page; nothing leaves this computer and this "
    "notebook.",
    "calculator.save_table": "The table (CSV)",
    "calculator.save_numbers": "The numbers (CSV)",
    "calculator.save_svg": "Save as SVG",
    "calculator.save_png": "Save as PNG",
    "calculator.file_stem": "segregation",
    "calculator.no_preset": "there is no preset {came!r}; there are {known}",
    "calculator.no_index": "there is no index {came!r}; the shelf holds {known}",
    # --- a territory: what it is called, and what its columns mean
    "territory.one": "{name}: {schools} schools, {zones} zones, {first} to {last}; groupings: {groupings}",
    "territory.invented": "{name}, an invented town: {schools} schools, {zones} zones, {first} to {last}; groupings: {groupings}",
    "territory.hidden": "{n} of {of} counts are hidden, so there is no single number; ask for the interval it lies in",
    "territory.unknown.year": "there is no year {came}; there are: {there}",
    "territory.unknown.grouping": "there is no grouping '{came}'; there are: {there}",
    "territory.column.school": "the school's code",
    "territory.column.schools.name": "the school's name",
    "territory.column.zones.name": "the neighbourhood's name",
    "territory.column.sector": "who runs it and who pays",
    "territory.column.schools.level": "the level it teaches",
    "territory.column.level": "the level of schooling these pupils are in",
    "territory.column.zone": "the code of the neighbourhood",
    "territory.column.schools.zone": "the code of the neighbourhood it stands in",
    "territory.column.lat": "degrees north",
    "territory.column.lon": "degrees east",
    "territory.column.capacity": "how many pupils its building can hold",
    "territory.column.geometry": "its outline, in degrees (WGS84)",
    "territory.column.year": "the autumn in which the school year begins",
    "territory.column.grouping": "by what pupils are told apart, such as origin or free meals; 'all' where everyone is counted together",
    "territory.column.group": "the group within that grouping; 'all' where everyone is counted together",
    "territory.column.n": "how many pupils; empty where the number is hidden or missing",
    "territory.column.indicators.n": "how many of them have the outcome",
    "territory.column.out_of": "out of how many",
    "territory.column.indicator": "the outcome that is counted",
    "territory.column.n_status": "ok: the number is as it was counted; suppressed: it is hidden; not_available: nobody has it; not_applicable: there can be none; rounded: it is not exact",
    "territory.table.schools": "One row is a school.",
    "territory.table.zones": "One row is a neighbourhood, with its outline.",
    "territory.table.enrolment": "One row is the pupils of one group in one school in one year.",
    "territory.table.residents": "One row is the children of one group who live in one neighbourhood in one year.",
    "territory.table.flows": "One row is the pupils of one group who live in one neighbourhood and go to one school.",
    "territory.table.indicators": "One row is an outcome of one group in one school: how many out of how many.",
    "privacy.raw": "only a protected view may leave: call protect(territory) first, and pass on what it gives you",
    # --- what an index can be when counts are hidden
    "bounds.no_interval": "{name} is not stated while counts are hidden: its smallest and largest value cannot be worked out exactly",
    "bounds.no_rolls": "the number of all pupils is hidden in {n} of {of} schools or zones, so nothing can be said",
    "bounds.no_total": "the focal group's total is hidden, and there are too many possibilities to try them all",
    "bounds.impossible": "no table fits what is shown: the counts and the totals contradict each other",
    # --- packages: a territory's files. {where} is "schools.csv, line 7"; {came} is the text of a cell
    "package.at.line": "{file}, line {at}",
    "package.at.shape": "{file}, shape {at}",
    "package.sheet": "{file}, sheet '{sheet}'",
    "package.nothing": "{file}: no table of a territory is in it. Expected were files, or sheets, named {tables}",
    "package.no_object": "it holds no description of a package",
    "package.separator.;": "a semicolon",
    "package.separator.tab": "a tab",
    "package.separator.|": "a bar",
    "package.took.empty": "{file} holds no rows; it was read as if it were not there",
    "package.took.bom": "{file}: a byte order mark stands at its beginning, as Excel writes it; it was left out",
    "package.took.separator": "{file}: {separator} separates the cells",
    "package.took.name": "{file} was read as the table '{table}'",
    "package.took.sheet": "sheet '{sheet}' was read as the table '{table}'",
    "package.took.title": "{file}: line {at} is a title: '{text}'",
    "package.took.aside": "left alone, because no table of a territory has such a name: {files}",
    "package.took.sheets_aside": "sheets left alone, because no table of a territory has such a name: {files}",
    "package.took.near": "'{file}' was left alone; if it is the table '{table}', give it that name",
    "package.took.outlines": "the outlines of the zones come from {file}, which lies beside the workbook",
    "package.took.hidden_sheet": "{file} is hidden in the workbook; it was read too",
    "package.took.hidden": "{file}: rows that are hidden were read too: {n} (lines {lines})",
    # faults of files; each begins with where it is
    "package.fault.zip.broken": "{where}: this zip is damaged ({why}). Make it again from the files",
    "package.fault.zip.big": "{where}: unpacked it would be more than {most} MB, or more than {files} files; a territory is far smaller. Send only the tables",
    "package.fault.zip.path": "{where}: refused, because '{came}' would be written outside of its own folder. A zip with plain file names was expected",
    "package.fault.zip.link": "{where}: refused, because '{came}' is a link to somewhere else. Put the file itself into the zip",
    "package.fault.zip.locked": "{where}: '{came}' is locked with a password. Send the files without one",
    "package.fault.zip.twice": "{where}: '{came}' is in it twice, and nobody can tell which one counts. Keep one of them",
    "package.fault.workbooks": "{where}: several workbooks are in it: {files}. Keep the one that holds the territory",
    "package.fault.link": "{where}: this is a link to somewhere else. Put the file itself into the folder",
    "package.fault.table.twice": "{where}: the table '{table}' was found in {other} already. Keep one of the two",
    "package.fault.json": "{where}: this is not readable as JSON ({why}). Save it again from the program that made it, or leave it out",
    "package.fault.json.path": "{where}: the path of '{came}' was expected to be one file name",
    "package.fault.json.url": "{where}: '{came}' is an address on a network; nothing is fetched from there. Put the file itself into the package",
    "package.fault.json.outside": "{where}: '{came}' lies outside of the package. Put the file itself into it, and write its name only",
    "package.fault.json.missing": "{where}: the file '{came}' of the table '{table}' is not in the package",
    "package.fault.geojson": "{where}: this is JSON, but no GeoJSON map with shapes in it (a 'FeatureCollection' with 'features')",
    "package.fault.crs": "{where}: its coordinates are said to be in '{came}'; degrees of longitude and latitude (WGS84, EPSG:4326) were expected. Export the map in WGS84",
    "package.fault.cp1252": "{where}: its letters are Windows-1252, not UTF-8, and were read so. Look at a name with an accent; if it is wrong, save the file as 'CSV UTF-8'",
    "package.fault.empty": "{where}: there are names of columns at most, and no row below them",
    "package.fault.template.untouched": "{where}: this workbook is as the template made it: nothing was typed into {tables} yet. Fill in the rows below the grey examples, first of 'schools', then of 'enrolment', and bring it back",
    "package.fault.header.two_lines": "{where}: the names of the columns were expected in one line, but line {below} has names or words as well. Keep one line of names and the rows right below it",
    "package.fault.header.again": "{where}: the names of the columns come again in the midst of the rows. Delete this line",
    "package.fault.header.missing": "{where}: no names of columns were found",
    "package.fault.column.twice": "{where}: two columns are called '{column}' ({letters}). Keep one, or give the other a name that begins with x_",
    "package.fault.column.unnamed": "{where}: column {column} has no name, but holds '{came}'. Name it, or empty it",
    "package.fault.row.short": "{where}: {n} cells came ('{came}' …), and {expected} were expected. Is a separator missing?",
    "package.fault.row.long": "{where}: {n} cells came ('{came}' …), and {expected} were expected; the row was not read. Is there a comma in a name or in a number? Put such a cell in quotes, and write numbers without separators",
    "package.fault.merged": "{where}: the cells {came} are merged. Take the merging apart and write the value into each row or column",
    "package.fault.blank.end": "{where}: {n} blank rows stand after the last one. They were left out; delete them to be sure that nothing is missing",
    "package.fault.blank.inside": "{where}: blank rows stand between the others (lines {lines}). They were left out; is something missing there?",
    "package.fault.outline": "{where}: a shape of zone '{came}', which is not in {zones}",
    # the Excel template, and the workbooks segkit writes
    "template.example": "e.g. {value}",
    "template.first": "read me",
    "template.a_territory": "a territory",
    "template.suffix": "{file}: a workbook is written here; give it a name that ends in .xlsx",
    "template.empty.title": "The schools of your territory, to be filled in",
    "template.empty.1": "Each sheet is a table. The first line holds the names of its columns: leave them as they are. Point at a name to read what it means.",
    "template.empty.2": "The second line of each sheet is an example, in grey. It is ignored when the workbook is read: leave it or delete it. Begin on the line below.",
    "template.empty.3": "Begin with the sheet 'territory': one line about the town, and a line for each way of telling pupils apart (each grouping) with its groups. Where only the number of pupils of each school is known, write 'all' as grouping and 'all' as group.",
    "template.empty.4": "Then 'schools', a line each, and 'enrolment', a line for each group in each school in each year. Many cells offer a list to choose from.",
    "template.empty.5": "Only counts belong here. No names of pupils, no dates of birth, no addresses, no numbers of identity cards.",
    "template.empty.6": "Where a number is hidden or missing, leave n empty and say why in n_status. Never write 0 for a number you do not have.",
    "template.empty.7": "The outlines of the zones are best exported by a map program as zones.geojson, in WGS84; put that file beside this workbook, or both into one zip. The sheet 'zones' then needs the codes and names only.",
    "template.empty.8": "Columns of your own are kept; give them names that begin with x_. Columns of your own in 'schools' may be called anything: they are what each school has.",
    "template.empty.9": "No totals, no blank lines, no merged cells: a sum line would be counted as a school.",
    "template.full.title": "{name}: its schools, one table to a sheet",
    "template.full.1": "The first line of each sheet holds the names of the columns; point at a name to read what it means.",
    "template.full.2": "Where n is empty, n_status says why. An empty n is not 0.",
    "template.full.3": "The sheet 'territory' says which groupings there are, and which group of each is measured against everyone else.",
    "template.sheet": "{table}: {said} {need}",
    "template.needed": "This sheet is needed.",
    "template.welcome": "This sheet may stay empty.",
    "template.must": "Fill it in on every line.",
    "template.may": "It may be empty.",
    "template.note": "{said}. {need}",
    "template.example.note": "Example: {example}",
    "template.note.outline": "Leave it empty if zones.geojson lies beside the workbook; otherwise the outline as GeoJSON text.",
    "template.note.more": "The outline goes on here, because it is too long for one cell.",
    "template.note.name": "The name of the town or territory.",
    "template.note.country": "The country it lies in.",
    "template.note.language": "The language of the names, as two letters. Example: en",
    "template.note.invented": "true if no such town exists; false if these are real children.",
    "template.note.mode": "private: for your own screen; shared: for people you name; public: for everyone.",
    "template.note.k": "No group of fewer children than this may be shown. Example: 5",
    "template.note.grouping": "A way of telling pupils apart, such as origin or free meals. A line for each.",
    "template.note.focal_group": "The group that is measured against everyone else.",
    "template.note.group": "A group of this grouping, spelt as in the other sheets.",
    "template.note.story": "What is told about the territory.",
    "template.note.recipe": "The line of code that makes this invented territory again.",
    "template.error": "Not expected here",
    "template.error.choose": "Please choose one of the values in the list.",
    "template.error.whole": "A whole number was expected, 0 or more, without separators. If it is hidden or missing, leave the cell empty.",
    "template.error.year": "A year of four digits was expected, such as 2024.",
    "template.error.number": "Degrees were expected, as a number such as 35.108.",
    "template.error.refers.schools": "This code is not in the sheet 'schools' yet. Is it spelt right?",
    "template.error.refers.zones": "This code is not in the sheet 'zones' yet. Is it spelt right?",
    # the example in the sheet 'territory', as JSON; the names on the left stay as they are
    "template.example.territory": '{"name": "Marenza", "country": "Nowhere", "language": "en", "invented": "false", "mode": "private", "k": "5", "grouping": "origin", "focal group": "far", "group 1": "local", "group 2": "near", "group 3": "far"}',
    # the README.md in each package
    "package.readme.title": "A territory",
    "package.readme.invented": "This territory is invented: no such town exists, and nobody in it does.",
    "package.readme.hidden": "Where `n` is empty, `n_status` says why: an empty `n` is never 0. A group without a row, in a school that has rows of that grouping, has no pupils.",
    "package.readme.armed": "In the CSV files an apostrophe stands before text that a spreadsheet would run as a formula; segkit takes it away again when it reads them.",
    "package.readme.own": "Columns whose names begin with `x_` are the owner's own and are kept as they are. Further columns of `schools.csv` are what each school has.",
    "package.readme.sectors": "The sectors:",
    "package.readme.column": "column",
    "package.readme.type": "type",
    "package.readme.meaning": "meaning",
    "package.readme.example": "example",
    "package.readme.refers": "it is in {table}",
    "package.sector.public": "run and paid for by the state or the town",
    "package.sector.church": "run by a church",
    "package.sector.subsidised": "run privately, paid for mostly by the public",
    "package.sector.private": "run privately, paid for mostly by parents",
    "package.sector.other": "anything else",
    # writing
    "package.unknown": "no table of a territory is called {tables}; there are: {there}",
    "package.overwrite": "{folder}: other files are there already: {files}. Choose another place, or say that they may be replaced",
    "package.unwritable": "{folder} cannot be written: {reason}",
    "package.is_folder": "'{file}' is a folder",
    "package.long": "{table}: in column '{column}' a text is longer than a cell of a workbook can be: '{came}'. Write a folder or a zip instead",
    # --- end of packages
    # --- the command line: territories
    "cli.path": "a territory: a folder, a zip, an Excel workbook, or the name of an invented town",
    "cli.progress": "{share:.0%} {text} (Ctrl+C stops)",
    "cli.format": "text to read, json for a program",
    "cli.exists": "{path} exists already, and nothing was changed. Choose another name, or add --replace.",
    "cli.check": "everything that is wrong with a territory's files, at once",
    "cli.check.about": "Reads a territory and names every fault with file, line, column, what came and what was expected. It repairs nothing. The exit code is 2 where something must be mended.",
    "cli.template": "an Excel workbook to fill in with your own territory",
    "cli.template.about": "Writes an Excel workbook with a sheet for each table, notes and drop-down lists.",
    "cli.template.file": "where to write it; ends in .xlsx",
    "cli.template.ending": "FILE.xlsx: '{came}' came, a name that ends in .xlsx was expected.",
    "cli.template.done": "{path} is ready to be filled in. When it is, segkit check {path} says what is missing.",
    "cli.protect": "a copy of a territory in which no child can be found",
    "cli.protect.about": "Hides small counts, and as many others as it takes so that nothing can be worked out from what is left. Only such a copy should leave your machine.",
    "cli.protect.output": "where to write it: a folder, a .zip or an .xlsx",
    "cli.protect.done": "Written to {path}.",
    "cli.k": "counts below K are hidden (otherwise what the territory asks for, or 5; 10 for outcomes)",
    "cli.preset": "the smallest count a data office lets one print: a usual choice by country: IT-3, UK-5 or US-10",
    "cli.special": "a grouping about which more care is due (health, religion, origin): counts below 10 are hidden; may be repeated",
    "cli.shared": "for this named person or office only, with exact counts; may be repeated; wants a --reason",
    "cli.reason": "why exact counts are shared, or why K is lowered; it is kept with the result",
    "cli.assess": "how a territory stands in five dimensions",
    "cli.assess.about": "Population, supply, segregation, mobility and results: each with its numbers, what chance alone would give, and what is missing. Small counts are hidden first, unless the town is invented.",
    "cli.report": "the same as one page of HTML for a council",
    "cli.report.about": "One file that opens in any browser and prints well. Small counts are hidden first, unless the town is invented.",
    "cli.report.output": "where to write it; ends in .html",
    "cli.report.ending": "-o: '{came}' came, a name that ends in .html was expected.",
    "cli.report.problem": "the problem of practice, in your own words, to be printed in the report",
    "cli.report.done": "Written to {path}.",
    "cli.year": "the year (otherwise the last)",
    "cli.level": "the level of schooling (otherwise all of them)",
    "cli.grouping": "by what pupils are told apart (otherwise the first grouping)",
    "cli.purge": "take away what earlier sessions left on this machine",
    "cli.purge.about": "Empties the folder in which segkit keeps a session's data. Records of what was published stay, because they keep two exports from giving a child away together; --releases takes them away too.",
    "cli.purge.releases": "also the records of what was published",
    # --- the pictures of a territory (plots/territory.py, plots/maps.py)
    "plots.place.nothing": "there is nobody in this selection in {year}, so there is nothing to draw",
    "plots.place.no_groups": "the file says how many pupils there are and not of which group; add rows by group to the table 'enrolment'",
    "plots.place.no_capacity": "no school has both a capacity and a roll that may be shown; fill in the column 'capacity' of the table 'schools'",
    "plots.place.no_homes": "the file does not say where pupils live; add the tables 'residents' and 'flows'",
    "plots.place.no_map": "the zones have no outlines, so there is no map; add the file zones.geojson, or an outline for each zone",
    "plots.place.no_places": "no school has a latitude and a longitude, so there are no dots; fill in 'lat' and 'lon' in the table 'schools'",
    "plots.place.no_flows": "the file does not say from which zone pupils come; add the table 'flows'",
    "plots.place.no_outcomes": "there are no results by group in this selection, or all are hidden; add rows to the table 'indicators'",
    "plots.place.one_sector": "all schools are of one sector, so there is nothing between sectors",
    "plots.place.where": "{where}",
    "plots.place.whole": "the whole: {share} {group}",
    "plots.place.not_shown": "not shown",
    "plots.place.not_shown.few": "not shown: too few pupils",
    "plots.place.open": "hidden counts leave this open",
    "plots.place.from_to": "{low:.2f} to {high:.2f}",
    "plots.place.lot": "(by chance {chance:.2f})",
    # {ends} is one of the three below
    "plots.place.class.-2": "less than half the whole's share ({ends})",
    "plots.place.class.-1": "less ({ends})",
    "plots.place.class.0": "about the whole's share ({ends})",
    "plots.place.class.1": "more ({ends})",
    "plots.place.class.2": "more than double ({ends})",
    "plots.place.class.span": "each bar: the class in which the share lies",
    "plots.place.ends.first": "under {high}",
    "plots.place.ends.between": "{low} to {high}",
    "plots.place.ends.last": "{low} and over",
    "plots.place.composition.title": "Who is in which school? {where}",
    "plots.place.composition.x": "share of the school's pupils; schools in the order of the file",
    "plots.place.composition.alt": "Who is in which school, {where}: the share of the group '{group}' in each school, against {whole} in the whole. {said}.",
    "plots.place.many.title": "How many schools have how many? {where}, group: {group}",
    "plots.place.many.x": "schools",
    "plots.place.many.alt": "Who is in which school, {where}: how many schools have which share of the group '{group}', against {whole} in the whole. {said}.",
    "plots.place.capacity.title": "How full are the schools? {where}",
    "plots.place.capacity.x": "pupils, of the places there are",
    "plots.place.capacity.full": "every place taken",
    "plots.place.capacity.over": "100 % and over",
    "plots.place.capacity.alt": "How full each school is, {where}. {said}.",
    "plots.place.capacity.many": "How many schools are how full, {where}. {said}.",
    "plots.place.sides.residents": "where the children live",
    "plots.place.sides.homes": "if all went to school in their zone",
    "plots.place.sides.schools": "where they learn",
    "plots.place.sides.title": "Housing next to school: group {group}, {where}",
    "plots.place.sides.alt": "{title}. Dissimilarity: {said}.",
    "plots.place.between": "between sectors",
    "plots.place.within": "within {sector}",
    "plots.place.sectors.title": "Between the sectors and within them: {grouping}, {where}",
    "plots.place.sectors.alt": "{title}. The information index H in its parts; in {year}: {said}.",
    "plots.place.years.title": "Over the years: group {group}, {where}",
    "plots.place.years.alt": "{title}. Dissimilarity year by year: {said}.",
    "plots.place.rate": "{name}, {group}: {rate:.0%} (between {low:.0%} and {high:.0%})",
    "plots.place.outcomes.title": "Results by group: {grouping}, {where}",
    "plots.place.outcomes.x": "of the group's pupils (point), and between which rates it may lie (line)",
    "plots.place.outcomes.alt": "{title}. {said}.",
    "plots.place.rate.open": "{low:.0%} to {high:.0%}",
    "plots.place.rate.hidden": "{name}, {group}: {said}, as hidden counts leave it open",
    "plots.place.map.residents": "Where they live: {group}",
    "plots.place.map.schools": "Where they learn: {group}",
    "plots.place.map.supply": "Which schools are where? {where}",
    "plots.place.map.alt": "{title}. {said}. Classes against the whole's share of {whole}.",
    "plots.place.map.supply.alt": "{title}. Schools by zone and sector: {said}.",
    "plots.place.map.scale": "{km:g} km",
    "plots.place.map.scale.m": "{m:g} m",
    # the letter on a map's arrow towards the north
    "plots.place.map.north": "N",
    "plots.place.map.key": "zones and schools: share of {group}, against the whole's {whole}",
    "plots.place.map.places": "{n} places",
    "plots.place.map.outside": "{n} schools have no place on the map",
    "plots.place.flows.title": "From home to school: {where}",
    "plots.place.flows.stay": "to a school in their own zone",
    "plots.place.flows.other": "to another zone, public school",
    "plots.place.flows.away": "to another zone, other sectors",
    "plots.place.flows.unknown": "to a school whose zone is not given",
    "plots.place.flows.x": "of the pupils who live in the zone",
    "plots.place.flows.arrows": "between zones: thicker is more pupils",
    "plots.place.flows.class": "{low} to {high} pupils",
    "plots.place.flows.class.last": "{low} pupils and more",
    "plots.place.flows.small": "not drawn (smaller, or hidden): {n} ways between zones",
    "plots.place.flows.alt": "{title}. {said}. The largest ways between zones: {ways}.",
    "plots.place.flows.staying": "{name}: {stay} stay in their zone",
    "plots.place.flows.way": "{home} to {school} ({n})",
    # --- the door: what may leave, and the words in which it is refused
    "privacy.private": "a private territory never leaves: no file, report or picture for others is made of it. Ask for mode=\"public\" (small counts hidden) or mode=\"shared\" (exact, for people you name)",
    "privacy.mode": "there is no mode {came!r}; there are: public, shared",
    "privacy.preset": "there is no preset {came!r}; there are: {there}",
    "privacy.special": "special names groupings that this territory does not have: {came}; it has: {there}",
    "privacy.least": "k is {came}; it must be a whole number of at least {least}: with fewer, whoever knows one child of a group knows the others",
    "privacy.lower": "k = {k} is below the {floor} this territory or preset asks for; give a reason of a few words (reason=\"…\"), which is written into the log and every file",
    "privacy.recipients": "exact counts are shared with people who have a name, for a reason: give recipients=[\"…\"] and reason=\"…\" (a few words)",
    "privacy.log.lower": "k lowered to {k}, below the {floor} that was asked for; reason given: {reason}",
    "privacy.log.shared": "exact counts shared with {names}; reason given: {reason}",
    "privacy.log.public": "made public with k = {k}",
    "privacy.progress": "hiding small counts: {table}, {year}",
    "privacy.done": "nothing small can be solved for",
    "privacy.outcomes": "outcomes",
    "privacy.folder.taken": "{path} holds something that is not of segkit, so it is left alone; set SEGKIT_HOME to an empty folder, or to one that does not exist yet",
    "privacy.purge.nothing": "The session folder is empty: nothing to remove.",
    "privacy.purge.done": "Removed {n} files from the session folder. Files you saved elsewhere are as they were.",
    "privacy.purge.records": "Among them {n} records of what was made public: from now on nobody looks whether a new export beside an old one gives a hidden count away.",
    "privacy.purge.kept": "The records of what was made public are kept (published values only), so that new exports can be compared with them.",
    "privacy.release.unreadable": "the record of an earlier export, {path}, cannot be read, so nobody can say whether a new one gives something away; mend it, or remove it with segkit purge",
    "privacy.release.where": "{table} {year} by {grouping}",
    "privacy.release.refused": "not written: an earlier public export of this territory differs from this one by fewer than {k} pupils in {where}, and the difference would be a count of those pupils. Publish the earlier numbers again, or wait until more has changed, or leave those years out",
    "privacy.left_out": "{table} of {year} are not shown: they could not be without giving small counts back",
    "privacy.notice.k": "Counts of fewer than {k} pupils are hidden (fewer than {sensitive} for {special}), and so are counts that leave out fewer than that, and whatever would give a hidden count back by adding and subtracting. Nobody and everybody may be said.",
    "privacy.notice.hidden": "Hidden: {tables}.",
    "privacy.notice.table": "{table} {n} of {of} counts",
    "privacy.notice.indices": "Indices have two decimals and are computed from these counts. Where counts are hidden, an index of two groups is stated as the interval in which it must lie: {intervals}.",
    "privacy.notice.silent": " These are not stated then: {names}.",
    "privacy.notice.flows": "From home to school: everyone together, without groups; ways of fewer than {k} pupils, nobody included, are merged into elsewhere (marked suppressed).",
    "privacy.notice.outcomes": "Outcomes: of each school all groups of a grouping are shown, or none.",
    "privacy.notice.columns": "Columns of {table} that are the owner's own and may say something of a child are left out: {names}.",
    "privacy.notice.no_ranking": "These numbers describe how pupils are distributed. They are not for ranking or labelling schools, neighbourhoods or children.",
    "privacy.notice.shared": "Exact counts, for {names} only. Small counts can point at a child: do not pass them on, and delete them when the work is done.",
    "privacy.notice.reason": "Reason given: {reason}",
    # --- the intake: which territory a page is about
    "intake.title": "Your territory",
    "intake.region": "Which territory is this page about?",
    "intake.towns": "Choose an invented town",
    "intake.town": "Town",
    "intake.ready": "How much is known of it",
    "intake.ready.3": "everything: groups, zones, ways to school, results",
    "intake.ready.2": "groups by school, and no map",
    "intake.ready.1": "only how many pupils each school has",
    "intake.look": "What to look at",
    "intake.year": "Year",
    "intake.level": "Level",
    "intake.grouping": "Grouping",
    "intake.focal": "Group measured against everyone else",
    "intake.every_level": "all levels together",
    "intake.no_level": "no level given",
    "intake.own": "Or bring your own",
    "intake.own_hint": "Excel, zip or CSV, up to 30 MB; or drop it here. It stays in this page and in the program behind it: nothing is sent elsewhere, nothing is saved.",
    "intake.own_button": "Open your own file …",
    "intake.drop_here": "Drop the file here",
    "intake.template": "Template to fill in (Excel)",
    "intake.template_hint": "One sheet for each table, with notes and lists to choose from. Two sheets are enough to begin: schools and enrolment.",
    "intake.sample": "This town as an example (Excel)",
    "intake.template_file": "territory-template.xlsx",
    "intake.sample_file": "{town}.xlsx",
    "intake.faults": "What to put right",
    "intake.notes": "What was read",
    "intake.head.errors": "Put these right in your file, and open it again:",
    "intake.head.warnings": "Worth a look; they do not stop you:",
    "intake.head.notes": "How it was read:",
    "intake.read": "{schools} schools, {zones} zones, years {years}, groupings: {groupings}.",
    "intake.unreadable": "'{name}' cannot be read as a territory.",
    "intake.too_large": "'{name}' has {size:.0f} MB; this page takes up to {most}. Leave out what is not counts, or split it by year.",
    "intake.failed": "That did not work, and the reason is ours, not yours ({why}). Nothing was kept.",
    "intake.privacy": "Before anything is shown: how small may a number be?",
    "intake.mode": "Who will see it?",
    "intake.mode.public": "Anybody (public): small numbers are hidden, and enough others that nobody can work them out",
    "intake.mode.shared": "People I name (shared): nothing is hidden, and the notice says who may read it",
    "intake.preset": "Hide counts of fewer than",
    "intake.preset.own": "{k}, as the file says",
    "intake.preset.IT-3": "{k} (as is usual in Italy)",
    "intake.preset.UK-5": "{k} (as is usual in the United Kingdom)",
    "intake.preset.US-10": "{k} (as is usual in the United States)",
    "intake.preset.k": "another number",
    "intake.k": "The number",
    "intake.k_hint": "a whole number, 3 or more",
    "intake.k_number": "'{came}' is not a whole number; type one such as 5",
    "intake.reason": "Why",
    "intake.reason_hint": "needed where you name people or hide less than the file asks for; it is kept in the notice",
    "intake.recipients": "Their names, with commas",
    "intake.special": "Groupings that say something delicate about a child (health, religion, origin …): hidden below 10",
    "intake.special_hint": "",
    "intake.protect": "Protect it and use it on this page",
    "intake.stop": "Stop",
    "intake.back": "Put my file away",
    "intake.begun": "Looking for numbers that could give a child away …",
    "intake.stopped": "Stopped; nothing of your file is shown.",
    "intake.slow": "One moment …",
    "intake.now.town": "This page is about {name}, an invented town: no such place or child exists, so everything may be shown.",
    "intake.now.own": "This page is about your file: {name}.",
    "intake.now.size": "{schools} schools in {year}, {zones} zones, years {first} to {last}.",
    "intake.now.ready.1": "It knows how many pupils each school has, and not of which groups: the first dimension begins, the others wait.",
    "intake.now.ready.2": "It knows the groups in each school, and not where pupils live: three of the five dimensions can be taken.",
    "intake.now.ready.3": "It knows groups, neighbourhoods and ways to school: all five dimensions can be taken.",
    "intake.nothing_to_protect": "open a file first; there is nothing to protect yet",
    "intake.no_such": "{what}: there is no '{came}'; there are: {there}",
    "intake.show_what": "say what to show: a picture, a dimension or a finding",
    # --- cells that follow a territory
    "live.text": "A cell that follows the territory chosen above: {title}. It needs a page; run the notebook to see it.",
    "live.drawing": "Being drawn again …",
    "live.failed": "This could not be drawn, and the reason is ours, not yours ({why}).",
    "live.needs": "What it needs",
    "live.there": "there",
    "live.not_there": "not in this file",
    "live.missing": "What is missing, and what to collect",
    "live.how": "Source, and how to get this number again",
    "live.again": "After the lines at the end of the report:",
    "live.table": "Table",
    "live.chance": "by chance: {value:.2f}",
    "live.chance.range": "by chance: {low:.2f} to {high:.2f}",
    "live.interval": "95 % interval: {low:.2f} to {high:.2f}",
    # --- scenarios: what was done to a territory, and why it could not be
    "scenario.line": 'sk.Studio("{code}")',  # a line of Python; {code} names the town and the changes
    "scenario.hidden": "hidden",
    "scenario.unknown": "not known",
    "scenario.none": "–",
    "scenario.sector.public": "public",
    "scenario.sector.church": "church",
    "scenario.sector.subsidised": "subsidised",
    "scenario.sector.private": "private",
    "scenario.sector.other": "other",
    "scenario.did.count": "{school}, {group}: from {was} to {now}.",
    "scenario.did.counts": "{cells} numbers in {schools} schools.",
    "scenario.did.roll": "{school}: from {was} pupils to {now}; its groups keep their proportions.",
    "scenario.did.share": "{group}: from {was} % of all pupils to {now} % ({n} pupils); every school keeps its size.",
    "scenario.did.mix": "{group}: step {step} of 100 from even to complete; schools and groups keep their sizes.",
    "scenario.did.name": "“{was}” is now called “{now}”.",
    "scenario.did.sector": "{school}: the sector is now {now}.",
    "scenario.did.capacity": "{school}: the number of places is now {now}.",
    "scenario.did.move": "{school} has moved, within its neighbourhood.",
    "scenario.did.move.zone": "{school} has moved to {zone}.",
    "scenario.did.zone": "{school} now belongs to {zone}; its building stays where it is.",
    "scenario.did.add": "“{school}” is new, with nobody in it yet.",
    "scenario.did.remove": "{school} has closed, and its {n} pupils have left the territory with it.",
    "scenario.did.merge": "{school} has closed; its {n} pupils are at {into} now.",
    "scenario.did.assign": "All children of {zone} now go to {school}: {n} pupils change school.",
    "scenario.did.catchments": "Everyone now goes to the school of their neighbourhood: {n} pupils change school.",
    "scenario.did.group": "The group “{was}” is now called “{now}”.",
    "scenario.did.split": "“{group}” is now two groups: “{first}” ({share} % of it) and “{second}”.",
    "scenario.did.join": "The groups {groups} are now one: “{now}”.",
    "scenario.refused.edit": "a change is a set of names and values, such as {{'do': 'count', …}}; this came: {came}",
    "scenario.refused.fields": "the change '{do}' needs {expected}; this came: {came}",
    "scenario.refused.do": "there is no change called '{came}'; there are: {there}",
    "scenario.refused.year": "there is no year {came}; there are: {there}",
    "scenario.refused.level": "there is no level '{came}'; there are: {there}",
    "scenario.refused.grouping": "there is no grouping '{came}'; there are: {there}",
    "scenario.refused.group": "there is no group '{came}'; there are: {there}",
    "scenario.refused.groups": "expected a list of groups, but this came: {came}",
    "scenario.refused.school": "there is no school '{came}', or it has closed",
    "scenario.refused.schools": "expected a list of schools, but this came: {came}",
    "scenario.refused.zone": "there is no neighbourhood '{came}'; there are: {there}",
    "scenario.refused.count": "a number of pupils is a whole number from 0 to {most}, but this came: {came}",
    "scenario.refused.block": "expected {rows} rows of {columns} numbers each",
    "scenario.refused.name": "a name has 1 to {most} letters, but this came: {came}",
    "scenario.refused.taken": "the name '{came}' is taken: choose another one",
    "scenario.refused.two_names": "a group that is split needs two names, but this came: {came}",
    "scenario.refused.degrees": "expected degrees from −{most} to {most}, but this came: {came}",
    "scenario.refused.share": "a share is a number from 0 to 1, but this came: {came}",
    "scenario.refused.step": "a step is a whole number from 0 to {last}, but this came: {came}",
    "scenario.refused.sector": "there is no sector '{came}'; there are: {there}",
    "scenario.refused.rule": "there is no such way to split a group: '{came}'; there are: {there}",
    "scenario.refused.out_of_step": "the groupings of {school} do not agree on how many pupils it has ({came}): change its groups one by one",
    "scenario.refused.hidden": "some counts of {school} are hidden, so that its number of pupils cannot be changed as a whole",
    "scenario.refused.some_hidden": "{n} counts are hidden; only a table that is known in full can be changed as a whole",
    "scenario.refused.nobody": "there are no pupils here yet, so nobody can have a share of them",
    "scenario.refused.outside": "this place lies in no neighbourhood of the map: put the school inside one",
    "scenario.refused.many_schools": "there is room for {most} schools",
    "scenario.refused.last_school": "this is the last school: a territory has at least one",
    "scenario.refused.itself": "{school} cannot be merged with itself: choose another school",
    "scenario.refused.level_of": "{school} does not teach this level ({level}): choose a school that does",
    "scenario.refused.levels": "{school} has pupils of several levels, and the flows do not tell which child is in which: children can only be sent between schools of one level",
    "scenario.refused.no_school": "no school teaches this level: {level}",
    "scenario.refused.no_places": "a neighbourhood has no school of its own, and without a map nobody knows which one is nearest",
    "scenario.refused.no_flows": "for {year} nobody has counted who goes from which neighbourhood to which school (the table flows): without it children cannot be sent to another school",
    "scenario.refused.hidden_flows": "some flows or counts of the grouping '{grouping}' are hidden, so that its children cannot be sent to another school",
    "scenario.refused.flows_apart": "the flows of the grouping '{grouping}' in {year} do not add up to the pupils of the schools: children can only be sent to another school where they do",
    "scenario.refused.split": "the groups of '{grouping}' cannot be split further: a grouping has room for {most} groups, and everyone together is no group",
    "scenario.refused.join": "choose at least two groups, but not all of them ({there}); this came: {came}",
    "scenario.refused.link": "this is no link or line of a scenario; one looks like marenza.1.3.eJyL…",
    "scenario.refused.link.long": "this is longer than any scenario we write (at most {most})",
    "scenario.refused.link.broken": "this line is damaged or cut off: copy all of it, from the name of the town to the last letter",
    "scenario.refused.link.version": "this line was written by another version ({came}), which this one cannot read",
    "scenario.refused.link.town": "there is no invented town called '{came}'; there are: {there}",
    "scenario.compared": "{name}: {left} → {right} ({change})",
    "scenario.sentence.none": "Without a number on both sides there is nothing to compare.",
    "scenario.sentence.same": "Dissimilarity is the same to two decimals ({left} and {right}).",
    "scenario.sentence.more": "Dissimilarity rises from {left} to {right}.",
    "scenario.sentence.less": "Dissimilarity falls from {left} to {right}.",
    "scenario.sentence.pupils": "There are other pupils, too: {before} before, {now} now.",
    # --- end of scenarios
    # --- what is taken home from a unit: the problem of practice, the report, the tables
    "takeaway.title": "Take it home",
    "takeaway.problem": "Our problem of practice",
    "takeaway.problem_hint": "In your own words: who, where, since when, compared with what, and what would be seen if it were better. It goes into the report and is kept nowhere else.",
    "takeaway.report": "Download the report (one HTML file)",
    "takeaway.tables": "Download the tables as they may be shown (Excel)",
    "takeaway.hint": "The report opens in any browser and prints from there, to paper or PDF. Both files hold only what may be shown.",
    "takeaway.report_file": "{name}-report.html",
    "takeaway.tables_file": "{name}-tables.xlsx",
    "takeaway.file": "territory",
    "takeaway.wait": "Being written …",
    "takeaway.done": "'{name}' is ready.",
    "takeaway.failed": "The file was not written: {why}",
    "takeaway.about": "It will be about {name}, {level}, {year}, {grouping}.",
    # --- end of territory
    # --- checks: what is wrong with a territory's tables. {where} is "file, line 7"; {came} is the text of a cell
    # {mean} is empty, or begins with a space: " Did you mean 'far'?"
    "check.at.line": "{file}, line {at}",
    "check.at.row": "{file}, row {at}",
    "check.at.shape": "{file}, shape {at}",
    "check.table": "the table '{table}'",
    "check.tables": "the tables",
    "check.files": "the files",
    "check.good": "{file}: nothing is wrong",
    "check.fair": "{file}: it can be used, with {warnings}",
    "check.bad": "{file}: {n} to correct, {warnings}",
    "check.warnings.none": "no warnings",
    "check.warnings.one": "1 warning",
    "check.warnings": "{n} warnings",
    "check.is": "This is {territory}",
    "check.ready.1": "It has totals by school. With groups by school, segregation can be measured.",
    "check.ready.2": "It has groups by school. With zones, residents and flows, homes and schools can be compared.",
    "check.ready.3": "It has groups by school, zones, residents and flows: every part of the assessment can be done.",
    "check.head.error": "To correct:",
    "check.head.warning": "Worth a look (nothing stops you):",
    "check.head.notes": "What was found:",
    "check.note.blank": "{file}: {n} blank rows were left out",
    # {said}: "hidden: 12, not available: 3"
    "check.note.hidden": "{file}: counts that are no number, never read as 0: {said}",
    "check.status.ok": "as counted",
    "check.status.suppressed": "hidden (suppressed)",
    "check.status.not_available": "not available",
    "check.status.not_applicable": "not applicable",
    "check.status.rounded": "rounded",
    # one plain file
    "check.plain.schools": "schools: each code in the file is one ({n}); no table of schools came with it",
    "check.plain.level": "level: no column of that name, so all pupils are of one level, 'all'",
    "check.plain.totals": "everyone: column '{column}'; no groups",
    "check.plain.grouping": "grouping: '{grouping}'",
    "check.plain.groups": "groups",
    "check.plain.year_named": "year: {year}, as in the name of the file",
    "check.plain.year_now": "year: no column of years, so {year}",
    # the tables
    "check.missing_table": "{file}: there is no table '{came}'. {meaning} Add it, under that name.",
    "check.unknown_table": "{file}: '{came}' is no table of a territory. The tables are: {known}.",
    "check.personal": "{file}, column '{column}': this looks like it is about single children. Only counts belong here: "
    "how many pupils of each group are in each school. Delete the column; nothing of it was kept.",
    "check.names_below": "{file}, line {at}: the names of the columns stand here, and something else above them. Delete "
    "the lines above, so that the names come first and stand in one line.",
    "check.doubled": "{file}: the name '{came}' stands above more than one column. Give each column its "
    "own name, in one line, without merged cells.",
    "check.column_name": "{file}: a column is called '{came}'; '{expected}' was expected, written exactly "
    "so. Rename it.",
    "check.column_meant": "{file}: column '{came}' is not known; it is kept and not used. Did you mean "
    "'{expected}'? If it is your own, begin its name with x_.",
    "check.column_unknown": "{file}: column '{came}' is not known; it is kept and not used. The columns "
    "are: {columns}. If it is your own, begin its name with x_.",
    "check.column_missing": "{file}: there is no column '{expected}' ({meaning}). Add it. The columns that "
    "came are: {header}.",
    # rows
    "check.names_again": "{where}: the names of the columns came again. Delete the line.",
    "check.total_row": "{where}, column '{column}': '{came}' looks like a total typed by hand, which would count every "
    "pupil twice. Delete the row.",
    "check.total_unnamed": "{where}: a number came ('{came}') and no year, school or group: it looks like a total typed "
    "by hand, which would count every pupil twice. Delete the row.",
    "check.note_row": "{where}: only '{came}' came, a whole row was expected. If it is a note, delete the line.",
    # {same}: "year '2024', school 'S01'"
    "check.duplicate": "{where}: the same row came twice ({same}), it is already in line {first}. Delete one of the two; "
    "if they are parts of one count, add them up first.",
    # texts
    # {keys}: year, school, level
    "check.missing_id": "{where}, column '{column}': nothing came; every row needs one, for {keys} together tell the "
    "rows apart. Fill it in, or delete the row.",
    "check.spaces": "{where}, column '{column}': '{came}' came, with blanks (␣) around it; '{expected}' was expected. "
    "Delete the blanks.",
    "check.date_text": "{where}, column '{column}': '{came}' came, a date; a code or a name was expected. A spreadsheet "
    "makes a date of '3-4': format the column as text and type it again.",
    "check.sector": "{where}, column '{column}': '{came}' came, one of {values} was expected.{mean} Correct it.",
    "check.n_status": "{where}, column '{column}': '{came}' came, one of {values} was expected.{mean} Correct it.",
    "check.unknown_school": "{where}, column '{column}': '{came}' is not in {file}.{mean} Correct the code, or add the "
    "school there.",
    "check.unknown_zone": "{where}, column '{column}': '{came}' is not in {file}.{mean} Correct the code, or add the zone "
    "there.",
    "check.zeros": "{where}, column '{column}': '{came}' came, '{expected}' was expected, as in {file}, line {line}: a "
    "spreadsheet has taken zeros away. Format the column as text and type the code again.",
    "check.zeros_here": "{where}, column '{column}': '{came}' came, and '{expected}' in {file}, line {line}: a spreadsheet "
    "has taken zeros away here. Format the column as text and type the code again.",
    "check.unknown_grouping": "{where}, column '{column}': there is no grouping '{came}'; there are: {known}.{mean} "
    "Correct it, or declare it with the others.",
    "check.unknown_group": "{where}, column '{column}': there is no group '{came}' in '{grouping}'; there are: "
    "{known}.{mean} Correct it, or declare it with the others.",
    "check.spelling": "{where}, column '{column}': '{came}' came, and '{expected}' elsewhere: to a program these are two. "
    "Write it the same way everywhere.",
    "check.whole": "{where}, column '{column}': '{came}' came in grouping '{grouping}'; everyone together is grouping "
    "'all' with group 'all', and only that. Correct one of the two.",
    "check.total_group": "{where}, column '{column}': '{came}' came as a group of '{grouping}', and would count every "
    "pupil twice. If it is everyone, write 'all' as grouping and as group.",
    "check.group_only_here": "{where}, column '{column}': '{came}' is no group of '{grouping}' in any school.{mean} If "
    "the name is right, leave it.",
    "check.year": "{where}, column '{column}': '{came}' came, a year in four digits was expected, such as 2024: the "
    "autumn in which the school year begins. Correct it.",
    # numbers
    "check.negative": "{where}, column '{column}': '{came}' came, 0 or more was expected. Correct it.",
    "check.fraction": "{where}, column '{column}': '{came}' came, a whole number was expected. Pupils cannot be split: "
    "correct it.",
    "check.comma": "{where}, column '{column}': '{came}' came, with a decimal comma; a whole number was expected. Pupils "
    "cannot be split: correct it.",
    "check.thousands": "{where}, column '{column}': '{came}' came, a number without separators was expected. If it is "
    "{digits}, write {digits}.",
    "check.percent": "{where}, column '{column}': '{came}' came, a percentage; a number of pupils was expected. Write how "
    "many pupils that is.",
    "check.words": "{where}, column '{column}': '{came}' came, a number in digits was expected, such as 200. Where the "
    "number is hidden write c, where nobody has it leave it blank.",
    "check.no_number": "{where}, column '{column}': '{came}' came, a number in digits was expected, such as 200. Correct "
    "it, or leave it blank.",
    "check.date": "{where}, column '{column}': '{came}' came, a date or a range; a number was expected. A spreadsheet "
    "may have changed it: write the number.",
    "check.formula": "{where}, column '{column}': a formula without a saved value came ({came}). Open the file in a "
    "spreadsheet program and save it, or paste the values.",
    "check.broken": "{where}, column '{column}': '{came}' came, a formula that no longer works. Correct the formula, or "
    "type the number.",
    "check.scientific": "{where}, column '{column}': '{came}' came, a number written in full was expected, such as "
    "120000.",
    "check.huge": "{where}, column '{column}': '{came}' came, which is too large to be pupils of a school. Correct it.",
    # the number is not repeated: it was to be hidden
    "check.hidden_shown": "{where}, column '{column}': a number came, and n_status says '{status}'. If the number may be "
    "known, write ok; if not, delete the number.",
    "check.blank_ok": "{where}, column '{column}': nothing came, and n_status says '{status}'. Blank is not 0: write the "
    "number, or say in n_status why there is none.",
    "check.status_other": "{where}, column '{column}': '{came}' came, which means {meant}, and n_status says '{status}'. "
    "Leave one of the two blank, or make them agree.",
    "check.out_of_missing": "{where}, column '{column}': nothing came; it was expected out of how many the {n} are. Fill "
    "it in.",
    "check.out_of_less": "{where}, column '{column}': {came} came, out of only {out_of}. Correct one of the two.",
    # the map
    "check.degrees_comma": "{where}, column '{column}': '{came}' came, with a decimal comma; a point was expected. Write "
    "{point}.",
    "check.degrees_words": "{where}, column '{column}': '{came}' came, degrees were expected, such as 45.0703. Correct "
    "it, or leave lat and lon blank.",
    "check.half_place": "{where}: only one of lat and lon came. Fill in the other, or leave both blank.",
    "check.in_metres": "{where}: lat {lat}, lon {lon} came, which look like metres of a map; degrees were expected, such "
    "as 45.0703 and 7.6869. Export them as WGS84 (EPSG:4326).",
    "check.swapped": "{where}: lat {lat}, lon {lon} came, which lies in the town only if the two are swapped. Write the "
    "degrees north under lat, the degrees east under lon.",
    "check.outside_world": "{where}: lat {lat}, lon {lon} came, which is no place on earth. Correct them, or leave both "
    "blank.",
    "check.zero_place": "{where}: lat 0, lon 0 came, a place in the sea. If nobody knows the place, leave both blank.",
    "check.far_away": "{where}: school '{school}' stands at lat {lat}, lon {lon}, more than 200 km from most others. Is "
    "that right?",
    "check.zone_other": "{where}, column '{column}': school '{school}' stands in zone '{zone}' on the map, and "
    "'{came}' came. A school near a border may be right.",
    "check.zone_nowhere": "{where}: school '{school}' stands in no zone of {file}. Are its lat and lon right?",
    "check.geometry_empty": "{where}: zone '{zone}' has no outline. Draw it again, or delete the zone.",
    "check.geometry_unreadable": "{where}: the outline of zone '{zone}' cannot be read. Export it again as GeoJSON.",
    "check.geometry_not_an_area": "{where}: the outline of zone '{zone}' is no area; a Polygon or MultiPolygon was "
    "expected. Export the areas, not points or lines.",
    "check.geometry_in_metres": "{where}: the outline of zone '{zone}' is in metres; degrees were expected. Export it as "
    "WGS84 (EPSG:4326).",
    "check.geometry_swapped": "{where}: the outline of zone '{zone}' lies at the schools only if lat and lon are swapped. "
    "In GeoJSON the longitude comes first: export it again.",
    "check.geometry_outside_world": "{where}: the outline of zone '{zone}' leaves the earth. Export it as WGS84 "
    "(EPSG:4326).",
    "check.geometry_self_crossing": "{where}: the outline of zone '{zone}' crosses itself. Mend it in the program that "
    "drew it.",
    # between tables. {line} is where everyone is counted
    "check.more_than_all": "{where}, column '{column}': the groups of '{grouping}' in school '{school}' ({level}, {year}) "
    "are {sum} pupils together, and everyone is {all} (line {line}). Correct one of them.",
    "check.less_than_all": "{where}, column '{column}': the groups of '{grouping}' in school '{school}' ({level}, {year}) "
    "are {sum} pupils together, and everyone is {all} (line {line}): in no group: {missing}. Is a group missing?",
    "check.groupings_differ": "{where}, column '{column}': in school '{school}' ({level}, {year}) there are {sum} pupils "
    "by '{grouping}' and {other} by '{before}'. Are these the same pupils?",
    "check.above_capacity": "{where}, column '{column}': school '{school}' has {n} pupils in {year} and {came} places. "
    "Is that right?",
    "check.flows_more": "{where}, column '{column}': {sum} pupils ('{grouping}': '{group}') go to school '{school}' in "
    "{year}, and only {there} are enrolled there ({place}). Correct one of them.",
    "check.flows_less": "{where}, column '{column}': {sum} pupils ('{grouping}': '{group}') go to school '{school}' in "
    "{year}, and {there} are enrolled there ({place}). Do the others ({missing}) live elsewhere?",
    "check.flows_homes": "{where}, column '{column}': {sum} pupils ('{grouping}': '{group}') leave zone '{zone}' for "
    "school in {year}, and only {there} live there ({place}). Is that right?",
    "check.school_empty": "{where}, column '{column}': school '{came}' has no row in {file}. Is it open?",
    "check.zone_empty": "{where}, column '{column}': zone '{came}' has no row in {file}. Does no child live there?",
    "check.year_short": "{where}, column '{column}': there are {n} rows of {came}, and {usual} in a usual year. Is it "
    "complete?",
    "check.year_only_here": "{where}, column '{column}': {came} came, and enrolment has only {years}. Is it the right "
    "year?",
    "check.level_other": "{where}, column '{column}': pupils of level '{came}' came in school '{school}', which teaches "
    "'{expected}' in {file}. Is that right?",
    # the territory itself
    "check.about_invented": "{file}, '{column}': '{came}' came, true or false was expected.",
    "check.about_mode": "{file}, '{column}': '{came}' came, one of {values} was expected.{mean}",
    "check.about_k": "{file}, '{column}': '{came}' came, a whole number from {least} to {most} was expected: no count "
    "below it is shown.",
    "check.about_groupings": "{file}, '{column}': '{came}' came; each grouping with its groups was expected.",
    "check.about_groups": "{file}, '{column}': grouping '{came}' has no groups. List them, as they stand in the tables.",
    "check.about_twice": "{file}, '{column}': group '{came}' stands twice in '{grouping}'. Delete one.",
    "check.about_whole": "{file}, '{column}': the grouping 'all' has {came}; its only group is 'all'.",
    "check.about_focal_form": "{file}, '{column}': '{came}' came; a group for each grouping was expected.",
    "check.about_focal_grouping": "{file}, '{column}': there is no grouping '{came}'; there are: {known}.{mean}",
    "check.about_focal": "{file}, '{column}': there is no group '{came}' in '{grouping}'; there are: {known}.{mean} "
    "Correct it.",
    # --- end of checks
    # --- the outlines of zones
    "zones.not_geojson": "this is not GeoJSON: a collection of features was expected, one for each zone",
    # --- end of zones
    # --- tables: files and what is in them. {where} is "file, line 7"; {came} is the text of a cell
    "table.given": "the table",
    "table.bytes": "the file",
    "table.unit": "unit",
    "table.index": "index",
    "table.column": "column {letter}",
    "table.group": "group {n}",
    "table.not": "not {group}",  # everyone in the total who is not in the part
    "table.unit_at.line": "line {at}",
    "table.unit_at.row": "{at}",
    "table.at.line": "{file}, line {at}",
    "table.at.row": "{file}, row {at}",
    "table.sheet": "{file}, sheet '{sheet}'",
    "table.more": "... and {n} more of this kind",
    "table.more_units": "... and {n} more units",
    "table.did_you_mean": "Did you mean '{name}'?",
    "table.no_columns": "none",
    # what came instead of a table: completes "this is ..."
    "table.kind.pdf": "a PDF document",
    "table.kind.image": "a picture",
    "table.kind.old_excel": "an old Excel file (.xls), or a workbook locked with a password",
    "table.kind.packed": "an archive of files",
    "table.kind.parquet": "a Parquet file",
    "table.kind.database": "a database",
    "table.kind.document": "a text document",
    "table.kind.page": "a web page or XML",
    "table.kind.json": "JSON",
    "table.kind.ods": "an OpenDocument file",
    "table.kind.binary": "not text in UTF-8, UTF-16 or Windows-1252",
    # what was taken for what
    "table.took.cp1252": "letters: Windows-1252 (the file is not UTF-8)",
    "table.took.sheet": "sheet: '{sheet}', the first with a table in it; not read: {others}",
    "table.took.sheet_named": "sheet: '{sheet}'; not read: {others}",
    "table.took.hidden_sheet": "sheet '{sheet}' is hidden in the workbook",
    "table.took.hidden": "rows that are hidden in the workbook were counted too: {n} (lines {lines})",
    "table.took.title": "line {at} is a title: '{text}'",
    "table.took.two_lines": "names of columns: lines {at} and {below} together",
    "table.took.where": "only rows where '{column}' is {values}",
    "table.took.rows": "rows: {n} of {of}",
    "table.took.unit": "units: column '{column}'",
    "table.took.no_unit.line": "units: no column names them, so each line of the file is one",
    "table.took.no_unit.row": "units: no column names them, so each row is one",
    "table.took.long": "groups: column '{group}'; pupils: column '{count}'; a group without a row in a "
    "unit is 0 pupils",
    "table.took.wide": "groups: columns {columns}",
    "table.took.part": "everyone: column '{total}'; a part of them: {columns}",
    "table.took.whole": "'{column}' is the sum of the groups: not counted again",
    "table.took.whole_group": "group '{column}' is the sum of the others: not counted again",
    "table.took.aside": "left aside: {columns}",
    "table.took.aside.numbered": "left aside, because the rows are numbered there: {columns}",
    "table.took.aside.years": "left aside, because these look like years: {columns}",
    "table.took.aside.percent": "left aside, because these are percentages: {columns}",
    "table.hint.numbered": "{file}: {columns} numbers the rows and was left aside; if it counts pupils, name it "
    "with --count.",
    "table.hint.numbered.page": "{file}: {columns} numbers the rows and was left aside; if it counts pupils, choose "
    "“pupils of a group” for it under “Which columns?”.",
    "table.hint.years": "{file}: {columns} looks like years and was left aside; if it counts pupils, name it with "
    "--count.",
    "table.hint.years.page": "{file}: {columns} looks like years and was left aside; if it counts pupils, choose "
    "“pupils of a group” for it under “Which columns?”.",
    "table.hint.percent": "{file}: {columns} holds percentages; the number of pupils is needed. Add a column with "
    "how many pupils that is.",
    "table.percent_column": "{file}, column '{column}': this is a percentage; the number of pupils is needed. Write "
    "in a column of its own how many pupils that is.",
    "table.column.thousands": "{file}, column '{column}': numbers such as '{came}' came, which could mean {joined} "
    "pupils or a fraction. Write them without separators.",
    "table.column.formula": "{file}, column '{column}': formulas without saved values came ({came}). Open the file "
    "in a spreadsheet program and save it, or paste the values.",
    "table.column.broken": "{file}, column '{column}': only '{came}' came, a formula that no longer works. Correct "
    "the formula, or type the numbers.",
    "table.on_its_side": "{file}: column '{column}' would name the schools, but it is called like groups. Does the "
    "table lie on its side? Turn it, so that each school has a row and each group a column; or, if these are the "
    "schools, write {option}",
    "table.on_its_side.page": "{file}: column '{column}' would name the schools, but it is called like groups. Does "
    "the table lie on its side? Turn it, so that each school has a row and each group a column; or, if these are "
    "the schools, choose “school” for it under “Which columns?”.",
    "table.row_per_pupil": "{file}: the rows look like single pupils, and no column counts them. Count them first: "
    "a row for each school and group, and how many pupils that is.",
    "table.of_which": "{file}: {columns} says that it is part of another column, and would be counted twice. Write "
    "which columns together are everyone, each pupil once, for example {option}",
    "table.of_which.page": "{file}: {columns} says that it is part of another column, and would be counted twice. "
    "Choose “leave out” for it under “Which columns?”.",
    "table.years_beside": "{file}: the same groups stand there for several years ({columns}), and every pupil would "
    "be counted once for each. Choose one year, for example {option}",
    "table.years_beside.page": "{file}: the same groups stand there for several years ({columns}), and every pupil "
    "would be counted once for each. Choose “leave out” for the other years under “Which columns?”.",
    "table.two_groupings": "{file}: these columns have the same sum in every row: {sets}. They look like the same "
    "pupils grouped twice. Choose one grouping, for example {option}",
    "table.two_groupings.page": "{file}: these columns have the same sum in every row: {sets}. They look like the "
    "same pupils grouped twice. Choose “leave out” for one of them under “Which columns?”.",
    "table.two_groupings.and": " and ",  # between two sets of columns
    "table.broken": "{where}, column '{column}': '{came}' came, a formula that no longer works; a number of pupils "
    "was expected. Correct the formula, or type the number.",
    # {n} is schools times years, {units} the schools
    "table.took.repeated": "the whole adds up {values} values of '{column}': its {n} rows are {units} schools, each "
    "counted once for every value",
    "table.took.smallest": "focal group: '{group}', the smallest",
    "table.took.focal": "focal group: '{group}'",
    # the file as a whole
    "table.missing_file": "{file}: there is no such file.",
    "table.no_file": "no file was named: the path is empty.",
    "table.unknown_sheet": "{file}: there is no sheet '{sheet}'. The sheets are: {sheets}.",
    "table.no_sheets": "{file}: only an Excel workbook has sheets, so there is no '{sheet}'. Leave it out.",
    "table.unstack": "{file}: a Series with two labels for each number came; rows of schools and columns of groups "
    "were expected. Write .unstack() after it.",
    "table.beside": "{where}: in cell {cell} stands '{text}', beside the table, in a column without a name. Delete "
    "it, or give its column a name.",
    "table.folder": "{file} is a folder; one file was expected, CSV or Excel (.xlsx).",
    "table.permission": "{file}: this computer does not allow you to read the file. Close it elsewhere, "
    "or copy it.",
    "table.unreadable": "{file}: the file cannot be read ({why}).",
    "table.too_big": "{file}: more than {most} MB came; a table of schools was expected. Keep only the "
    "columns and rows you need.",
    "table.bomb": "{file}: the workbook unpacks to more than {most} MB; a table of schools was expected. "
    "Save only the sheet you need.",
    "table.too_wide": "{file}: {n} columns came, at most {most} were expected. Keep only the columns you "
    "need.",
    "table.too_long": "{file}: more than {most} rows came, more than a spreadsheet holds. Keep only the "
    "rows you need.",
    "table.empty": "{file}: the file is empty; a line of column names and a line for each school were "
    "expected.",
    "table.header_only": "{file}: only names of columns came ({names}); at least one line with numbers "
    "was expected below them.",
    "table.not_a_table": "{file}: this is {what}; a table was expected, CSV or Excel (.xlsx). Open it in "
    "a spreadsheet program and save it as .xlsx or CSV.",
    "table.broken_workbook": "{file}: the workbook is damaged ({why}). Open it in a spreadsheet program "
    "and save it again.",
    "table.one_column": "{file}, line {at}: only one column came ('{came}'); columns with comma, "
    "semicolon, tab or | between them were expected.",
    "table.quotes": '{file}, line {at}: a quotation mark (") is opened and not closed properly. Close it, '
    "or write it twice where it is part of a name.",
    "table.no_names": "{where}: numbers came ({came}) where names of columns were expected. Add a first "
    "line such as school, native, foreign.",
    "table.doubled": "{where}: the name '{name}' stands above columns {letters}. Give each column its own "
    "name.",
    "table.two_lines": "{file}, lines {at} and {below}: the names of the columns stand in two lines, and "
    "'{name}' is there more than once. Keep one line of names, each its own.",
    "table.ragged": "{where}: {came} cells came, {expected} were expected, as in the line of names. A "
    "separator is missing or too many, or text with a separator in it (1,234 too) is not in quotation "
    "marks.",
    "table.note": "{where}: only '{text}' came, {expected} cells were expected. If it is a note, delete "
    "the line.",
    "table.uneven": "{file}: the columns are not lists of one length. Give each column as many values as "
    "there are rows.",
    "table.strange": "{file}: {what} came; a path, a DataFrame, a dict of columns or a list of lists was "
    "expected.",
    "table.not_two_way": "{file}: an array in {n} dimensions came; rows of units and columns of groups "
    "were expected.",
    "table.has_roles": "a Table knows its units and groups already: unit, group, count and total are for "
    "files and DataFrames.",
    "table.personal": "{file}: {columns} looks like it is about single children. Only counts belong here: "
    "how many pupils of each group are in each school. Delete the column; nothing of it was kept.",
    # which column is what
    "table.unknown_column": "{file}: there is no column '{name}'{option}. The columns are: {columns}.",
    "table.unknown_group": "{file}: there is no group '{group}' (--focal). The groups are: {groups}.",
    "table.two_roles": "{file}: column '{column}' was named for two roles at once. Each role has its own "
    "column.",
    "table.group_and_total": "{file}: --group and --total do not go together: either each row is one "
    "group, or a column is everyone.",
    "table.group_and_total.page": "{file}: a name of the group and all pupils do not go together: either each "
    "row is one group, or a column is everyone.",
    "table.group_and_counts": "{file}: with a column of groups one column of pupils was expected, several "
    "came ({columns}).",
    "table.which.unit": "{file}: which column names the schools? It could be {candidates}. Write for "
    "example {example}",
    "table.which.unit.page": "{file}: which column names the schools? It could be {candidates}. Choose it "
    "under “Which columns?”.",
    "table.which.group": "{file}: which column names the groups? It could be {candidates}. Write for "
    "example {example}",
    "table.which.group.page": "{file}: which column names the groups? It could be {candidates}. Choose it "
    "under “Which columns?”.",
    "table.which.count": "{file}: which columns count pupils? It could be {candidates}. Write for example "
    "{example} (one --count for each group; or --count for a part and --total for everyone)",
    "table.which.count.page": "{file}: which columns count pupils? It could be {candidates}. Choose them under "
    "“Which columns?”: a column for each group, or a part and all pupils.",
    "table.which.total": "{file}: which column counts everyone? It could be {candidates}. Write for "
    "example {example} (or one more --count, if it is another group)",
    "table.which.total.page": "{file}: which column counts everyone? It could be {candidates}. Choose “all "
    "pupils” for it under “Which columns?”, or “pupils of a group” if it is another group.",
    "table.none.unit": "{file}: no column names the schools. The columns are: {columns}.",
    "table.none.group": "{file}: no column names the groups. The columns are: {columns}.",
    "table.none.count": "{file}: no columns of whole numbers were found that could count pupils; two or "
    "more groups, or a total and a part, were expected. The columns are: {columns}. Name them with "
    "--count.",
    "table.none.count.page": "{file}: no columns of whole numbers were found that could count pupils; two or "
    "more groups, or a total and a part, were expected. The columns are: {columns}.",
    "table.none.total": "{file}: no column was found that counts everyone, and one group alone cannot be "
    "compared. The columns are: {columns}. Name it with --total, or name the other groups with --count.",
    "table.none.total.page": "{file}: no column was found that counts everyone, and one group alone cannot be "
    "compared. The columns are: {columns}. Choose “all pupils” for one of them under “Which columns?”, or "
    "“pupils of a group” for the other groups.",
    "table.many_groups": "{file}, column '{column}': {n} different values came; groups of pupils were "
    "expected. Name the column of groups with --group.",
    "table.many_groups.page": "{file}, column '{column}': {n} different values came; groups of pupils were "
    "expected. Choose the column that names the groups under “Which columns?”.",
    "table.not_the_sum": "{where}, column '{column}': {came} came, {sum} was expected as the sum of "
    "{groups} (the same in {n} rows in all). If it is everyone and the others are parts, write {total} "
    "{counts}; if it is something else, leave it out: {counts}",
    "table.not_the_sum.page": "{where}, column '{column}': {came} came, {sum} was expected as the sum of "
    "{groups} (the same in {n} rows in all). If it is everyone and the others are parts, choose “all pupils” "
    "for it under “Which columns?”; if it is something else, “leave out”.",
    "table.total_group": "{file}: group '{group}' is called a total but is not the sum of the others "
    "(unit {n} in the file). Correct it, or delete its rows.",
    "table.too_many_pupils": "{file}: more pupils came than there are people on earth. Correct the counts.",
    # rows
    "table.where_never": "{file}, column '{column}': '{value}' never occurs. There is: {some}.",
    "table.where_nothing": "{file}: no row has all of these values at once.",
    "table.where_form": "where: '{came}' came; a dict of columns and values was expected, such as where={{'year': "
    "2024}}.",
    "table.blank_unit": "{where}, column '{column}': no school is named; a name or a number was expected. "
    "If it is the school of the row above, fill its name down; otherwise fill it in, or delete the row.",
    "table.blank_group": "{where}, column '{column}': no group is named; the name of a group was "
    "expected. Fill it in, or delete the row.",
    "table.blank_by": "{where}, column '{column}': nothing came where every row needs a value, because it "
    "tells the rows apart. Fill it in.",
    "table.twice": "{where}, column '{column}': '{came}' came again, it is already in line {first}; each "
    "school was expected once.",
    "table.twice_group": "{where}, column '{column}': '{came}' with group '{group}' came again, it is "
    "already in line {first}; once was expected.",
    "table.twice_do": "Delete one of the two; or, if they are parts of one school (its classes), add its rows up "
    "first.",
    "table.told_apart": "Column '{column}' tells them apart ({values}): write {where} to keep only one, "
    "or {by} to measure each. If they are parts of one school (its classes), add its rows up first.",
    "table.told_apart.page": "Column '{column}' tells them apart ({values}): choose “only the rows where it is "
    "…” for it under “Which columns?”. If they are parts of one school (its classes), add its rows up first.",
    "table.mixed": "{where}, column '{column}': school '{unit}' has '{came}' here and '{first}' before; "
    "one table was expected.",
    "table.total_row": "{where}, column '{column}': '{came}' looks like a total typed by hand, which "
    "would count every pupil twice; a school was expected. Delete the row, or give the school its full "
    "name.",
    "table.total_sum": "{where}, column '{column}': '{came}' looks like a total typed by hand, because its counts are "
    "the sum of other rows in every column; every pupil would count twice. Delete the row.",
    "table.total_unnamed": "{where}: this row has no name and looks like a total typed by hand, which would count "
    "every pupil twice; a school was expected. Delete the row, or give the school its name.",
    "table.part_above_total": "{where}, column '{column}': {part} is {came} and the total only {total}; a "
    "part cannot be larger than the whole. Correct one of them.",
    # cells
    "table.negative": "{where}, column '{column}': '{came}' came, 0 or more pupils were expected. Correct "
    "it.",
    "table.fraction": "{where}, column '{column}': '{came}' came, a whole number of pupils was expected. "
    "Pupils cannot be split: correct it.",
    "table.percent": "{where}, column '{column}': '{came}' came, a number of pupils was expected and not "
    "a percentage. Write how many pupils it is.",
    "table.thousands": "{where}, column '{column}': '{came}' came, a number without separators was "
    "expected. It could mean {joined} or {split}: write {joined} if that is it.",
    "table.blank": "{where}, column '{column}': nothing came, a number of pupils was expected. Blank is "
    "not 0: write 0, or leave the school out.",
    "table.missing": "{where}, column '{column}': '{came}' came, a number of pupils was expected. Missing "
    "is not 0: write 0 if there are none, or leave the school out.",
    "table.hidden": "{where}, column '{column}': '{came}' came, a number of pupils was expected. A hidden "
    "count is not 0 and cannot be measured here: ask for the number, or leave the school out and say so.",
    "table.huge": "{where}, column '{column}': '{came}' came, a number of pupils was expected; this is "
    "too large to be one.",
    "table.formula": "{where}, column '{column}': a formula without a saved value came ({came}), a number "
    "of pupils was expected. Open the file in a spreadsheet program and save it, or paste the values.",
    "table.date": "{where}, column '{column}': '{came}' came, a date or a range; a number of pupils was "
    "expected. A spreadsheet may have changed it: write the number.",
    "table.scientific": "{where}, column '{column}': '{came}' came, a number of pupils written in full "
    "was expected, such as 120000.",
    "table.words": "{where}, column '{column}': '{came}' came, a number of pupils in digits was expected, "
    "such as 200.",
    "table.names_again": "{where}, column '{column}': the names of the columns came again ('{came}'), a "
    "number of pupils was expected. Delete the line.",
    # --- the command line
    "cli.segkit": "Measure school segregation: every index on one shelf, next to what chance alone would "
    "give.",
    "cli.measure": "every index of a table of schools",
    "cli.measure.about": "Every index of a table of schools (CSV or Excel), each next to what chance "
    "alone would give. Columns that\nare not named are found where there is only one way to read the "
    "file; what was taken is always said.\n\nThree shapes are understood:\n  long                a row "
    "for each school and group: --unit school --group group --count n\n  wide                a column for "
    "each group: --unit school --count native --count foreign\n  a total and a part  the roll, and how "
    "many of them: --unit school --total roll --count free_meals",
    "cli.measure.more": "Example:\n  segkit measure schools.csv --unit school --total roll --count "
    "free_meals --where level=1 --schools\n\nThe csv format has one row per index. With --by, rows about "
    "one value have it in the column 'by', and rows about the\nsplit have 'between' or 'within' in the "
    "column 'part'. With --schools, rows about one school have its name in the\ncolumn 'unit'. Exit code: "
    "0, or 2 with a message that names file, line and column.",
    "cli.measure.file": "CSV or Excel (.xlsx); - reads from standard input",
    "cli.measure.unit": "column that names the schools (or zones)",
    "cli.measure.group": "column that names the groups, where each row is one school and one group",
    "cli.measure.total": "column that counts everyone, where --count is a part of them",
    "cli.measure.count": "column that counts pupils; once for each group",
    "cli.measure.focal": "the group measured against everyone else (otherwise the part, or the smallest "
    "group)",
    "cli.measure.where": "only rows with this value; a column named again may have either value",
    "cli.measure.by": "everything again for each value of this column (sector, level, year), and between "
    "and within them",
    "cli.measure.sheet": "sheet of an Excel workbook (otherwise the first with a table in it)",
    "cli.measure.index": "only this index, for example dissimilarity; may be repeated",
    "cli.measure.bootstrap": "draws for the intervals, for example 1000 (otherwise none)",
    "cli.measure.seed": "the same seed, the same draws (1)",
    "cli.measure.schools": "add a row for each school",
    "cli.measure.format": "table to read, csv and json in full precision",
    "cli.where": "--where: '{came}' came, COLUMN=VALUE was expected, for example --where level=1",
    "cli.twice": "{option} came twice; once was expected",
    "cli.draws": "'{came}' came, at most {most:,} draws were expected (1000 are usual)",
    "cli.patience": "Measuring: {seconds} seconds so far (Ctrl+C stops)",
    "cli.natural": "'{came}' came, a whole number from 0 on was expected",
    "cli.stdin": "standard input",
    "cli.no_stdin": "standard input is closed; a file was expected.",
    "cli.no_stdout": "standard output is closed; there is nowhere to write the answer.",
    "cli.cannot_write": "the answer cannot be written: {why}.",
    "cli.stopped": "stopped.",
    "cli.memory": "the table is too large for the memory of this computer. Measure it in parts with --where.",
    "cli.unexpected": "this should not have happened ({what}: {why}). Please tell us, with the command "
    "but without the file.",
    "cli.took": "What was taken:",
    # a number after its noun: right for one school too
    "cli.counts": "schools: {units:,}; pupils: {pupils:,}; groups: {groups}; focal group: {focal}",
    "cli.dropped.units": "left out, without pupils: {n} ({names})",
    "cli.dropped.groups": "left out, without members: {n} ({names})",
    "cli.by": "Only where {column} is {value}:",
    "cli.split": "Between the values of {column}, and within them:",
    "cli.unavailable": "Cannot be assessed: {names}: {why}.",
    "cli.says": "{name} is {value}: {means}.",
    "cli.says.interval": "Low and high are where an index would lie with other pupils in the same schools (95 % of draws). What "
    "small schools alone add to an index is taken out of them, so they may both lie below it.",
    "cli.says.chance": "If pupils were placed by chance into schools of these sizes, it would be "
    "{expected} on average.",
    "cli.head.index": "index",  # heads of columns; short
    "cli.head.value": "value",
    "cli.head.expected": "by chance",
    "cli.head.p": "p",
    "cli.head.low": "low",
    "cli.head.high": "high",
    "cli.head.total": "total",
    "cli.head.between": "between",
    "cli.head.within": "within",
    "cli.head.unit": "school",
    "cli.head.pupils": "pupils",
    "cli.head.share": "share",
    "cli.head.location_quotient": "location quotient",
    "cli.head.local_segregation": "local segregation",
    "cli.head.contribution": "contribution",
    "cli.index": "--index: there is no index '{came}'. The shelf has: {known}.",
    # --- end of tables and the command line
    # --- the glossary: a term, and what it means in one or two plain sentences (the indices' own are above)
    "glossary.all": "All terms",
    "glossary.met": "Unit {unit}",
    "glossary.unknown": "there is no {came!r} in the glossary; did you mean {known}?",
    "glossary.see_all": "one of those that sk.glossary() lists",
    "glossary.part.idea": "The idea",
    "glossary.part.compared": "What is compared",
    "glossary.part.parable": "The parable",
    "glossary.part.system": "Schools and how they fill",
    "glossary.part.measuring": "Measuring",
    "glossary.part.indices": "The indices",
    "glossary.segregation": "Segregation",
    "glossary.segregation.means": "Groups set apart from each other. The word names the process of separating and also its "
    "result: groups spread unevenly over the places of a whole.",
    "glossary.residential_segregation": "Residential segregation",
    "glossary.residential_segregation.means": "Groups spread unevenly over the neighbourhoods of a town.",
    "glossary.school_segregation": "School segregation",
    "glossary.school_segregation.means": "Groups of pupils spread unevenly over the schools of a system: the same idea as "
    "residential segregation, with other units.",
    "glossary.process_and_result": "Process and result",
    "glossary.process_and_result.means": "The process is who moves, chooses, is refused or is sent where; the result is the "
    "picture at one moment. An index reads the result and does not know the process.",
    "glossary.self_segregation": "Self-segregation",
    "glossary.self_segregation.means": "A group sets itself apart: to keep a language or a faith alive, to keep an advantage "
    "among its own, or to avoid others.",
    "glossary.systemic_segregation": "Systemic segregation",
    "glossary.systemic_segregation.means": "Segregation that follows from how homes and school places are given out, without "
    "anybody having to intend it.",
    "glossary.avoidance": "Avoidance",
    "glossary.avoidance.means": "Choosing a school or a street so as to keep away from others, rather than for what it offers.",
    "glossary.opting_out": "Opting out",
    "glossary.opting_out.means": "Leaving the school that one's address gives, for another public school or for a private one.",
    "glossary.white_flight": "White flight",
    "glossary.white_flight.means": "Families of the majority, or better-off ones, leave a place or its schools as the share of "
    "others there grows. The name comes from the suburbs of US cities.",
    "glossary.unit": "Unit",
    "glossary.unit.means": "Each of the places over which pupils are counted: a class, a school, a neighbourhood, a block of a "
    "board. One unit alone is never segregated; several are, compared with each other.",
    "glossary.scale": "Scale",
    "glossary.scale.means": "How far one looks and how finely one cuts: a city or a region, classes or whole districts. On "
    "another scale the same children give another number.",
    "glossary.whole": "The whole",
    "glossary.whole.means": "All units together: the town, the region, the sector. Each unit is compared with the mix of the whole.",
    "glossary.group": "Group",
    "glossary.group.means": "Pupils counted together because they share something: where their parents were born, free meals, "
    "schooling at home. Which groups one names is a choice.",
    "glossary.focal_group": "Focal group",
    "glossary.focal_group.means": "The group one asks about. An index for two groups compares it with everyone else.",
    "glossary.cut_point": "Cut-point",
    "glossary.cut_point.means": "The place where a continuous status, such as income, is cut into two groups. Another cut, "
    "another number.",
    "glossary.counts": "Counts",
    "glossary.counts.means": "The table that every index reads: a row for each unit, a column for each group, and in each cell "
    "how many pupils.",
    "glossary.share": "Share",
    "glossary.share.means": "A part of a whole, written from 0 to 1: a share of 0.2 is one in five.",
    "glossary.sector": "Sector",
    "glossary.sector.means": "Schools that are run or paid for in the same way, such as public, church and private schools.",
    "glossary.board": "Board",
    "glossary.board.means": "A small town of cells, seen from above. Each cell holds a polygon, that is a triangle or a square, "
    "or nothing.",
    "glossary.neighbours": "Neighbours",
    "glossary.neighbours.means": "The polygons in the eight cells around one; in the corners and along the walls there are fewer "
    "cells.",
    "glossary.neighbourhood": "Neighbourhood",
    "glossary.neighbourhood.means": "An area whose people are counted together. On the board it is one of the blocks into which "
    "the board is cut.",
    "glossary.wish": "Wish",
    "glossary.wish.means": "What a polygon asks of its neighbours: that at least a certain share of them be like it, and perhaps "
    "at most a certain share.",
    "glossary.content": "Content",
    "glossary.content.means": "A polygon whose wish is met; it stays. Here a polygon without neighbours is content too.",
    "glossary.unhappy": "Unhappy",
    "glossary.unhappy.means": "A polygon whose wish is not met; sooner or later it moves.",
    "glossary.settled": "Settled",
    "glossary.settled.means": "A board on which nobody is unhappy, so that nobody moves any more. With some wishes a board never "
    "settles.",
    "glossary.alike": "Neighbours alike",
    "glossary.alike.means": "The share of a polygon's neighbours that are like it, averaged over all polygons that have "
    "neighbours.",
    "glossary.corrected_index": "Alike beyond chance",
    "glossary.corrected_index.means": "Neighbours alike with chance taken out, the corrected index: 0 on a board mixed by lot, however "
    "many of each kind it holds, and 1 where all neighbours are alike.",
    "glossary.bored": "Bored",
    "glossary.bored.means": "A polygon that is content and whose neighbours are all like itself.",
    "glossary.tipping": "Tipping",
    "glossary.tipping.means": "A small change, of a wish or of who lives where, after which a mixed place comes apart by itself.",
    "glossary.seed": "Seed",
    "glossary.seed.means": "The number that chance starts from on these pages: the same seed, the same story, on every machine.",
    "glossary.catchment": "Catchment",
    "glossary.catchment.means": "The area whose children a school takes first, or only. Draw it elsewhere and the school has "
    "other pupils, though nobody has moved house.",
    "glossary.school_choice": "School choice",
    "glossary.school_choice.means": "Rules that let families ask for another school than the one of their address.",
    "glossary.school_market": "School market",
    "glossary.school_market.means": "Schools compete for pupils, and places or money follow what families choose.",
    "glossary.private_school": "Private school",
    "glossary.private_school.means": "A school that no public authority runs, whoever pays for it. Countries draw the line in "
    "different places, so ask who is counted before comparing shares.",
    "glossary.mass_schooling": "Mass schooling",
    "glossary.mass_schooling.means": "A school system that takes in nearly every child of an age. From then on the differences lie "
    "inside it: which school, which track, for how long.",
    "glossary.enrolment_ratio": "Enrolment ratio",
    "glossary.enrolment_ratio.means": "Enrolled pupils, as a percentage of the children of the age that the school is meant for.",
    "glossary.parity": "Parity",
    "glossary.parity.means": "As many of one group as of another, at one door of the system. A parity index divides what one group "
    "reaches by what the other does: 1 is parity.",
    "glossary.tracking": "Tracks (tracking)",
    "glossary.tracking.means": "Courses or schools of different kinds into which pupils of one age are sent, such as general and "
    "vocational ones.",
    "glossary.vocational": "Vocational route",
    "glossary.vocational.means": "A track that prepares for an occupation; VET for short, vocational education and training.",
    "glossary.special_education": "Special education",
    "glossary.special_education.means": "Teaching for pupils with special needs. Where it happens in schools or classes of its "
    "own, it sets pupils apart as well.",
    "glossary.index": "Index",
    "glossary.index.means": "A number that sums up a table of counts so as to answer one question about it.",
    "glossary.evenness": "Evenness",
    "glossary.evenness.means": "How alike the units are in their mix: a group is spread evenly if every unit mirrors the whole.",
    "glossary.exposure": "Exposure",
    "glossary.exposure.means": "Whom a member of the group meets in its own unit, on average.",
    "glossary.concentration": "Concentration",
    "glossary.concentration.means": "How little land the group occupies, for its number.",
    "glossary.clustering": "Clustering",
    "glossary.clustering.means": "How near to each other the places lie where the group lives.",
    "glossary.centralisation": "Centralisation",
    "glossary.centralisation.means": "How near to the centre the group lives.",
    "glossary.by_chance": "By chance",
    "glossary.by_chance.means": "What an index would be on average if the same people were placed by lot into units of the same "
    "sizes. It is not 0, and it is large where units are small.",
    "glossary.p": "p",
    "glossary.p.means": "How often the lot alone gives at least as much as was measured. A small p says that chance is a poor "
    "explanation.",
    "glossary.interval": "Interval",
    "glossary.interval.means": "The range in which a number might have come out with other pupils in the same schools.",
    "glossary.composition_invariant": "Composition-invariant",
    "glossary.composition_invariant.means": "Of an index that stays as it is when a group grows by the same factor in every unit. "
    "D is; isolation is not.",
    "glossary.curve": "Segregation curve",
    "glossary.curve.means": "Both groups counted up along the schools, from the lowest share of the focal group to the highest. "
    "The farther the curve hangs below the diagonal, the less even the schools.",
    "glossary.between_within": "Between and within",
    "glossary.between_within.means": "Two parts of one number: what separates whole sectors or zones from each other, and what "
    "separates the schools inside each.",
    "glossary.threshold": "Threshold",
    "glossary.threshold.means": "A value from which segregation is called high. It is a convention, made for one index and one "
    "kind of unit, and does not carry over to others.",
    # --- parable view: what stands on and around a board of polygons; the browser fills the blanks
    "parable.view.run": "Run",
    "parable.view.pause": "Pause",
    # the run is over: plays the same moves once more, from the first
    "parable.view.again": "Run again",
    # one move
    "parable.view.step": "Step",
    "parable.view.start": "Back to start",
    "parable.view.new": "New board",
    "parable.view.speed": "Speed",
    # moves per second
    "parable.view.speed.value": "{n} moves/s",
    # a slider along the moves made so far
    "parable.view.scrub": "Go back along the moves",
    "parable.view.scrub.value": "after {at} of {of} moves, {unhappy} unhappy",
    # the number a random board was drawn with
    "parable.view.seed": "Seed",
    "parable.view.cut": "Cut into",
    "parable.view.share": "Share",
    "parable.view.picture": "Picture",
    "parable.view.data": "Data",
    "parable.view.table": "Table",
    "parable.view.copy": "Copy",
    "parable.view.copied": "Copied",
    "parable.view.close": "Close",
    "parable.view.line": "This line replays the whole story, drags and all:",
    "parable.view.replay": "Play a shared line (paste it here):",
    "parable.view.replay.go": "Play it",
    "parable.view.saved": "Saved as {name}.",
    "parable.view.seed.whole": "A seed is a whole number from 0 on, of at most 15 digits: it stays {seed}.",
    "parable.view.moves": "Moves",
    "parable.view.unhappy": "Unhappy",
    "parable.view.now": "now",
    "parable.view.chance": "by chance",
    # under the curve
    "parable.view.axis": "moves",
    # the curve, for those who do not see it; {values}: "share alike 0.75 (by chance 0.50), ..."
    "parable.view.chart": "Curve over the moves. After {at} moves: {values}.",
    "parable.view.chart.value": "{name} {value} (by chance {chance})",
    # how a run ended, in a word or two beside the number of moves
    "parable.view.settled": "Settled",
    "parable.view.stuck": "Stuck",
    "parable.view.limit": "Not settled",
    # the key to the drawings
    "parable.view.legend.unhappy": "unhappy",
    "parable.view.legend.content": "content",
    "parable.view.legend.meh": "bored: all alike",
    "parable.view.legend.border": "border",
    # without faces: a board of very many
    "parable.view.legend.triangle": "triangle",
    "parable.view.legend.square": "square",
    "parable.view.legend.dark": "unhappy",
    "parable.view.legend.pale": "pale: all its neighbours are alike",
    # --- what a board says aloud while the keyboard is used
    "parable.view.board": "Board of {rows} rows and {columns} columns",
    "parable.view.hint": "Arrows go from cell to cell. Enter picks up and drops, Escape puts back. U finds the next unhappy one, E the "
    "next empty cell. R reads the row, N what surrounds the cell.",
    "parable.view.hint.still": "Arrows go from cell to cell. U finds the next unhappy one. R reads the row, N what surrounds the cell.",
    "parable.view.kind.triangle": "Triangle",
    "parable.view.kind.square": "Square",
    "parable.view.face.unhappy": "unhappy",
    "parable.view.face.content": "content",
    "parable.view.face.meh": "content but bored",
    "parable.view.at.polygon": "{kind}, row {row}, column {column}: {face}; {same} of {neighbours} neighbours like it.",
    "parable.view.at.alone": "{kind}, row {row}, column {column}: {face}; no neighbours.",
    "parable.view.at.empty": "Empty cell, row {row}, column {column}.",
    "parable.view.over.empty": "Row {row}, column {column}, empty: here it would be {face}, {same} of {neighbours} "
    "neighbours like it.",
    "parable.view.over.alone": "Row {row}, column {column}, empty: here it would be {face}, with no neighbours.",
    "parable.view.over.home": "Row {row}, column {column}: where it came from.",
    "parable.view.over.taken": "Row {row}, column {column}: taken.",
    "parable.view.picked": "{kind} picked up. Arrows carry it, Enter drops it, Escape puts it back.",
    "parable.view.fixed": "{kind}, row {row}, column {column}: only the unhappy may be moved here.",
    "parable.view.never": "On this board nothing is moved by hand.",
    # one short line under the board, for the eye: the cell under the pointer; while one is carried, how it would be there
    "parable.view.see.polygon": "{kind}: {face}; {same} of {neighbours} neighbours like it.",
    "parable.view.see.polygon.alone": "{kind}: {face}; no neighbours.",
    "parable.view.see.empty": "Empty cell.",
    "parable.view.see.over": "Here it would be {face}; {same} of {neighbours} like it.",
    "parable.view.see.over.alone": "Here it would be {face}; no neighbours.",
    "parable.view.see.taken": "This cell is taken.",
    "parable.view.see.outside": "Outside the board.",
    "parable.view.back.taken": "That cell is taken: put back.",
    "parable.view.back.outside": "Outside the board: put back.",
    # where the reader stands, on the way or gone back along the moves
    "parable.view.placed": "Move {at}: {unhappy} unhappy.",
    "parable.view.placed.of": "Move {at} of {of}: {unhappy} unhappy.",
    "parable.view.placed.start": "At the start: {unhappy} unhappy.",
    "parable.view.placed.pill": "Move {at} of {of}",
    "parable.view.back": "Put back.",
    # while it runs, now and then, for those who do not see it
    "parable.view.news.run": "Running.",
    "parable.view.news": "{at} moves, {unhappy} unhappy.",
    # a whole row, and what surrounds a cell: "Row 3: 1 triangle, content; 2 to 4 empty; 5 square, unhappy."
    "parable.view.row": "Row {row}: {cells}.",
    "parable.view.row.one": "{from} {what}",
    "parable.view.row.many": "{from} to {to} {what}",
    "parable.view.is.polygon": "{kind}, {face}",
    "parable.view.is.empty": "empty",
    "parable.view.around": "Around row {row}, column {column}: {cells}.",
    "parable.view.around.one": "{side} {what}",
    "parable.view.side.0": "above left",
    "parable.view.side.1": "above",
    "parable.view.side.2": "above right",
    "parable.view.side.3": "left",
    "parable.view.side.4": "right",
    "parable.view.side.5": "below left",
    "parable.view.side.6": "below",
    "parable.view.side.7": "below right",
    "parable.view.nobody": "Nobody is unhappy.",
    "parable.view.full": "There is no empty cell.",
    "parable.view.help": "Keys",
    # each: a key (or keys, separated by spaces), a bar, what it does
    "parable.view.help.arrows": "← ↑ → ↓|go from cell to cell",
    "parable.view.help.pick": "Enter|pick up, and drop",
    "parable.view.help.cancel": "Esc|put it back",
    "parable.view.help.unhappy": "U|next unhappy one",
    "parable.view.help.empty": "E|next empty cell",
    "parable.view.help.row": "R|read the row",
    "parable.view.help.around": "N|read what surrounds the cell",
    "parable.view.help.ends": "Home End|first and last cell of the row",
    "parable.view.minus": "−",
    # between thousands: 12,345
    "parable.view.thousands": ",",
    # no number can be given, for instance because nobody has a neighbour
    "parable.view.none": "–",
    # the name of a picture that is saved; no ending
    "parable.view.file": "board-after-{at}-moves",
    # --- end of the parable view
    # --- is the page alive? (start here)
    "alive.waiting": "Asking the program behind this page …",
    # {ms} is filled in by the page itself
    "alive.works": "Everything works: this page and the program behind it answered each other in {ms} ms.",
    "alive.slow": "Everything works, on a slow line: an answer took {ms} ms. Films and boards run smoothly all the same, "
    "because they are computed in advance.",
    "alive.silent": "The program behind this page does not answer. In JupyterLab, choose Kernel, then Restart Kernel and Run All "
    "Cells. In Voila, load the page again. If neither helps, close the page and open it anew.",
    "alive.wrong": "The program behind this page answers, but its numbers are not as they should be. Please tell us, with the line "
    "below.",
    "alive.again": "Ask again",
    "alive.versions": "If you ask for help, add this line: {listed}.",
    "alive.text": "What one can move is not drawn here. In JupyterLab, load the browser's page again and choose Run, then Run "
    "All Cells. A viewer that only shows notebooks cannot draw it: open this notebook in JupyterLab or Voila.",
    # --- the questions of the first page
    "ask.start_lot": "A school has 500 children, 100 of them on free meals, and puts them into 20 classes of 25 by lot. The fair "
    "share is five to a class. Out of every 100 classes made in this way, how many hold exactly five? Guess.",
    "ask.start_lot.why": "Four classes in five hold more or fewer. Nobody chose, nobody avoided anyone: a lot is enough. The film shows "
    "one lottery after another; press Play, or move its slider.",
    "ask.start_uneven": "In a school like this, some class holds far more children on free meals than its fair share, and some other far "
    "fewer. What does that show?",
    "ask.start_uneven.a": "Somebody has sorted the children.",
    "ask.start_uneven.a.why": "It need not be so: a lottery drawn by this page put {most} of them into one class and {least} into "
    "another. Differences like these say nothing until one knows what a lot would do.",
    "ask.start_uneven.b": "Nothing yet: a lot does so by itself.",
    "ask.start_uneven.b.why": "Every answer comes with its reason, right or wrong. You will meet this one again: next to each number "
    "these pages print what chance alone would give.",
    # --- Unit 2.1: the opening guess and the last checks
    "ask.def_concentration": "Think of all 15-year-olds in the European Union with a foreign-born parent, and of the quarter of schools where such "
    "pupils are most concentrated. Spread evenly over schools of one size, 25 of every 100 would be in that quarter. How many are? Guess.",
    "ask.def_concentration.why": "That was in 2018; over the OECD it was {oecd:.1f}, in Austria {austria:.1f} (OECD/EU, Settling In 2023). The "
    "figure shows a result. It does not say how it came about.",
    "ask.def_picture": "Two boards look the same, cell by cell. On one, an office has put every polygon where it is. On the other, each has moved "
    "until it was content. Which one is the more segregated?",
    "ask.def_picture.a": "The one where each has moved by itself",
    "ask.def_picture.a.why": "Look at the two pictures: there is no difference one could count. How it came about is another question.",
    "ask.def_picture.b": "The one where an office decided",
    "ask.def_picture.b.why": "It may be the one to be angrier about. But the two pictures are the same, and so is every number read off them.",
    "ask.def_picture.c": "Neither: the results are the same, the processes differ",
    "ask.def_picture.c.why": "An index reads the picture. To learn about the process one needs the film: who moved, who chose, who was refused.",
    "ask.def_relative": "In one school nine pupils in ten are on free meals. Is it segregated?",
    "ask.def_relative.a": "Yes: nine in ten is far too many.",
    "ask.def_relative.a.why": "If the town’s other school has nine in ten as well, the two mirror the town, and D is 0. It is a poor town, and no uneven one.",
    "ask.def_relative.b": "No: a single group is not yet segregation.",
    "ask.def_relative.b.why": "If the town’s other school has two in ten, the children are very unevenly spread between the two.",
    "ask.def_relative.c": "One cannot say before one has seen the others.",
    "ask.def_relative.c.why": "Next to a school that also has nine in ten, D is 0; next to one that has two in ten, it is not. Segregation lies between schools.",
    "ask.def_nobody": "On a board mixed at random {before} of 100 neighbours were alike; {start} polygons were unhappy. Once the board had settled, "
    "{after} of 100 were. What must the polygons have wished for?",
    "ask.def_nobody.a": "To have a majority of their own kind around them",
    "ask.def_nobody.a.why": "Not one polygon on this board asked for more than a third. What the whole does cannot be read back into the wishes of each.",
    "ask.def_nobody.b": "Perhaps only not to be too few: a third is enough",
    "ask.def_nobody.b.why": "That is what this board ran with. Each who leaves makes the others there a little fewer, and so gives them a reason that they did not have.",
    "ask.def_nobody.c": "Nothing: a board comes apart by chance.",
    "ask.def_nobody.c.why": "With no wishes nobody is unhappy, nobody moves, and the board stays as mixed as it was.",
    "ask.def_undo": "A board has come apart: its neighbours are alike beyond chance by {a}, where 0 is a lottery and 1 all alike. What brings the polygons together again?",
    "ask.def_undo.a": "Everyone asks for less: a tenth of their own kind is enough.",
    "ask.def_undo.a.why": "Then all are content where they are, and nobody moves: it stays at {b}. When nobody insists any more, what has come apart stays apart.",
    "ask.def_undo.b": "Everyone asks for less, and also wants at least a fifth of others around.",
    "ask.def_undo.b.why": "Now those who live among their own kind only are unhappy, and they move: it falls to {c}, more mixed than a lottery would do it. It takes a wish for others, not only less of a wish for one’s own.",
    "ask.def_undo.c": "Nothing does.",
    "ask.def_undo.c.why": "One of the other two does. Try both in the sandbox.",
    "ask.def_catchment": "Four streets: 30 ▲ and 10 ■ in the first, 10 and 30 in the second, 30 and 10 in the third, 10 and 30 in the fourth. Street by street, "
    "D is {streets:.2f}. The first two streets share a school, and the last two share another. What is D of the schools?",
    "ask.def_catchment.why": "Each school gets 40 and 40. Had the first and the third street shared a school, and the second and the fourth, D of the schools would "
    "be {other:.2f}. The same homes, other catchments.",
    "ask.def_intention": "Which of these comes apart without anybody wanting it?",
    "ask.def_intention.a": "Families of a minority found a school of their own, to keep their language.",
    "ask.def_intention.a.why": "Here a group sets itself apart, with a reason of its own: self-segregation.",
    "ask.def_intention.b": "Each family moves only where fewer than a third around it are like it.",
    "ask.def_intention.b.why": "Nobody wants to live apart, and the town comes apart all the same. One calls it systemic: it comes from how the wishes add up.",
    "ask.def_intention.c": "Well-off families found a school with a high fee, so that their children are among their own.",
    "ask.def_intention.c.why": "Here they say what the fee is for: to be apart is what they want. If all they wanted were the teaching, the school could look the same. Who is there does not tell why.",
    "ask.def_missing": "A newspaper writes: “School segregation in our town is {classes:.2f}.” What do you have to ask first?",
    "ask.def_missing.a": "Nothing: a number is a number.",
    "ask.def_missing.a.why": "The same pupils, sitting where they sit, give {classes:.2f} counted by class and {districts:.2f} counted by district.",
    "ask.def_missing.b": "Of whom, between what, and over which whole?",
    "ask.def_missing.b.why": "Which group, cut where; classes, schools or districts; of the town or of the region, one sector or all. Counted by district the same "
    "pupils give {districts:.2f}. And then: what would chance give?",
    # --- the page itself, in Voila
    "page.starting": "Getting the page ready: the numbers on it are computed for you. This takes a few seconds.",
    # which step of how many, while a page is being made
    "page.step": "Step {step} of {steps}",
    "page.slow": "Still working: this step takes a little longer.",
    "page.noscript": "This page needs JavaScript: please allow it in your browser, then open the page again.",
    "page.lost": "The page has lost its connection and tries again by itself. What you see stays, but nothing follows "
    "until it is back.",
    # a kernel is the program that computes what the page shows; it ends after a while, or when the server stops
    "page.ended": "The program behind this page has ended, so nothing here follows any more. Download or copy what you "
    "want to keep, then start again.",
    "page.again": "Start again",
    "page.broken": "This step could not be computed, and the page stops here. Open the page again; if it happens once "
    "more, please tell us which step.",
    "page.choose": "Choose a page",
    "page.up": "Up one folder",
    "page.missing": "There is no such page here.",
    # --- playing: what is said about a board
    "playing.stage": "{what}: {came} was not expected; there are {known}",
    "playing.side": "the size is {came}, but a whole number of cells from 1 to {most} was expected",
    "playing.short": "step {step} is beyond its end: there are {steps} steps",
    "playing.stands": "step {at} of {of}, {unhappy} unhappy",
    "playing.recipe": "this line does not replay: {came}\nwhat stands against it: {why}. A line begins with \"segkit: size=20x20 …\" and is copied whole",
    "parable.what": "a Stage, a Board or the line of a shared board was expected, but this is a {came}",
    "parable.either": "either a board or a stage that is there, or what to make one of ({options}), not both",
    "playing.part": "“{came}” is no part of such a line",
    "playing.no_sign": "it does not begin with \"segkit:\"",
    "playing.own_rule": "a board with a rule, a wish or a reach of one's own cannot be written as a line",
    "parable.free.title": "A board of polygons",
    "parable.free.task": "Drag anybody, press run, change what they wish for.",
    "parable.triangle": "triangle",
    "parable.square": "square",
    "parable.percent": "{n} %",
    "parable.unhappy": "Unhappy",
    "parable.face.1": "unhappy",
    "parable.face.2": "content",
    "parable.face.3": "content, with all neighbours alike",
    "parable.line.alike": "neighbours alike",  # the mean share of neighbours like oneself
    "parable.line.index": "alike beyond chance",  # the corrected index
    "parable.line.dissimilarity": "dissimilarity",
    "parable.line.isolation": "isolation",
    "parable.refused.none": "Nobody is moved by hand on this board.",
    "parable.refused.nobody": "Nobody is there.",
    "parable.refused.taken": "Somebody is there already. Choose an empty cell.",
    "parable.refused.back": "Back where it was.",
    "parable.refused.still": "This one must sit still here. Move its neighbours.",
    "parable.refused.content": "Only unhappy ones may be moved here, and this one is content.",
    "parable.refused.outside": "That is not on the board.",
    "parable.said.moved": "The {kind} is now in row {row}, column {column}, and is {face}.",
    "parable.said.change": "{parts}.",
    "parable.said.value": "{name} {value}",
    "parable.said.cut": "Cut into {name}: {n} units.",
    "parable.said.block": "Cut into blocks of {n} × {n} cells.",
    "parable.said.from_to": "{name} {before} → {after}",
    "parable.said.settled": "Settled after {moves} moves: nobody is unhappy.",
    "parable.said.settled.none": "Nobody is unhappy, so nobody moves.",
    "parable.said.settled.one": "Settled after one move: nobody is unhappy.",
    "parable.said.stuck": "Not settled: {unhappy} are unhappy, and none of them has a place to go. {moves} moves so far.",
    "parable.said.limit": "Not settled after {moves} moves: {unhappy} are still unhappy. It may never settle.",
    "parable.said.new": "A new board, seed {seed}. Unhappy: {unhappy} of {polygons}.",
    # a shared line was pasted; {why} is one of the reasons under playing, without its full stop
    "parable.said.replayed": "The shared line is played, up to move {at}. Unhappy: {unhappy} of {polygons}.",
    "parable.said.kept": "This line cannot be played, so the board stays as it is: {why}.",
    "parable.said.start": "Back to the start. Unhappy: {unhappy} of {polygons}.",
    "parable.symbol.alike": "alike",
    "parable.symbol.index": "beyond chance",
    "parable.symbol.dissimilarity": "D",
    "parable.symbol.isolation": "isolation",
    "parable.slider.least": "Wish: at least this share alike",
    "parable.slider.least.value": "{n} %",
    "parable.slider.most": "Wish: at most this share alike",
    "parable.slider.most.value": "{n} %",
    "parable.slider.full": "Cells that are full",
    "parable.slider.full.value": "{n} %",
    "parable.slider.composition": "Triangles among all",
    "parable.slider.composition.value": "{n} %",
    "parable.slider.size": "Size of the board",
    "parable.slider.size.value": "{n} × {n}",
    "parable.slider.block": "Size of a neighbourhood",
    "parable.slider.block.value": "{n} × {n} cells",
    "parable.data.name": "board-seed-{seed}-after-{at}-moves",  # name of a file
    "parable.table.unit": "Unit",  # a neighbourhood, or the catchment of a school
    "parable.table.triangles": "Triangles",
    "parable.table.squares": "Squares",
    "parable.table.all": "All",
    "parable.table.share": "Share of triangles",
    "parable.table.none": "–",
    "parable.table.whole": "Whole board",
    "parable.table.caption": "The board after {at} moves, cut into {n} units",
    "parable.said.set": "{name}: {value}. Unhappy: {unhappy} of {polygons}.",
    # --- the questions of the parable, Unit 2.1
    "ask.parable_moods": "Everybody wishes for at least a third of their neighbours to be like them. A square has five neighbours, and one of "
    "them is a square. Is it content?",
    "ask.parable_moods.a": "Yes: it is not alone.",
    "ask.parable_moods.a.why": "Not alone, but 1 of 5 is a fifth, less than a third. It wants to move.",
    "ask.parable_moods.b": "No: 1 of 5 is less than a third.",
    "ask.parable_moods.b.why": "With 2 of 5 it would stay, and with 1 of 3 as well: a third exactly is enough. Empty cells do not count.",
    "ask.parable_moods.c": "No: most of its neighbours are triangles.",
    "ask.parable_moods.c.why": "It has nothing against being the minority. 2 squares and 3 triangles would do, 2 and 4 too.",
    "ask.parable_settle": "Triangles and squares are dealt out by lot, half and half: half of everybody’s neighbours are like them. Each wishes for "
    "a third, and whoever is unhappy moves. In the end nobody is unhappy. What percentage of neighbours will then be alike?",
    "ask.parable_settle.why": "That is the mean of {n} boards; they ended between {low:.0f} and {high:.0f}. Asked for: 33. Had at the start: "
    "50. Here is one of them: press Run.",
    "ask.parable_checkerboard": "Here is a town along four streets, mixed as well as can be, and everybody is content. One single polygon moves to another "
    "place. What happens then, usually?",
    "ask.parable_checkerboard.a": "Nothing: one is not many.",
    "ask.parable_checkerboard.a.why": "One is enough to make somebody else unhappy: so it was in {upset} of {tried} trials.",
    "ask.parable_checkerboard.b": "Its neighbours move too, then it is quiet again, and the town is still mixed.",
    "ask.parable_checkerboard.b.why": "Sometimes. But in half of {n} trials {median:.0f} % of neighbours or more were alike in the end.",
    "ask.parable_checkerboard.c": "One move leads to the next, until the mix is gone.",
    "ask.parable_checkerboard.c.why": "From {before:.0f} % of neighbours alike to {median:.0f} % or more, in half of {n} trials. Everybody was content, and everybody "
    "was close to not being so. Try it.",
    "ask.parable_half": "A wish for a third ended at about {third:.0f} % of neighbours alike. Now everybody wishes for half. What will it be?",
    "ask.parable_half.why": "The mean of {n} boards. Half alike is just what a lottery gives, and still it is not what they get. Here are both wishes, on the "
    "same board: run one, then the other.",
    "ask.parable_lower": "This town has settled under a wish for half: {alike:.0f} % of neighbours are alike. A generation later, everybody wishes for a tenth only. Press Run, and …",
    "ask.parable_lower.a": "… it mixes again, to what a wish for a tenth gives.",
    "ask.parable_lower.a.why": "For that, somebody would have to move. Who is unhappy? Nobody: to have more than one wished for is no reason to go.",
    "ask.parable_lower.b": "… nothing moves.",
    "ask.parable_lower.b.why": "A smaller wish makes nobody unhappy, and only the unhappy move. Moves made: {moves}.",
    "ask.parable_lower.c": "… it mixes halfway.",
    "ask.parable_lower.c.why": "The first step would need somebody who is unhappy. There is nobody.",
    "ask.parable_scale": "The settled board, cut into sixteen neighbourhoods: D = {fine:.2f}. Nobody moves; the same board is cut into its four quarters. What is D?",
    "ask.parable_scale.why": "Four large neighbourhoods, each with a part of everything: what lies apart inside them is not seen. So a D without its units says "
    "little. Slide from small to large, and look at the table.",
    "ask.parable_catchments": "Between neighbourhoods, D is {homes:.2f}. The town builds four schools; every child goes to the school of its catchment, and the catchments run "
    "from one quarter across the border into the other. What is D between the schools?",
    "ask.parable_catchments.why": "With catchments along the border, D between schools would be {along:.2f}: the schools would mirror the homes. Nobody moved house; somebody "
    "drew lines. See both.",
    # --- end of the questions of the parable
    # --- parables: the boards of Unit 2.1: what each is called, what to do, and what it showed (said after play)
    "parable.one_unhappy.title": "Somebody is unhappy",
    "parable.one_unhappy.task": "Drag the unhappy triangle to an empty place.",
    "parable.one_unhappy.moral": "Content. It had nothing against squares. It only did not want to be nearly alone "
    "among them.",
    "parable.three_moods.title": "Three moods",
    "parable.three_moods.task": "Cheer up the unhappy triangle in the left group, without touching it.",
    "parable.three_moods.moral": "The triangle sat still; its neighbours changed. 1 of 6 like it was too few; {same} of {neighbours} is a third or more, "
    "and that is enough. The bored one on the right, with 6 of 6 alike, is content as well: nothing ever happens there.",
    "parable.by_hand.title": "A town to settle",
    "parable.by_hand.task": "Drag unhappy polygons to empty places until everybody is content.",
    "parable.by_hand.moral": "Settled, after {moves}. Of a polygon's neighbours, {after} % are now like it, on "
    "average; it was {before} %. Nobody asked for more than a third.",
    "parable.two_strangers.title": "Two strangers",
    "parable.two_strangers.task": "Find a better place for each of the two who are unhappy.",
    "parable.two_strangers.moral": "Settled, after {moves}, and both blocks they left are of one kind. Nobody sent the strangers away: each was the only one "
    "of its kind there, and left.",
    "parable.settle.title": "By itself",
    "parable.settle.task": "Press Run, and watch the curve.",
    "parable.settle.moral": "Everybody is content after {moves}. On average {after} % of a polygon's "
    "neighbours are like it now; it was {before} %. Each asked for a third, and nobody for more.",
    "parable.checkerboard.title": "A perfect mix",
    "parable.checkerboard.task": "Everybody is content. Move any one of them to another place, then press Run.",
    "parable.checkerboard.moral": "From {before} % of neighbours alike to {after} %, in {moves}, yours "
    "included. The mix was perfect, but nobody had a reason to keep it.",
    "parable.wish.title": "How much is a little?",
    "parable.wish.task": "Press Run. Then set the wish to 50 %, go back to the start, and run again.",
    "parable.wish.moral": "Under a wish of {wish} % the board ended with {after} % of neighbours alike; left alone under "
    "a wish of a third, it ends with {third} %. All together got more than each of them asked for.",
    # nobody got more than was asked for
    "parable.wish.moral.equal": "Under a wish of {wish} % the board ended with {after} % of neighbours alike; left alone "
    "under a wish of a third, it ends with {third} %.",
    "parable.wish.moral.unsettled": "Not settled after {moves}: under a wish of {wish} %, {unhappy} of {polygons} are still "
    "unhappy, and {after} % of neighbours are alike. Left alone under a wish of a third, the board settles at {third} %. "
    "To ask for more is not yet to get it.",
    "parable.third.title": "A third",
    "parable.third.task": "Everybody wishes for at least 1/3 alike. Press Run.",
    "parable.third.moral": "A wish of 33 %, an outcome of {after} %.",
    "parable.half.title": "A half",
    "parable.half.task": "The same board, but everybody wishes for at least 1/2 alike. Press Run.",
    "parable.half.moral": "A wish of 50 %, an outcome of {after} %.",
    "parable.lower_the_wish.title": "Asking for less",
    "parable.lower_the_wish.task": "This town has settled. Lower the wish to 10 % or less. Who wants to move now? Press Run to make sure.",
    "parable.lower_the_wish.moral": "With a wish of {wish} %, nobody wants to move: {after} % of neighbours stay alike. A smaller wish "
    "makes nobody unhappy, and whoever is content stays. A town remembers what its people no longer want.",
    "parable.leave_if_alike.title": "Another wish",
    "parable.leave_if_alike.task": "The same town, and nobody asks for their own kind any more. Lower “at most” a little at a time, and press Run each time.",
    "parable.leave_if_alike.moral": "From {before} % of neighbours alike to {after} %, in {moves}. Nobody has "
    "more than eight neighbours, so “at most {most} %” asks for no more than this: one of them who differs.",
    "parable.leave_if_alike.moral.more": "From {before} % of neighbours alike to {after} %, in {moves}. Of eight "
    "neighbours, “at most {most} %” asks for {differ} who differ; “at most 90 %” would ask for one.",
    "parable.leave_if_alike.moral.unsettled": "Not settled after {moves}: under “at most {most} %”, {unhappy} of {polygons} "
    "are still unhappy. From {before} % of neighbours alike to {after} %. Try what a smaller wish for difference does.",
    "parable.double_wish.title": "Somebody like me, somebody unlike me",
    "parable.double_wish.task": "The same town again. Now everybody wishes for at least 10 % and at most 80 % alike. Press Run.",
    "parable.double_wish.moral": "From {before} % of neighbours alike to {after} %, and D from {d_before} to "
    "{d_after}; a lottery would give about {d_chance}. Whoever has neighbours has both among them, somebody like and "
    "somebody unlike, and the town is mixed.",
    # at least 0 %: some have nobody of their own kind next door
    "parable.double_wish.moral.no_least": "From {before} % of neighbours alike to {after} %, and D from {d_before} to "
    "{d_after}; a lottery would give about {d_chance}. The town is mixed. Nobody asked for their own kind; polygons that have "
    "none of it next door: {without}.",
    # at most 100 %: mixed by hand, for nobody asked for a difference
    "parable.double_wish.moral.no_most": "From {before} % of neighbours alike to {after} %, and D from {d_before} to "
    "{d_after}; a lottery would give about {d_chance}. The town is mixed, though nobody asked for anybody unlike them.",
    "parable.double_wish.moral.apart": "From {before} % of neighbours alike to {after} %, and D from {d_before} to "
    "{d_after}; a lottery would give about {d_chance}. Everybody is content with at least {least} % and at most {most} %, "
    "and the town is still apart. Which of the two wishes would have to be another?",
    "parable.double_wish.moral.unsettled": "Not settled after {moves}: under at least {least} % and at most {most} %, "
    "{unhappy} of {polygons} are still unhappy. From {before} % of neighbours alike to {after} %, and D from {d_before} to "
    "{d_after}; a lottery would give about {d_chance}. Two wishes can leave too little room between them.",
    "parable.together.title": "Room by the wall",
    "parable.together.task": "Two triangles are unhappy. Find a place where both are content.",
    "parable.together.moral": "Neither could do it alone: in every empty place, the first to arrive is the only "
    "triangle. The second makes it worth while for both.",
    "parable.neighbourhoods.title": "The board is a town",
    "parable.neighbourhoods.task": "Make the neighbourhoods larger, from 5 × 5 up to 10 × 10 cells, and watch D.",
    "parable.neighbourhoods.moral": "Nobody moved: {alike} % of neighbours are alike all the time. Yet D is {d2} "
    "over blocks of 2 × 2 cells, {d5} over 5 × 5 and {d10} over 10 × 10. What differs inside a unit cannot be seen "
    "from outside.",
    "parable.catchments.title": "From housing to schools",
    "parable.catchments.task": "Nobody moves house. Cut the town by its homes, then into catchments along the border, then across it.",
    "parable.catchments.moral": "The same children in the same homes: D is {homes} between neighbourhoods, {along} between schools whose catchments follow the "
    "border, and {across} where they run across it.",
    # {moves} in the sentences above
    "parable.moves": "{n} moves",
    "parable.moves.one": "one move",
    "parable.sandbox.title": "Sandbox",
    "parable.sandbox.task": "Change anything. What is the smallest change that mixes a settled town?",
    "parable.cut.homes": "neighbourhoods of 4 × 4 homes",
    "parable.cut.along": "four catchments along the border",
    "parable.cut.across": "four catchments across the border",
    # --- end of parables
    # --- schelling: the parable's board
    "schelling.wish": "the least wished for, {least}, is more than the most, {most}: nobody could ever be content. Choose least ≤ most",
    "schelling.alone": "alone is {came}, but a polygon without neighbours is \"content\" or \"unhappy\"",
    "schelling.share": "{name} is {came}, but a share from 0 to 1 was expected, such as 0.8 or \"1/3\"",
    "schelling.cells": "a board is a table of whole numbers, rows and columns: 0 an empty cell, 1 a triangle, 2 a square",
    "schelling.size": "the size is {came}, but whole numbers from 1 to {most} were expected: one for a square board, or (rows, columns)",
    "schelling.edges": "edges is {came}, but a board has \"walls\" or is a \"torus\" (opposite sides joined)",
    "schelling.radius": "radius is {came}, but neighbours are counted within 1 cell (8 around) or 2 cells (24 around)",
    "schelling.torus": "a board whose opposite sides are joined needs at least {least} rows and columns, so that nobody is a neighbour twice",
    "schelling.seed": "the seed is {came}, but a whole number from 0 on was expected",
    "schelling.text": "a board is written with ▲ or T for a triangle, ■ or S for a square, · or . for an empty cell, every line as long as the others; this came: {came}",
    "schelling.block": "a block is {came}, but the side of a block in cells was expected (a whole number from 1 on), or an array of whole numbers of shape {shape} that says which unit each cell belongs to",
    "schelling.cell": "{came} is no cell of this board of {rows} rows and {columns} columns (both counted from 0)",
    "schelling.nobody": "nobody is in cell {cell}, so nobody can move from there",
    "schelling.schools": "schools are places on the board, each a pair (row, column), at least one",
    "schelling.whole": "{name} is {came}, but a whole number from 0 on was expected",
    "schelling.content": "the wish is {came}, but a Wish was expected, or a share such as 0.5 or \"1/3\", or an object with content(same, neighbours)",
    "schelling.rule": "the rule is {came}, but a function was expected, such as segkit.schelling.nearest",
    "schelling.step": "step {came} is not in this run of {most} moves",
    "schelling.wish_as": "at least {least} and at most {most} of the neighbours alike",  # fractions such as 1/3
    "schelling.board": "a board of {rows} × {columns} cells with {polygons} polygons",
    "schelling.ended.settled": "settled after {n} moves",
    "schelling.ended.stuck": "not settled: after {n} moves some are unhappy and none of them can move",
    "schelling.ended.limit": "not settled after {n} moves",
    # --- many boards: segkit simulate, segkit sweep
    "sweep.rule": "there is no rule '{came}'; there are: {known}",
    "sweep.runs": "{came:,} runs are asked for, at most {most:,} are played at once: fewer shares or fewer repeats",
    "sweep.none": "{name}: nothing came, at least one share from 0 to 1 was expected",
    "sweep.number": "there is no number '{came}'; a run has: {known}",
    "sweep.not_played": "{name} {came} was not played; there are: {known}",
    "sweep.repeat": "repeat {came} was not played; boards of a setting are counted from 0, the last is {last}",
    "sweep.says": "Runs: {n:,}, on {rows} × {columns} cells: wishes {wishes}, shares of cells occupied {fulls}, "
    "compositions {mixes}, boards for each {repeats}.",
    "sweep.says.settled": "Settled: {settled:,}. Not settled after {moves:,} moves: {left:,}.",
    "sweep.says.stopped": "Stopped before its end: {n:,} of {all:,} runs were played and are kept.",
    # the heat map of a sweep
    "plots.tipping.title.index": "Where it tips: how far beyond chance neighbours are alike",
    "plots.tipping.title.alike": "Where it tips: how alike neighbours are in the end",
    "plots.tipping.title.dissimilarity": "Where it tips: dissimilarity (D) of the blocks in the end",
    "plots.tipping.title.settled": "Where boards settle",
    "plots.tipping.title.moves": "How many moves it takes to settle",
    "plots.tipping.index": "corrected index (0 by chance, 1 all alike)",
    "plots.tipping.alike": "mean share of like neighbours (0 to 1)",
    "plots.tipping.dissimilarity": "D of the blocks (0 to 1)",
    "plots.tipping.settled": "share of boards that settled (0 to 1)",
    "plots.tipping.moves": "moves until settled, the median",
    "plots.tipping.x": "wish: the least share of like neighbours",
    "plots.tipping.y.empty": "share of cells empty",
    "plots.tipping.y.composition": "share of triangles",
    "plots.tipping.mix": "share of triangles {mix}",
    "plots.tipping.boards": "Boards of {rows} × {columns} cells, {repeats} for each setting.",
    # where none settled: stopped at the limit, nobody could move, or some of both
    "plots.tipping.none.limit": "Striped: none settled in {moves:,} moves.",
    "plots.tipping.none.stuck": "Striped: none settled, because nobody who was unhappy could move.",
    "plots.tipping.none.both": "Striped: none settled in {moves:,} moves, or until nobody who was unhappy could move.",
    "plots.tipping.some": "Dot: only some settled; what is shown is of all, as they ended.",
    "plots.tipping.some.moves": "Dot: only some settled; the moves are of those.",
    "plots.tipping.stopped": "Stopped after {n:,} of {all:,} runs; blank: not played.",
    "plots.tipping.cell.none": "{value} (none settled)",
    "plots.tipping.cell.some": "{value} ({share:.0%} settled)",
    "plots.tipping.nothing": "no number",
    "plots.tipping.row.empty": "Empty {share}: {row}.",
    "plots.tipping.row.composition": "Triangles {share}: {row}.",
    "plots.tipping.alt": "{title}. A heat map of the {what}, wish by wish. {said} {notes}",
    "cli.playing": "Playing: {seconds} seconds so far (Ctrl+C stops)",
    "simulate.cli": "boards of polygons who wish for a few like neighbours, left to settle",
    "simulate.cli.about": "Fill boards by lot with triangles and squares, let everybody who is unhappy move, and tell how "
    "each one\nends: the parable of Sakoda and Schelling. A SHARE is a number from 0 to 1, written as a decimal or a "
    "fraction (1/3).",
    "simulate.cli.more": "Each run is told by its seed; whether it settled (nobody is unhappy any more); how many moved; "
    "alike, the mean share\nof like neighbours of those who have any; index, the same with chance taken out (0 as by "
    "chance, 1 all alike);\ndissimilarity over the blocks; unhappy_start, the share (0 to 1) of polygons that were "
    "unhappy before the first move;\nand how it ended: settled, stuck (nobody who was unhappy could move) or limit (stopped at "
    "--max-moves). What cannot\nbe said is null. The summary has the median and 95th percentile of the moves of runs "
    "that settled, and only of those,\nand the mean and standard deviation of the other numbers over all runs. Same seed, "
    "same numbers; a share that no\ndecimal holds is given as text (\"1/3\"), so that the parameters give the same runs again. "
    "Ctrl+C stops: what was played\nis given, and the exit code is 2.\n\nExample:\n  segkit simulate "
    "--least 1/2 --runs 100 --format table",
    "simulate.cli.size": "cells of a side, or ROWSxCOLUMNS (20)",
    "simulate.cli.full": "share of cells with a polygon (0.8)",
    "simulate.cli.composition": "share of triangles among the polygons (0.5)",
    "simulate.cli.least": "wish: the least share of like neighbours, included (1/3)",
    "simulate.cli.most": "wish: the greatest share of like neighbours, included (1)",
    "simulate.cli.alone": "what a polygon without neighbours is (content)",
    "simulate.cli.edges": "walls around the board, or a torus: opposite edges are joined (walls)",
    "simulate.cli.rule": "who moves where: one unhappy polygon by lot to an empty cell by lot (random), to the nearest "
    "cell where it is content (nearest), everybody in turn (turn), or two unhappy ones of different kinds change places "
    "(swap)",
    "simulate.cli.block": "side, in cells, of the blocks over which dissimilarity is read (5)",
    "simulate.cli.seed": "seed of the first run; the next has the next, so for other boards begin beyond the last one's (1)",
    "simulate.cli.max-moves": "stop a run after so many moves (20000)",
    "simulate.cli.runs": "how many boards (1)",
    "simulate.cli.format": "json and csv in full precision, table to read (json)",
    "simulate.cli.share": "'{came}' came, a share from 0 to 1 was expected, such as 0.3 or 1/3",
    "simulate.cli.sides": "'{came}' came; the cells of a side (20) or rows and columns (20x30) were expected, at most "
    "{most:,} each",
    "simulate.cli.some": "'{came}' came, a whole number from 1 on was expected",
    # a table: heads of columns; short
    "simulate.head.seed": "seed",
    "simulate.head.settled": "settled",
    "simulate.head.moves": "moves",
    "simulate.head.alike": "alike",
    "simulate.head.index": "index",
    "simulate.head.dissimilarity": "D",
    "simulate.head.unhappy_start": "unhappy at the start",
    "simulate.head.mean": "mean",
    "simulate.head.sd": "sd",
    "simulate.ended.settled": "yes",
    "simulate.ended.limit": "no",
    "simulate.ended.stuck": "no, stuck",
    "simulate.more": "and {n:,} more; csv and json have them all",
    "simulate.about.walls": "Boards of {rows} × {columns} cells with walls; {full} of the cells have a polygon, "
    "{composition} of the polygons are triangles.",
    "simulate.about.torus": "Boards of {rows} × {columns} cells whose opposite edges are joined; {full} of the cells have "
    "a polygon, {composition} of the polygons are triangles.",
    "simulate.about.wish": "Wish: of the neighbours, at least {least} and at most {most} alike.",
    "simulate.about.content": "Who is alone is content.",
    "simulate.about.unhappy": "Who is alone is unhappy.",
    "simulate.about.moves": "{rule} At most {moves:,} moves. D over blocks of {block} × {block} cells.",
    "simulate.rule.random": "One of the unhappy, by lot, goes to an empty cell, by lot.",
    "simulate.rule.nearest": "One of the unhappy, by lot, goes to the nearest empty cell where it is content.",
    "simulate.rule.turn": "Everybody in turn: who is unhappy then goes to an empty cell, by lot.",
    "simulate.rule.swap": "One of the unhappy, by lot, changes places with an unhappy one of the other kind.",
    "simulate.numbers": "alike: the mean share of like neighbours; index: the same with chance taken out (0 by chance, 1 "
    "all alike);\nD: dissimilarity of the blocks (small blocks are not even by chance either); unhappy at the start: a "
    "share.",
    "sweep.cli": "wish against empty cells against composition, many boards each, into a table or a picture",
    "sweep.cli.about": "Play every wish with every fullness and every composition, many boards each, on all cores. SHARES "
    "are shares from\n0 to 1, one by one (0.2,1/3,0.5) or from, to and step (0.1:0.7:0.05); both may be mixed.",
    "sweep.cli.more": "FILE.csv has a row for each run, FILE.png a heat map (wish across, share of empty cells up; striped "
    "where none\nsettled, a dot where only some did). Shares in FILE.csv are decimals; the column setting has them exactly. "
    "Ctrl+C stops,\nkeeps what is done, and says so. The first sweep on a machine waits some seconds for the "
    "compiler. Same seed, same\nnumbers, however many cores.\n\nExample:\n  segkit sweep --least "
    "0.1:0.7:0.05 --full 0.6:0.9:0.1 --repeats 20 -o tipping.png",
    "sweep.cli.least": "wishes: the least share of like neighbours (0.1:0.7:0.05)",
    "sweep.cli.full": "shares of cells with a polygon (0.6:0.9:0.1)",
    "sweep.cli.composition": "shares of triangles among the polygons (0.5)",
    "sweep.cli.repeats": "boards for each setting (10)",
    "sweep.cli.show": "what a picture shows (index)",
    "sweep.cli.output": "FILE.csv or FILE.png; written over if it is there",
    "sweep.cli.shares": "'{came}' came; a share (1/3), or from, to and step (0.1:0.7:0.05), were expected",
    "sweep.cli.range": "'{came}' came; a range that goes up, in at most {most:,} steps, was expected, such as 0.1:0.7:0.05",
    "sweep.cli.ending": "'{came}' came, a file that ends in .csv or .png was expected",
    "sweep.cli.folder": "'{came}' cannot be written: there is no such folder, or the name is a folder's",
    "sweep.cli.ready": "Getting ready; the first time on a machine this takes some seconds (Ctrl+C stops)",
    "sweep.cli.progress": "{done:,} of {all:,} runs, {share:.0%} (Ctrl+C stops and keeps what is done)       ",
    "sweep.cli.kept": "stopped: {n:,} of {all:,} runs were played; they are kept in {file}.",
    "sweep.cli.written": "Written: {file}",
    # one run, by how it ended
    "simulate.one.settled": "One run: it settled after {moves:,} moves.",
    "simulate.one.limit": "One run: not settled after {moves:,} moves.",
    "simulate.one.stuck": "One run: not settled. After {moves:,} moves nobody who was unhappy could move.",
    # several runs: how many settled comes before any number of moves
    "simulate.says.all": "Runs: {n:,}, all settled, in {median:,g} moves (the median).",
    "simulate.says.some": "Runs: {n:,}. Settled: {settled:,}, and only those took {median:,g} moves (the median).",
    "simulate.says.none": "Runs: {n:,}. Settled: none.",
    "simulate.says.limit": "Not settled after {moves:,} moves: {n:,}.",
    "simulate.says.stuck": "Not settled because nobody who was unhappy could move: {n:,}.",
    "simulate.cli.kept": "stopped: {n:,} of {all:,} runs were played; the answer is about those.",
    # --- the live heat map
    "tipping.title": "Where does it tip?",
    "tipping.task": "Press Run. Each cell is {repeats} boards: a wish across, more empty cells further up.",
    "tipping.axis.x": "wish: the least share of like neighbours",
    "tipping.axis.y": "share of cells empty",
    "tipping.map": "Heat map: {columns} wishes across, {rows} shares of empty cells up. Arrows go from cell to cell, Enter "
    "opens one.",
    # what the colours show: a choice, its unit under the scale
    "tipping.show": "Show",
    "tipping.show.index": "Alike, beyond chance",
    "tipping.show.alike": "Neighbours alike",
    "tipping.show.dissimilarity": "D of the neighbourhoods",
    "tipping.show.settled": "How many boards settle",
    "tipping.show.moves": "Moves until settled",
    "tipping.unit.index": "0 by chance, 1 all alike",
    "tipping.unit.alike": "mean share",
    "tipping.unit.dissimilarity": "0 even, 1 apart",
    "tipping.unit.settled": "share of boards",
    "tipping.unit.moves": "median",
    "tipping.run": "Run",
    "tipping.stop": "Stop",
    "tipping.on": "Go on",
    "tipping.open": "Open this setting",
    "tipping.data": "Data",
    "tipping.data.name": "tipping-seed-{seed}",
    "tipping.table": "The map as a table",
    "tipping.key.none": "striped: none settled",
    "tipping.key.some": "dot: only some settled",
    "tipping.key.coarse": "pale: not played yet, its neighbour's colour",
    "tipping.hint": "Point at a cell, or go there with the arrows, to read it.",
    "tipping.unplayed": "Wish {least}, empty {empty}: not played yet.",
    "tipping.cell.all": "Wish {least}, empty {empty}: {settled} of {n} boards settled, in {moves} moves (the median). Neighbours "
    "alike {alike}; beyond chance {index}; D of the blocks {dissimilarity}.",
    "tipping.cell.some": "Wish {least}, empty {empty}: only {settled} of {n} boards settled, those in {moves} moves (the median). "
    "All {n} as they ended: neighbours alike {alike}; beyond chance {index}; D of the blocks {dissimilarity}.",
    "tipping.cell.none": "Wish {least}, empty {empty}: {why}. Where they stood then: neighbours alike {alike}; beyond chance "
    "{index}; D of the blocks {dissimilarity}.",
    "tipping.none.limit": "none of {n} boards settled in {most} moves",
    "tipping.none.stuck": "none of {n} boards settled, because nobody who was unhappy could move",
    "tipping.none.both": "none of {n} boards settled in {most} moves, or until nobody who was unhappy could move",
    "tipping.nothing": "–",
    "tipping.ready": "Nothing played yet: {all:,} boards of {rows} × {columns} cells.",
    "tipping.begun": "Playing {all:,} boards. The first time on a machine it takes some seconds to get ready.",
    "tipping.going": "{done:,} of {all:,} boards played.",
    "tipping.stopped": "Stopped: {done:,} of {all:,} boards played.",
    "tipping.done": "All {all:,} boards played.",
    "tipping.never.limit": "In {none:,} of {settings:,} settings none settled in {most:,} moves.",
    "tipping.never.stuck": "In {none:,} of {settings:,} settings none settled, because nobody who was unhappy could move.",
    "tipping.never.both": "In {none:,} of {settings:,} settings none settled in {most:,} moves, or until nobody who was unhappy could "
    "move.",
    "tipping.never.some": "In {some:,} of {settings:,} settings only some settled.",
    "tipping.failed": "The boards could not be played ({why}). What was played is kept.",
    "tipping.opened": "Opened below, as it was at the start: wish {least}, empty {empty}, seed {seed}. Press Run there to see what becomes of it.",
    "tipping.head.least": "wish",
    "tipping.head.empty": "empty",
    # --- assessment
    "assess.about": "{name}, {year}, {level}. Pupils are told apart by {grouping}; {focal} is measured against everyone else.",
    "assess.about.levels": "{name}, {year}. Pupils are told apart by {grouping}; {focal} is measured against everyone else.",
    "assess.heading": "{number}. {title}",
    "assess.missing": "What is missing, and what the data cannot say:",
    "assess.finding": "{title}: {text}",
    "assess.cannot": "{title}: cannot be assessed, because {why}. {collect}",
    "assess.table": "{title}: the table",
    "assess.summary.lacking": "Nothing could be assessed about: {names}.",
    "assess.unknown.dimension": "there is no dimension {came}; there are: {there}",
    "assess.unknown.finding": "there is no finding {came}; there are: {there}",
    "assess.unknown.level": "there is no level '{came}'; there are: {there}; or all, for all of them together",
    "assess.file": "your-file.zip",
    "assess.or": " or ",
    "assess.hidden": "hidden",
    "assess.results.nested": "Pupils of one school share their school, so the true intervals are somewhat wider than those given here.",
    "assess.one_grouping": "pupils are told apart by one criterion only",
    "assess.head.for_others": "others’ school",
    "assess.head.for_focal": "focal group’s school",
    "assess.head.endowment": "what",
    "assess.supply.endowment.convention": "Where a school has something or not, a percentage is the share of pupils at a school that has it.",
    "assess.supply.endowment.one": "{column} {a} and {b}",
    "assess.supply.endowment_where.text": "What there is of {n} things in the average school of each sector and neighbourhood: a number, or the share of schools that have it.",
    "assess.supply.endowment_where": "What schools have, and where",
    "assess.about.alone": "{name}, {year}. Pupils are not told apart by any group.",
    "assess.segregation.pooled": "Counts of some groups are hidden, so this is the index of the focal group and everyone else, not of all groups.",
    "assess.segregation.p.none": "Of {shuffles} random placements of the same pupils, none gave as much.",
    "assess.supply.zones.each": "Neighbourhoods: {n}, each with a school of this kind.",
    "assess.collect.hidden": "Ask for larger units or fewer groups; or let whoever holds the counts look inside the office.",
    "assess.named": "“{name}”",
    "assess.hidden.no": "not stated",
    "assess.hidden.all": "every count that would be needed is hidden",
    "assess.hidden.flows": "some of the counts from home to school are hidden",
    "assess.at_least": "{n} or more",
    "assess.nothing": "nobody",
    "assess.not_said": "not said",
    "assess.together": "together: {names}",
    "assess.metres": "{m:,} m",
    "assess.more": "more than the whole",
    "assess.less": "less than the whole",
    "assess.same": "as the whole",
    "assess.range": "{low} to {high}",
    "assess.count.range": "{low:,} to {high:,}",
    "assess.share.range": "{low:.0%} to {high:.0%}",
    "assess.share.under": "under 1%",
    "assess.share.over": "over 99%",
    "assess.class": "{low}% to under {high}%",
    "assess.class.last": "{low}% or more",
    "assess.class.hidden": "hidden",
    "assess.areas.convention": "Neighbourhoods with fewer than three schools are shown together: a row about one school is a row about its pupils.",
    "assess.no.enrolment": "no enrolment is given",
    "assess.no.residents": "it is not given how many children live in each neighbourhood",
    "assess.no.flows": "it is not given from which neighbourhood the pupils of each school come",
    "assess.no.homes": "neither the children of each neighbourhood nor the ways from home to school are known",
    "assess.no.year": "the table {table} has no year {year}",
    "assess.no.rows": "the table {table} says nothing about {grouping} in {year}",
    "assess.no.sectors": "it is not given for every school who runs it",
    "assess.no.school_zones": "it is not given in which neighbourhood the schools stand",
    "assess.no.capacity": "for no school both its places and its pupils are known",
    "assess.no.zones": "there is no map of the neighbourhoods",
    "assess.no.geometry": "no neighbourhood has an outline",
    "assess.no.places": "no school has a place on the map",
    "assess.no.endowment": "there is no column that says what the schools have",
    "assess.no.numbers": "what the schools have is not given as a number, yes or no",
    "assess.no.indicators": "no outcome is given",
    "assess.no.outcome": "it is not counted by {grouping}",
    "assess.one_year": "there is only one year",
    "assess.one_year.known": "the counts of fewer than two years are known well enough",
    "assess.one_level": "there is only one level of schooling",
    "assess.one_sector": "all schools belong to one sector",
    "assess.one_zone": "all schools stand in one neighbourhood",
    "assess.all_public": "all schools are public",
    "assess.one_outcome": "it is not known both for {focal} and for everyone else",
    "assess.some_hidden": "{n} of {of} counts are hidden, and this needs every one of them",
    "assess.collect.enrolment": "Collect the number of pupils of each school, year by year (table enrolment).",
    "assess.collect.groups": "Collect, for each school, how many pupils belong to each group of at least one criterion, such as origin or free meals (table enrolment, columns grouping and group).",
    "assess.collect.groupings": "Collect a second criterion: a territory may be mixed by origin and divided by income, or the other way round.",
    "assess.collect.schools": "Collect the counts of at least two schools and two groups; ask the office that hides small counts for larger units, such as several years together.",
    "assess.collect.years": "Collect the same counts for at least two years, with the same codes for the same schools.",
    "assess.collect.levels": "Collect the level of schooling with each count, if the schools teach more than one.",
    "assess.collect.sectors": "Collect for every school who runs it and who pays: public, church, subsidised, private or other (table schools, column sector).",
    "assess.collect.school_zones": "Collect the neighbourhood in which each school stands (table schools, column zone).",
    "assess.collect.capacity": "Collect how many pupils each building can hold (table schools, column capacity).",
    "assess.collect.zones": "Collect the outlines of the neighbourhoods and where each school stands (table zones, and lat and lon in table schools).",
    "assess.collect.residents": "Collect how many children of each group live in each neighbourhood, from the population register or the census (table residents).",
    "assess.collect.flows": "Collect how many pupils of each group live in which neighbourhood and go to which school (table flows).",
    "assess.collect.endowment": "Collect what schools have: rooms, teachers, a library, a canteen, hours, as further columns of the table schools.",
    "assess.collect.indicators": "Collect outcomes by group: how many reached a level in reading, were absent often, were excluded, moved on, out of how many (table indicators).",
    "assess.need.rolls": "the number of pupils of each school",
    "assess.need.groups": "pupils of each school by group",
    "assess.need.groupings": "more than one criterion",
    "assess.need.years": "more than one year",
    "assess.need.schools": "more than one school",
    "assess.need.sectors": "the sector of each school",
    "assess.need.school_zones": "the neighbourhood of each school",
    "assess.need.capacity": "the places of the schools",
    "assess.need.zones": "a map of the neighbourhoods",
    "assess.need.residents": "children by group and neighbourhood",
    "assess.need.flows": "from which neighbourhood each school's pupils come",
    "assess.need.endowment": "what the schools have",
    "assess.need.indicators": "outcomes: how many out of how many",
    "assess.need.indicator_groups": "outcomes by group",
    "assess.head.group": "group",
    "assess.head.pupils": "pupils",
    "assess.head.share": "share",
    "assess.head.grouping": "criterion",
    "assess.head.school": "school",
    "assess.head.name": "name",
    "assess.head.sector": "sector",
    "assess.head.class": "share of the focal group",
    "assess.head.schools": "schools",
    "assess.head.year": "year",
    "assess.head.places": "places",
    "assess.head.taken": "places taken",
    "assess.head.share_focal": "share of the focal group",
    "assess.head.share_living": "share among children living there",
    "assess.head.zone": "neighbourhood",
    "assess.head.near": "schools within 1 km",
    "assess.head.near_public": "of them public",
    "assess.head.nearest": "nearest school",
    "assess.head.by": "by",
    "assess.head.which": "which",
    "assess.head.mean": "average school",
    "assess.head.share_pupils": "share of pupils",
    "assess.head.own_h": "H inside",
    "assess.head.part_h": "part of H",
    "assess.head.more_or_less": "has of the group",
    "assess.head.part_d": "part of D",
    "assess.head.side": "if one looks at",
    "assess.head.units": "units",
    "assess.head.d": "D",
    "assess.head.d_chance": "D by chance",
    "assess.head.focal": "focal group",
    "assess.head.level": "level",
    "assess.head.part": "because",
    "assess.head.change_in_m": "change in M",
    "assess.head.staying": "in their own neighbourhood",
    "assess.head.lives": "lives in",
    "assess.head.own_zone": "school there",
    "assess.head.elsewhere": "elsewhere, {sector}",
    "assess.head.most_to": "most of them to",
    "assess.head.from_elsewhere": "from other neighbourhoods",
    "assess.head.distance": "average way",
    "assess.head.have": "have it",
    "assess.head.out_of": "out of",
    "assess.head.interval": "95% interval",
    "assess.population": "School population",
    "assess.population.question": "Who goes to which school, and how differently are the schools composed?",
    "assess.population.never": "Two criteria cannot be crossed: these tables do not say how many pupils belong to a group of both.",
    "assess.population.share": "The system as a whole",
    # In {year} there are {pupils:,} pupils in {schools} schools; {share} of them belong to {focal}.
    "assess.population.share.text": "In {year} there are {pupils:,} pupils in {schools} schools; {share} of them belong to {focal}.",
    "assess.population.groupings": "By other criteria",
    "assess.population.groupings.text": "Pupils are also told apart by {names}: the same pupils in another light.",
    "assess.population.schools": "Each school",
    "assess.population.schools.text": "Schools with pupils: {n}, in the order of the file.",
    "assess.population.schools.text.hidden": "Schools with pupils: {n}, in the order of the file. Counts that are hidden: {hidden}.",
    "assess.population.spread": "How differently the schools are composed",
    "assess.population.spread.text": "From school to school the share of {focal} goes from {least} to {most}; in the middle half of the {n} schools it lies between {quarter} and {three}.",
    "assess.population.spread.text.hidden": "Some counts are hidden. From school to school the share of {focal} lies somewhere between {least} and {most}; in the middle half of the {n} schools between {quarter} and {three}.",
    "assess.population.spread.convention": "Where one class ends and the next begins is our convention.",
    "assess.population.small": "Small schools",
    "assess.population.small.text": "Schools with fewer than {small} pupils: {few} of {n}. Half of the schools have more than {median:,} pupils, or as many.",
    "assess.population.small.convention": "Fewer than {small} pupils is our convention: there one child is more than one percentage point, shares move by chance, and indices look higher.",
    "assess.population.years": "Over the years",
    "assess.population.years.text": "From {first} to {last} the share of {focal} went from {before} to {after}.",
    "assess.supply": "School supply and territory",
    "assess.supply.question": "Which kinds of school are where, how full are they, and for whom?",
    "assess.supply.never": "What makes a school attractive is not in any table: ask families, and count the first choices of those who apply.",
    "assess.supply.sectors": "Sectors",
    "assess.supply.of": "{n} {name}",
    "assess.supply.sectors.text": "Schools in {year}: {n} ({counted}). Share of pupils at schools that are not public: {share}.",
    "assess.supply.sectors.convention": "Who counts as private is a convention: publicly funded church schools count as public in some countries (the Netherlands, Ireland), not in others.",
    "assess.supply.zones": "Neighbourhoods",
    "assess.supply.zones.text": "Neighbourhoods: {n}. Without a school of this kind: {names}.",
    "assess.supply.zones.unknown": "Neighbourhoods with a school: {n}. Whether there are others cannot be told without a map or a list.",
    "assess.supply.capacity": "Places and how many are taken",
    "assess.supply.capacity.text": "{pupils:,} pupils on {places:,} places: {taken:.0%} are taken. Schools with more pupils than places: {full} of {n}.",
    "assess.supply.capacity.convention": "What a building can hold is counted differently from office to office.",
    "assess.supply.walking": "Within walking distance",
    "assess.supply.walking.text": "From the centres of {n} of {of} neighbourhoods a school is within {km:g} km.",
    "assess.supply.walking.children": "In those neighbourhoods live {all} of all children, and of {focal} {share}.",
    "assess.supply.walking.convention": "{km:g} km as the crow flies, from the middle of the neighbourhood, is our convention; streets are longer.",
    "assess.supply.endowment": "What schools have, and for whom",
    "assess.supply.endowment.text": "The school of the average pupil of {focal}, next to that of the average other pupil: {said}.",
    "assess.segregation": "Segregation",
    "assess.segregation.question": "How unevenly are the groups spread over the schools, and would chance do the same?",
    "assess.segregation.never": "An index describes and does not explain: it does not say who decided what, nor what ought to be done.",
    "assess.segregation.index": "{name} ({symbol})",
    "assess.segregation.index.text": "{name} is {value:.2f}: {means}.",
    "assess.segregation.index.hidden": "{name} lies between {low:.2f} and {high:.2f}, because some counts are hidden. It is {means}.",
    "assess.segregation.chance": "Chance alone would give {expected:.2f} on average.",
    "assess.segregation.chance.range": "Chance alone would give {expected:.2f} to {high:.2f} on average.",
    "assess.segregation.interval": "With other pupils in the same schools it might be from {low:.2f} to {high:.2f} (95% interval).",
    "assess.segregation.p.rare": "Of {shuffles} random placements of the same pupils, {times:.0f} gave as much.",
    "assess.segregation.p.often": "Of {shuffles} random placements of the same pupils, {times:.0f} gave as much, so chance may have done it.",
    # called: low, moderate, high, or two of them
    "assess.threshold": "Massey & Denton (1993, p. 20) call a D below 0.3 low, up to 0.6 moderate and above that high; by that it is {called}. They meant where people live. Fundació Bofill calls a Catalan municipality high above 0.3 in primary and 0.2 in secondary schools, its medians. Such thresholds are conventions.",
    "assess.threshold.low": "low",
    "assess.threshold.moderate": "moderate",
    "assess.threshold.high": "high",
    "assess.segregation.years": "Over the years",
    "assess.segregation.years.text": "D of the schools was {before} in {first} and {after} in {last}.",
    "assess.segregation.years.p.rare": "In the {n} schools of both years that is more than chance would do (p {p:.2f}).",
    "assess.segregation.years.p.often": "In the {n} schools of both years chance may have done it (p {p:.2f}).",
    "assess.segregation.change": "What changed it",
    "assess.segregation.change.text": "From {first} to {last} M, the index that splits, went from {before} to {after}. The largest part of that: {largest}.",
    "assess.change.additions": "schools that opened",
    "assess.change.removals": "schools that closed",
    "assess.change.group_margins": "groups that grew or shrank",
    "assess.change.school_margins": "schools that grew or shrank",
    "assess.change.structure": "who goes where, sizes apart",
    "assess.change.together": "together",
    "assess.segregation.sectors": "Between and within sectors",
    "assess.segregation.zones": "Between and within neighbourhoods",
    "assess.segregation.split.sector": "H is {total:.2f}, of which {between:.2f} lies between the sectors ({share:.0%}) and {within:.2f} within them. Between the sectors by other indices: {others}.",
    "assess.segregation.split.zone": "H is {total:.2f}, of which {between:.2f} lies between the schools' neighbourhoods ({share:.0%}) and {within:.2f} within them. Between the neighbourhoods by other indices: {others}.",
    "assess.segregation.split.also": "{symbol} {share:.0%}",
    "assess.segregation.split.source": "Theil (1972); Reardon, Yun & Eitle (2000); Hutchens (2001)",
    "assess.segregation.contributions": "Each school's part",
    "assess.segregation.contributions.text": "Half of D sits in {half} of {n} schools. The list is in the order of the file.",
    "assess.segregation.contributions.caution": "A school's part says where the unevenness sits, not who made it, and not how good a school is. Large schools have large parts.",
    "assess.segregation.both_sides": "Where they live, and where they learn",
    "assess.segregation.both_sides.text": "Over the neighbourhoods D is {living}, over the schools {schools}. {more}",
    "assess.segregation.both_sides.caution": "Fewer and larger units give a lower D: neighbourhoods and schools are compared with that in mind.",
    "assess.side.residents": "all children, where they live",
    "assess.side.homes": "the pupils of these schools, where they live",
    "assess.side.own_zone": "everyone at the school of their neighbourhood",
    "assess.side.schools": "the schools as they are",
    "assess.side.more": "The schools are more uneven than the neighbourhoods.",
    "assess.side.less": "The schools are more even than the neighbourhoods.",
    "assess.side.alike": "The two are alike.",
    "assess.side.unsure": "Which is larger cannot be told while counts are hidden.",
    "assess.side.more.choice": "Leaving one's neighbourhood for school adds to segregation.",
    "assess.side.less.choice": "Leaving one's neighbourhood for school takes from segregation.",
    "assess.side.alike.choice": "Leaving one's neighbourhood for school changes it little.",
    "assess.side.unsure.choice": "What leaving one's neighbourhood changes cannot be told while counts are hidden.",
    "assess.segregation.groupings": "By every criterion",
    "assess.segregation.groupings.one": "{d} for {focal}",
    "assess.segregation.groupings.text": "D of the schools: {said}.",
    "assess.segregation.levels": "By level of schooling",
    "assess.segregation.levels.one": "{d} in {level}",
    "assess.segregation.levels.text": "D of the schools: {said}.",
    "assess.mobility": "Mobility",
    "assess.mobility.question": "Who goes to school in their own neighbourhood, and where do the others go?",
    "assess.mobility.never": "These tables say where pupils go, not why: nobody knows from them who chose, who was refused and who did not know of a choice.",
    "assess.mobility.stay": "Staying in the neighbourhood",
    "assess.mobility.stay.text": "Of all pupils, {share} go to a school of the neighbourhood they live in.",
    "assess.mobility.stay.could": "Of those who have a school there, {share} ({n} neighbourhoods have none).",
    "assess.mobility.groups": "Staying, by group",
    "assess.mobility.groups.text": "Of {focal}, {share} go to school in their own neighbourhood. Of the others: {others}.",
    "assess.mobility.one": "{group} {share}",
    "assess.mobility.where": "Where the others go",
    "assess.mobility.where.text": "Pupils at a school elsewhere: {away:,}. Of them, {share} are at a school that is not public.",
    "assess.mobility.where.hidden": "Some counts are hidden; what is known is in the table.",
    "assess.mobility.where.nobody": "Everybody goes to school in their own neighbourhood.",
    "assess.mobility.outside": "Leaving for schools that are not public",
    "assess.mobility.outside.text": "Of {focal}, {share} are at schools that are not public; of everyone else, {others}.",
    "assess.mobility.residential": "Housing, and what choice adds",
    "assess.mobility.residential.text": "If everyone went to the school of their neighbourhood, D would be {own}: the residential part. As it is, it is {schools}.",
    "assess.mobility.residential.convention": "Schools of one neighbourhood would share its pupils in proportion; a neighbourhood without a school belongs to the nearest. It is arithmetic, not a forecast: with other rules families would live elsewhere.",
    "assess.mobility.attraction": "Pupils from other neighbourhoods, school by school",
    "assess.mobility.attraction.text": "Schools with more pupils from other neighbourhoods than from their own: {n} of {of}. The list is in the order of the file.",
    "assess.mobility.attraction.caution": "It says where pupils come from, not how good a school is.",
    "assess.mobility.distance": "The way to school",
    "assess.mobility.distance.text": "The average way is {a:,} m for {focal} and {b:,} m for everyone else.",
    "assess.mobility.distance.convention": "As the crow flies, from the middle of the neighbourhood, to the next hundred metres.",
    "assess.results": "Results",
    "assess.results.question": "What comes of it, group by group?",
    "assess.results.never": "A difference between groups is not a measure of a school, and no number here says what will become of a child.",
    "assess.results.indicators": "Outcomes by group",
    "assess.results.source": "Wilson (1927) for the intervals of shares; Katz, Baptista, Azen & Pike (1978) for that of the ratio; Fisher's exact test",
    "assess.results.text": "{name} in {year}: {a} of {a_of:,} in {focal}, {b} of {b_of:,} in everyone else.",
    "assess.results.everyone": "{name} in {year}: {share} of {of:,} pupils.",
    "assess.results.ratio": "It is {ratio:.2f} times as frequent in the focal group (1 would be as frequent).",
    "assess.results.ratio.interval": "95% interval: {low:.2f} to {high:.2f}.",
    "assess.results.ratio.hidden": "Because counts are hidden, it is {low:.2f} to {high:.2f} times as frequent in the focal group.",
    "assess.results.ratio.none": "How many times as frequent cannot be said, because somewhere it is nobody.",
    "assess.results.p.rare": "Chance would rarely part two such groups so far.",
    "assess.results.p.often": "Chance may have parted them so far.",
    "assess.results.few": "Small numbers ({groups}, fewer than {few} pupils by our convention): one pupil is up to {points:.0f} percentage points.",
    # --- end of assessment
    # --- report
    "report.title": "Taking stock: {name}",
    "report.kicker": "School segregation, in five dimensions",
    "report.invented": "This is an invented town: no such place, school or child exists.",
    "report.choice": "an assessment has its year, level and grouping already, but {came} came too",
    "report.summary": "In short",
    "report.summary.read": "Each sentence is explained below, next to what chance would give, how sure it is, and what is missing. What follows from it is for those to discuss who live here.",
    "report.notice": "What these numbers may be used for",
    "report.notice.use": "To understand how pupils are distributed. Not to rank or label schools, neighbourhoods or children: a number about a school is not a measure of its teaching.",
    "report.notice.invented": "Nothing is hidden, because there is nobody to protect.",
    "report.notice.shared": "Nothing is hidden: this page is for the people it was made for, and not to be passed on.",
    "report.notice.public": "Counts of fewer than {k} pupils are hidden, and others with them, so that none can be worked out: {hidden} counts in all. Where a number needs a hidden count it is given as the two values it must lie between; percentages may be bands.",
    "report.contents": "Contents",
    "report.problem": "A problem of practice",
    "report.problem.about": "In the words of those who took stock.",
    "report.needs": "This needs:",
    "report.there": "there",
    "report.lacking": "missing",
    "report.figure": "Figure {number}.",
    "report.shelf": "All indices, next to chance",
    "report.shelf.about": "One table of counts, read in several ways. “By chance” is what the index would be on average if the same pupils were placed by lot into schools of the same sizes; p is how often chance gives as much. The interval says what it might have been with other pupils in the same schools.",
    "report.head.index": "index",
    "report.head.value": "value",
    "report.head.chance": "by chance",
    "report.head.p": "p",
    "report.head.interval": "95% interval",
    "report.head.formula": "formula",
    "report.head.source": "proposed by",
    "report.head.number": "number",
    "report.head.command": "line",
    "report.refused": "What cannot be assessed",
    "report.because": "because {why}.",
    "report.missing": "What is missing, and what the data cannot say",
    "report.annex": "Long tables",
    "report.annex.about": "Schools are in the order of the file, which means nothing. These are not league tables.",
    "report.table.annex": "The table is at the end.",
    "report.method": "How this was worked out",
    "report.method.about": "All numbers come from tables of counts: schools (or neighbourhoods) by groups. What chance gives is an exact expectation where the index is a sum over schools, and the mean of random placements otherwise. Intervals come from drawing the pupils anew, with the bias of small schools taken out; the draws have a fixed seed, so the same data give the same page.",
    "report.method.formulas": "The indices",
    "report.method.notation": "j is a school and k a group; n_jk are its pupils, t_j all pupils of the school, N all pupils. For the focal group x_j are its pupils and y_j everyone else, X and Y the totals, P = X/N, p_j = x_j/t_j. p_jk and P_k are shares of group k; E is the diversity −Σ P_k log P_k and I is Σ P_k (1 − P_k), over K groups. Logarithms are natural.",
    "report.formula.dissimilarity": "½ Σ_j |x_j/X − y_j/Y|",
    "report.formula.gorard": "½ Σ_j |x_j/X − t_j/N|",
    "report.formula.gini": "Σ_i Σ_j t_i t_j |p_i − p_j| / (2 N² P (1 − P))",
    "report.formula.hutchens": "1 − Σ_j √(x_j y_j / (X Y))",
    "report.formula.atkinson": "1 − P/(1−P) · [Σ_j (1−p_j)^(1−b) p_j^b t_j / (P N)]^(1/(1−b)), b = 0.5",
    "report.formula.isolation": "Σ_j (x_j/X)(x_j/t_j)",
    "report.formula.interaction": "Σ_j (x_j/X)(y_j/t_j)",
    "report.formula.correlation_ratio": "(xPx − P) / (1 − P)",
    "report.formula.mutual_information": "Σ_jk (n_jk/N) log(p_jk/P_k)",
    "report.formula.information": "M / E",
    "report.formula.multigroup_dissimilarity": "Σ_jk t_j |p_jk − P_k| / (2 N I)",
    "report.formula.multigroup_gini": "Σ_k Σ_i Σ_j t_i t_j |p_ik − p_jk| / (2 N² I)",
    "report.formula.normalized_exposure": "Σ_jk (t_j/N)(p_jk − P_k)² / (1 − P_k)",
    "report.formula.relative_diversity": "Σ_jk t_j (p_jk − P_k)² / (N I)",
    "report.formula.squared_variation": "Σ_jk (t_j/N)(p_jk − P_k)² / ((K − 1) P_k)",
    "report.conventions": "Conventions",
    "report.convention.rows": "A school without a row for a group has none of it. Schools without pupils and groups without members are left out. One school, or one group, cannot be assessed.",
    "report.convention.chance": "A p of 0.05 or less is called more than chance; that, too, is a convention.",
    "report.sources": "Massey & Denton (1993), American Apartheid, p. 20; Fundació Bofill, on Catalan municipalities; UNESCO UIS, on private schools",
    "report.sources.title": "Sources",
    "report.glossary": "Words",
    "report.again": "How to make every number again",
    "report.again.about": "These lines of Python bring back the assessment; each line of the table gives one of its numbers.",
    "report.again.shell": "Or, in a terminal, all of them at once:",
    "report.again.lines": "One line for each number",
    "report.footer": "Made with segkit {version}. The page needs no network and holds nothing that is not shown on it.",
    # --- end of report
}
