"""Open tables of nyckeltal and population, in the shapes that those who publish them and their programs write.

All numbers are invented.
"""

from __future__ import annotations

import pytest

from naravard.base.codes import FindingCode, Level
from tests.test_odd_files import NAMES, codes_of, examined, finding_of, rows_of_kommuner
from tests.test_traps import counted, text, xlsx

ALL = list(NAMES.items())
HOME_CARE = "Invånare 80+ med hemtjänst i ordinärt boende, andel (%)"
HOME_CARE_2024 = {f"{kod} N21704 2024 totalt": 20.0 + i for i, kod in enumerate(NAMES)}


def holds(content: bytes, right: dict[str, float], name: str = "", **choices: object) -> bool:
    """Whether a file has the right values, whatever more it has."""
    found = counted(examined(content, name, **choices))
    return {key: found.get(key) for key in right} == right


# ---- Kolada's nyckeltal: names, codes and sexes

KOLADA = {
    "id and name": ("Nyckeltals-id;Nyckeltal;Kommun;2024", "N21704;{titel};{namn};{v}"),
    "id alone": ("KPI;Kommun;2024", "N21704;{namn};{v}"),
    "id and name as programs call them": (
        "kpi_id;kpi_title;municipality_id;municipality_title;year;value",
        "N21704;{titel};{kod};{namn};2024;{v}",
    ),
    "nothing and no as words": ("kpi;municipality;period;isdeleted;status;value", "N21704;{kod};2024;False;null;{v}"),
    "what Kolada files it under": ("kpi;kommun;verksamhet;år;värde", "N21704;{namn};Äldreomsorg;2024;{v}"),
    "name and what it is filed under": (
        "Nyckeltal;Kommun;Verksamhetsområde;År;Värde",
        "{titel};{namn};Äldreomsorg;2024;{v}",
    ),
    "a line above": ("Kolada – jämföraren\nNyckeltal;Kommun;År;Värde", "{titel};{namn};2024;{v}"),
    "sex behind the name": ("Nyckeltal;Kommun;År;Värde", "{titel} totalt;{namn};2024;{v}"),
    "the year's last day": ("kpi;municipality;period;value", "N21704;{kod};2024-12-31;{v}"),
    "a year with a word": ("Nyckeltal;Kommun;Mätperiod;Värde", "{titel};{namn};År 2024;{v}"),
}


@pytest.mark.parametrize(("heading", "row"), KOLADA.values(), ids=KOLADA)
def test_koladas_nyckeltal_is_known_however_it_is_written(heading: str, row: str) -> None:
    rows = [row.format(titel=HOME_CARE, kod=kod, namn=namn, v=f"{20 + i},0") for i, (kod, namn) in enumerate(ALL)]
    assert holds(text(heading, *rows), HOME_CARE_2024)


def test_a_known_name_with_the_sex_behind_it_is_the_same_nyckeltal_of_that_sex() -> None:
    rows = [
        f"{HOME_CARE} {sex};{namn};2024;{v}" for namn in NAMES.values() for v, sex in ((30, "kvinnor"), (20, "Män"))
    ]
    found = counted(examined(text("Nyckeltal;Kommun;År;Värde", *rows)))
    assert (found["0885 N21704 2024 kvinna"], found["0885 N21704 2024 man"]) == (30, 20)
    unknown = text("Nyckeltal;Kommun;År;Värde", *(f"Andel kvinnor;{namn};2024;51" for namn in NAMES.values()))
    assert counted(examined(unknown))["0885 Andel kvinnor 2024 totalt"] == 51


def test_a_row_without_a_name_among_those_that_have_one_is_an_error() -> None:
    titles = {0: HOME_CARE, 5: "Andel kvinnor"}
    rows = [[titles.get(i, ""), namn, 20.5, 21.0] for i, namn in enumerate(NAMES.values())]
    examination = examined(xlsx(["Kolada nyckeltal"], ["", "", "2023", "2024"], *rows))
    assert codes_of(examination, Level.ERROR) == {FindingCode.ROW_CHECK}
    assert finding_of(examination, FindingCode.ROW_CHECK).count == len(NAMES) - len(titles)


def test_a_day_within_a_year_is_no_year_and_has_one_error() -> None:
    rows = [f"N21704;{kod};2024-03-31;20" for kod in NAMES for _ in range(2)]
    (error,) = examined(text("kpi;municipality;period;value", *rows)).errors
    assert "en dag och inget år" in error.what


# ---- what tells tables apart

SEVERAL = {
    "a code in digits": ("Mått;Åtgärdskod;Region;2024", "Antal patienter;{};Kalmar län;5", ("12345", "23456")),
    "a year of its own": ("Mått;Diagnosår;Region;2024", "Antal patienter;{};Kalmar län;5", ("2019", "2020")),
    "indikator and mått": ("Indikator;Mått;Region;År;Värde", "{};Antal;Kalmar län;2024;5", ("Besök A", "Besök B")),
    "a form of care": ("Mått;Vårdform;Region;2024", "Antal patienter;{};Kalmar län;5", ("öppen", "sluten")),
    "an age": ("Mått;Ålder;Region;2024", "Antal patienter;{};Kalmar län;5", ("065-074", "000-004")),
}


@pytest.mark.parametrize(("heading", "row", "words"), SEVERAL.values(), ids=SEVERAL)
def test_two_tables_that_a_column_tells_apart_are_two_nyckeltal(heading: str, row: str, words: tuple[str, str]) -> None:
    names = [set(counted(examined(text("Statistik", heading, row.format(word))))) for word in words]
    assert len(names[0]) == len(names[1]) == 1
    assert names[0].isdisjoint(names[1])


def test_ages_stand_in_a_name_without_their_first_zeros() -> None:
    rows = [f"Antal;{age};Kalmar län;5" for age in ("065-074", "000-004", "085+")]
    names = {name.split(", ")[-1] for name in counted(examined(text("Statistik", "Mått;Ålder;Region;2024", *rows)))}
    assert names == {"65-74 2024 totalt", "0-4 2024 totalt", "85+ 2024 totalt"}


# ---- what a count counts

UNNAMED = {
    "antal": "kommun;år;antal",
    "antal personer": "region;år;Antal personer",
    "another title": "Antal bilar i trafik\nkommun;år;antal",
    "people of another kind": "Personer med ekonomiskt bistånd\nkommun;år;antal personer",
    "inhabitants of another kind": "Invånare med hemtjänst\nkommun;år;antal",
}


@pytest.mark.parametrize("heading", UNNAMED.values(), ids=UNNAMED)
def test_a_count_that_is_not_said_to_be_the_population_is_asked_about(heading: str) -> None:
    content = text(heading, *(f"{namn};2024;{100 + i}" for i, namn in enumerate(NAMES.values())))
    assert FindingCode.COUNT_UNNAMED in codes_of(examined(content), Level.WARNING)
    assert FindingCode.COUNT_UNNAMED not in codes_of(examined(content, kalla="befolkning"))


NAMED = {
    "heading": ("kommun;år;Folkmängd", "u.csv", ""),
    "English heading": ("municipality;year;inhabitants", "u.csv", ""),
    "title": ("Folkmängd 31 december\nkommun;år;antal", "u.csv", ""),
    "file name": ("kommun;år;antal", "folkmangd_per_kommun.csv", ""),
    "unit": ("kommun;år;antal;enhet", "u.csv", ";invånare"),
    "codes beside": ("kommun;år;befolkning;lan_kod", "u.csv", ";8"),
    "another measure beside": ("kommun;år;Folkmängd;Landareal", "u.csv", ";900,5"),
}


@pytest.mark.parametrize(("heading", "name", "cell"), NAMED.values(), ids=NAMED)
def test_a_count_that_is_said_to_be_the_population_is_not_asked_about(heading: str, name: str, cell: str) -> None:
    content = text(heading, *(f"{namn};2024;{100 + i}{cell}" for i, namn in enumerate(NAMES.values())))
    examination = examined(content, name)
    assert not examination.warnings
    assert counted(examination)["0862 2024 totalt totalt"] == 101


def test_years_as_headings_over_numbers_without_a_name_are_asked_about() -> None:
    lines = [f"{namn};{90 + i};{100 + i}" for i, namn in enumerate(NAMES.values())]
    assert FindingCode.COUNT_UNNAMED in codes_of(examined(text("kommun;2023;2024", *lines)), Level.WARNING)


def test_another_period_than_the_years_of_the_rows_is_asked_about() -> None:
    content = text("region;2024", *(f"{kod} {namn};{100 + i}" for i, (kod, namn) in enumerate(ALL)))
    assert FindingCode.YEARS_DIFFER in codes_of(examined(content, kalla="befolkning", matperiod="2023"), Level.WARNING)
    assert not examined(content, kalla="befolkning", matperiod="2024").warnings


def test_parts_that_are_not_read_one_by_one_are_one_error() -> None:
    rows = [f"{namn};{k};2023;300" for namn in NAMES.values() for k in ("0", "1–19 tkr", "20+ tkr")]
    (error,) = examined(text("region;inkomstklass;år;Antal personer", *rows)).errors
    assert error.code is FindingCode.OTHER_PARTS


# ---- ages, sexes and years

AGES = [f"{age}-{age + 4} år" for age in range(65, 100, 5)] + ["100+ år"]


def by_age(*cells: str, lacks: str = "") -> list[str]:
    rows = [f"{kod} {namn};{age};{cell}" for kod, namn in ALL for age in AGES for cell in cells]
    return [row for row in rows if not lacks or not row.startswith(lacks)]


def test_sexes_have_scbs_codes() -> None:
    found = counted(examined(text("region;ålder;kön;2024", *by_age("1;10", "2;11"))))
    assert (found["0885 2024 80+ man"], found["0885 2024 80+ kvinna"]) == (50, 55)


SEXES = {
    "population": ("region;år;Folkmängd män;Folkmängd kvinnor", "{kod} {namn};2024;20;30", "2024 totalt", {}),
    "with a total": ("region;Män;Kvinnor;Totalt", "{namn};20;30;50", "2024 totalt", {"kalla": "befolkning"}),
    "with ages": ("region;ålder;år;Antal män;Antal kvinnor", "{namn};80+;2024;20;30", "2024 80+", {}),
    "Kolada": ("kpi,municipality,period,K,M,T", "N21704,{kod},2024,30,20,50", "N21704 2024", {}),
}


@pytest.mark.parametrize(("heading", "row", "key", "choices"), SEXES.values(), ids=SEXES)
def test_a_column_for_each_sex_is_rows(heading: str, row: str, key: str, choices: dict[str, str]) -> None:
    content = text(heading, *(row.format(kod=kod, namn=namn) for kod, namn in ALL))
    matperiod = {"matperiod": "2024"} if choices else {}
    found = counted(examined(content, **choices, **matperiod))
    assert (found[f"0885 {key} man"], found[f"0885 {key} kvinna"]) == (20, 30)
    assert key.startswith("N") or found[f"0885 {key} totalt"] == 50


def test_a_column_for_each_sex_in_rows_of_persons_is_no_count() -> None:
    rows = [f"INT{i};{namn};SÄBO;85;{i % 2};{1 - i % 2}" for i, namn in enumerate(NAMES.values())]
    content = text("Löpnummer;Kommun;Boendeform;Ålder;Män;Kvinnor", *rows)
    assert counted(examined(content, kalla="cosmic", matperiod="2024"))["08"] == len(NAMES)


@pytest.mark.parametrize("heading", ["2024-12-31", "År 2024", "ar_2024", "2024 (31 dec)", "Y2024", "2024M12"])
def test_a_year_stands_in_a_heading_in_many_ways(heading: str) -> None:
    content = text(f"region;{heading}", *(f"{kod} {namn};{100 + i}" for i, (kod, namn) in enumerate(ALL)))
    assert holds(content, {f"{kod} 2024 totalt totalt": 100 + i for i, kod in enumerate(NAMES)}, kalla="befolkning")


@pytest.mark.parametrize("lacks", ["0885 Borgholm;85-89", "0885 Borgholm"])
def test_ages_that_one_kommun_lacks_are_asked_about(lacks: str) -> None:
    content = text("region;ålder;kön;2023;2024", *by_age("män;10;11", "kvinnor;10;11", lacks=lacks))
    finding = finding_of(examined(content), FindingCode.AGES_NOT_ENOUGH)
    assert finding.level is Level.WARNING
    assert "Borgholm: " in finding.what and "80+ 2024" in finding.what


# ---- regions


def regions(*names: str) -> bytes:
    lines = [f"{name};{31 if 'Kalmar' in name else 20}" for name in names]
    return text("Väntetid i dagar", "Region;2024", *lines)


@pytest.mark.parametrize(
    "names",
    [
        ("Sörmland", "Kalmar"),
        ("Kalmar läns landsting", "Landstinget i Östergötland", "Västra Götalandsregionen"),
        ("Region Kalmar län", "Region Gotland", "Region Jönköpings län"),
        ("Uppsala", "Kalmar", "Örebro", "Jönköping"),
    ],
)
def test_a_region_is_the_lan(names: tuple[str, ...]) -> None:
    assert counted(examined(regions(*names), kalla="nyckeltal")) == {"08 Väntetid i dagar 2024 totalt": 31}


def test_only_what_can_be_ones_own_is_asked_about() -> None:
    (error,) = examined(regions("Kalmar", "Gotland"), kalla="nyckeltal").errors
    assert error.value == "Kalmar"


# ---- marks of footnotes, codes


@pytest.mark.parametrize(
    "heading",
    ["2024*", "2024 1)", "2024¹", "2024p", "2024 (p)", "2024 prel.", "2024 (preliminär)", "År 2024*", "2024[1]"],
)
def test_a_year_with_a_mark_is_that_year(heading: str) -> None:
    content = rows_of_kommuner("N21704;{namn};2{i};3{i}", heading=f"Nyckeltal;Kommun;2023;{heading}")
    assert counted(examined(content))["0880 N21704 2024 totalt"] == float(f"3{list(NAMES).index('0880')}")


@pytest.mark.parametrize("heading", ["2024-01-01", "1/1 2024"])
def test_a_column_beside_years_that_is_not_read_is_asked_about(heading: str) -> None:
    content = rows_of_kommuner("N21704;{namn};2{i};3{i}", heading=f"Nyckeltal;Kommun;2023;{heading}")
    assert FindingCode.COLUMNS_UNUSED in codes_of(examined(content), Level.WARNING)


@pytest.mark.parametrize(
    "area",
    ["{namn} 1)", "{namn}1)", "{namn}*", "{namn}¹", "{namn} [2]", "{namn} ({kod})", "{namn}, {kod}", "{kod} {namn} †"],
)
def test_a_kommun_with_a_mark_or_its_code_behind_it_is_that_kommun(area: str) -> None:
    content = rows_of_kommuner(f"{area};2024;700{{i}}", heading="Kommun;År;Folkmängd")
    assert counted(examined(content))["0880 2024 totalt totalt"] == 7000 + list(NAMES).index("0880")


def test_a_code_that_is_another_kommuns_is_no_kommun() -> None:
    content = text("Kommun;År;Folkmängd", "Kalmar (0885);2024;7", "Nybro (0881);2024;8")
    assert FindingCode.KOMMUN_UNKNOWN in codes_of(examined(content))
    assert set(counted(examined(content))) == {"0881 2024 totalt totalt"}


def test_codes_that_have_lost_their_zero_are_known_where_all_are_so() -> None:
    lines = [f"{int(kod)};2024;{7000 + i}" for i, kod in enumerate(NAMES)]
    assert counted(examined(text("kod;år;folkmängd", *lines)))["0885 2024 totalt totalt"] == 7000
    # numbers of which some are no codes are none
    assert examined(text("kod;år;folkmängd", *lines, "777;2024;7")).errors


@pytest.mark.parametrize("period", ["2024K1", "mars 2024", "2024-03", "v. 14 2024"])
def test_a_part_of_a_year_is_refused_in_words(period: str) -> None:
    (error,) = examined(
        text("Nyckeltal;Kommun;År;Värde", f"N21704;Kalmar;{period};7", f"N21704;Nybro;{period};8")
    ).errors
    assert "en del av ett år" in error.what
    assert error.value == period


PERSONS = {
    "an id": ("Personnummer;Kommun;Boendeform;Ålder;RUB", "19{i}0309-1234;{namn};SÄBO;{i};{level}"),
    "an id under another heading": ("Nr;Kommun;Poäng", "19{i}0309-1234;{namn};{level}"),
    "internal numbers": ("Löpnr;Kommun;Ålder;RUB", "A{i};{namn};{i};{level}"),
    "a day of birth": ("Nr;Född;Kommun;RUB", "A{i};19{i}-03-09;{namn};{level}"),
    "names and levels": ("Namn;Kommun;Boendeform;Ålder;RUB", "Anna Ek{letter};{namn};SÄBO;{i};{level}"),
    "names of their own": ("Brukare;Kommun;Poäng", "Anna Ek{letter};{namn};{level}"),
}


@pytest.mark.parametrize("kalla", ["nyckeltal", "befolkning"])
@pytest.mark.parametrize(("heading", "row"), PERSONS.values(), ids=PERSONS)
def test_rows_of_persons_are_never_open_figures(heading: str, row: str, kalla: str) -> None:
    """Whoever chooses such a source by hand is told what the file is, in one sentence, and sees no row of it."""
    rows = [
        row.format(i=40 + i, namn=ALL[i % 12][1], level=i % 6, letter=chr(97 + i % 24), kod=ALL[i % 12][0])
        for i in range(36)
    ]
    examination = examined(text(heading, *rows), kalla=kalla, matperiod="2024")
    assert examination.counts is None
    if kalla == "nyckeltal":
        (error,) = examination.errors
        assert error.code is FindingCode.ROWS_OF_PERSONS
    assert not any("Anna" in repr(part) for part in (examination.preview, examination.findings))


def test_a_nyckeltal_for_each_of_a_few_kommuner_is_no_person() -> None:
    """One kommun with all of its nyckeltal, and two kommuner with some that the others lack."""
    rows = [f"N{21704 + i};{ALL[i % 3 if i < 2 else 0][1]};2024;{i}" for i in range(8)]
    assert examined(text("Kod;Kommun;År;Värde", *rows)).counts is not None
    organisation = [f"212000-07{i:02};{namn};{i}" for i, (_, namn) in enumerate(ALL)]
    assert examined(text("Orgnr;Kommun;Index", *organisation), kalla="nyckeltal", constants={"ar": "2024"}).counts


@pytest.mark.parametrize(
    ("values", "is_asked"),
    [
        (["1.234", "12.345", "2.845", "845"] * 3, True),
        (["1,234", "2,345", "9,845"] * 4, True),
        (["1,234", "2,3", "9,845"] * 4, False),
        (["0.234", "0.345", "0.845"] * 4, False),
        (["1,234", "2,345", "845"] * 4, False),
    ],
)
def test_three_digits_after_every_sign_may_be_thousands(values: list[str], is_asked: bool) -> None:
    rows = [f"Kostnad;{namn};2024;{value}" for (_, namn), value in zip(ALL, values, strict=True)]
    codes = codes_of(examined(text("Nyckeltal;Kommun;År;Värde", *rows)), Level.WARNING)
    assert (FindingCode.NUMBER_AMBIGUOUS in codes) == is_asked


@pytest.mark.parametrize("title", ["Folkmängdens förändring", "Befolkningstillväxt, ökning", "Folkmängd, tusental"])
def test_a_change_in_the_population_is_not_the_population(title: str) -> None:
    content = rows_of_kommuner("{namn};1{i};2{i}", heading=f"{title}\nKommun;2023;2024")
    assert FindingCode.COUNT_UNNAMED in codes_of(examined(content), Level.WARNING)


@pytest.mark.parametrize("word", ["Totalt", "Samtliga", "Summa kommuner"])
def test_a_sum_of_other_kommuner_too_is_never_the_lans(word: str) -> None:
    rows = [f"N21704;{namn};2024;20" for namn in ("Kalmar", "Växjö", "Nybro", word)]
    examination = examined(text("Kod;Kommun;År;Värde", *rows))
    assert examination.counts is None and examination.errors[0].code is FindingCode.AREA_AMBIGUOUS
