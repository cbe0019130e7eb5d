"""Slides as PowerPoint: opened again they have the deck's figures, texts and notes, and nothing that was hidden."""

import io
import posixpath
import re
import zipfile
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from pptx import Presentation

from naravard import stores
from naravard.base.model import EXAMPLE
from naravard.exports import pptx
from naravard.figures import indicators
from naravard.figures.comparisons import comparison
from naravard.figures.gate import ProtectedResult, Request, protect
from naravard.figures.indicators import Indicator
from naravard.figures.kinds import kinds
from naravard.figures.protection import RawRow, plan
from naravard.figures.reader import Reader
from naravard.figures.rules import Rules
from naravard.slides import lgl, profile, sequence
from naravard.slides.parts import deck_of
from naravard.slides.slide import Deck, Form, Slide, slide_of
from naravard.store.snapshots import Store
from naravard.telling import series
from naravard.telling.tables import Cell, Row, Table
from tests import samples

GIVING_AWAY = ("7285", "7\u00a0285", "7 285", "99.95", "99,95", "0.041", "0,041")
PRESENTATIONML = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ADEC = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


def opened(deck: Deck) -> Any:
    return Presentation(io.BytesIO(pptx.write(deck)))


def lgl_deck(store: Store, reader: Reader) -> Deck:
    return lgl.deck(reader, store.newest or 0, is_example=store.is_example)


@pytest.fixture(scope="module")
def all_decks(filled: Path) -> dict[str, Deck]:
    """Both decks of LGL, a kommun's profile, and each indicator in both forms and over time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_DATA", str(filled))
        live, example = stores.live_store(), stores.example_store()
        with live.open() as snapshot:
            reader = Reader.over(snapshot, is_example=live.is_example)
            made = {"live": lgl_deck(live, reader)}
        with example.open() as snapshot:
            reader = Reader.over(snapshot, is_example=example.is_example)
            made["example"] = lgl_deck(example, reader)
            made["profile"] = profile.deck("0885", reader, example.newest or 0)
            wanted: list[tuple[str | None, Form]] = [(None, "diagram"), (None, "tabell"), ("alla", "diagram")]
            of_each = {
                name: [(reader.find(name, period), form) for period, form in wanted] for name in indicators.registry()
            }
    first_of_their_kind, _ = samples.by_kind()
    for deck_name, is_first in (("every kind", True), ("every other", False)):
        results = [each for name, some in of_each.items() if (name in first_of_their_kind) == is_first for each in some]
        slides = [slide_of([result], form=form) for result, form in results if result]
        made[deck_name] = Deck("Alla", "", tuple(slides))
    return made


class Written(dict[str, bytes]):
    """Each deck as a file, written when it is first asked for."""

    def __init__(self, decks: dict[str, Deck]) -> None:
        super().__init__()
        self.decks = decks

    def __missing__(self, name: str) -> bytes:
        self[name] = pptx.write(self.decks[name])
        return self[name]


class Opened(dict[str, Any]):
    """Each file opened again, when it is first asked for."""

    def __init__(self, written: Written) -> None:
        super().__init__()
        self.written = written

    def __missing__(self, name: str) -> Any:
        self[name] = Presentation(io.BytesIO(self.written[name]))
        return self[name]


@pytest.fixture(scope="module")
def written(all_decks: dict[str, Deck]) -> Written:
    return Written(all_decks)


@pytest.fixture(scope="module")
def files(written: Written) -> Opened:
    return Opened(written)


OTHERS = pytest.param("every other", marks=pytest.mark.slow)
DECKS = ("live", "example", "profile", "every kind", OTHERS)


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def text_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def title_of(slide: Slide) -> str:
    return f"{slide.mark}: {slide.title}" if slide.mark else slide.title


@pytest.mark.parametrize("name", DECKS)
def test_a_slide_has_the_finding_as_its_title_and_the_definition_in_its_notes(
    name: str, all_decks: dict[str, Deck], files: dict[str, Any]
) -> None:
    for content, slide in zip(all_decks[name].slides, files[name].slides, strict=True):
        assert slide.shapes.title.text_frame.text == title_of(content)
        assert content.notes in slide.notes_slide.notes_text_frame.text
        for figure in content.figures:
            assert figure.result.indicator.definition in slide.notes_slide.notes_text_frame.text
    assert (len(files["live"].slides), len(files["example"].slides)) == (7, 9), "without those that have no figures"


def test_the_file_says_what_it_is(files: dict[str, Any]) -> None:
    core = files["example"].core_properties
    assert core.title == "EXEMPELDATA: Nära vård i siffror: Kalmar län"
    assert (core.author, core.language) == ("Nära vård i siffror", "sv-SE")
    assert files["live"].core_properties.title == "Nära vård i siffror: Kalmar län"
    assert round(files["live"].slide_width / files["live"].slide_height, 2) == 1.78


def test_a_bar_is_a_visible_value_and_what_is_hidden_is_none(all_decks: dict[str, Deck], files: dict[str, Any]) -> None:
    """Each chart has the numbers of its own result; a ranked one has them row by row, in the same order."""
    seen = 0
    for name in ("live", "example", "every kind"):
        for content, slide in zip(all_decks[name].slides, files[name].slides, strict=True):
            drawn = charts(slide)
            for figure, chart in zip(content.figures, drawn, strict=len(drawn) == len(content.figures)):
                result = figure.result
                values = [v for series in chart.plots[0].series for v in series.values]
                assert {v for v in values if v is not None} <= {
                    float(r.varde) for r in result.rows if r.varde is not None
                }
                if result.indicator.diagram == "ranked_bar" and result.matperiod != "alla":
                    rows = [r for r in result.rows if r.is_kommun or not result.indicator.kind.is_size]
                    assert values == [r.varde for r in rows]
                    for row, category in zip(rows, chart.plots[0].categories, strict=True):
                        assert category.startswith(row.kommun)
                        assert ("dolt" in category) == (row.skydd == "..")
                        assert ("uppgift saknas" in category) == (row.skydd == "-")
                    seen += 1
    assert seen > 10


def test_the_workbook_behind_a_chart_has_the_same_values(files: dict[str, Any]) -> None:
    for slide in files["example"].slides:
        for chart in charts(slide):
            sheet = ET.fromstring(inside(chart)["xl/worksheets/sheet1.xml"])
            numbers = [
                float(cell[-1].text or "")
                for cell in sheet.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c")
                if cell.get("t") != "s" and len(cell)
            ]
            shown = [v for series in chart.plots[0].series for v in series.values if v is not None]
            assert sorted(numbers) == pytest.approx(sorted(shown))


def inside(chart: Any) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


@pytest.mark.parametrize("name", DECKS)
def test_all_that_is_drawn_is_told_in_words_or_marked_as_decoration(name: str, files: dict[str, Any]) -> None:
    for slide in files[name].slides:
        for shape in slide.shapes:
            known = shape._element.xpath(".//p:cNvPr")[0]
            if shape.has_chart or shape.has_table:
                assert len(known.get("descr", "")) > 20, shape.name
            elif not (shape.has_text_frame and shape.text_frame.text):
                assert known.find(f".//{ADEC}") is not None, shape.name


@pytest.mark.parametrize("name", DECKS)
def test_nothing_lies_outside_the_slide_or_on_another(name: str, files: dict[str, Any]) -> None:
    """Shapes by their boxes; the texts in them by how long they are (see the module)."""
    file = files[name]
    for number, slide in enumerate(file.slides, start=1):
        shapes = [Edges(s.name, s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        for shape in shapes:
            assert 0 <= shape.left <= shape.right <= file.slide_width, (number, shape.name)
            assert 0 <= shape.top <= shape.bottom <= file.slide_height, (number, shape.name)
        for one, other in combinations(shapes, 2):
            assert apart(one, other), (number, one.name, other.name)


class Edges(NamedTuple):
    name: str
    left: int
    top: int
    right: int
    bottom: int


def apart(one: Edges, other: Edges) -> bool:
    return one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top


def test_remarks_that_do_not_fit_are_in_the_notes(all_decks: dict[str, Deck]) -> None:
    remarks = tuple(f"Anmärkning {i}: {'lång text ' * 20}".strip() for i in range(12))
    changed = replace(all_decks["live"].slides[3], remarks=remarks, sources=remarks[:7], title="Rubrik " * 60)
    slide = opened(Deck("", "", (changed,))).slides[0]
    shown, notes = text_of(slide), slide.notes_slide.notes_text_frame.text
    assert "Fler anmärkningar i anteckningarna." in shown
    assert "Mer om källor och tecken i anteckningarna." in shown
    assert all(remark in shown or remark in notes for remark in remarks)
    assert all(shape.top + shape.height <= 6858000 for shape in slide.shapes)


def test_what_a_number_in_a_figure_stands_for_is_on_the_same_slide(all_decks: dict[str, Deck]) -> None:
    """Of more remarks than there is room for, those on one kommun are shown."""
    others = tuple(f"Anmärkning {i}: {'lång text ' * 20}".strip() for i in range(12))
    footnotes = ("1 Borgholm: beror på registrering.", "2 Mörbylånga: beror på registrering.")
    changed = replace(all_decks["live"].slides[3], remarks=(*others, *footnotes))
    shown = next(shape for shape in opened(Deck("", "", (changed,))).slides[0].shapes if shape.name == "Anmärkningar")
    texts = shown.text_frame.text.split("\n")
    assert tuple(texts[:2]) == footnotes
    assert texts[-1] == "Fler anmärkningar i anteckningarna."


def test_rows_of_a_table_that_do_not_fit_are_in_the_notes() -> None:
    cells = (Cell("x " * 30, kind="text"),)
    table = Table("Lång", ("Vad", "Hur"), tuple(Row("", f"Rad {i}", None, cells) for i in range(60)))
    slide = opened(Deck("", "", (Slide("Lång tabell", kind="table", table=table),))).slides[0]
    native = next(shape for shape in slide.shapes if shape.has_table)
    assert native.top + native.height < 6858000
    shown = {row.cells[0].text for row in native.table.rows}
    notes = slide.notes_slide.notes_text_frame.text
    assert all(f"Rad {i}" in shown or f"Rad {i} ·" in notes for i in range(60))


@pytest.mark.parametrize("name", ["example", "profile", "every kind", OTHERS])
def test_example_data_is_marked_on_every_slide(name: str, all_decks: dict[str, Deck], files: dict[str, Any]) -> None:
    for content, slide in zip(all_decks[name].slides, files[name].slides, strict=True):
        if content.mark:
            mark = next(shape for shape in slide.shapes if shape.name == "Märkning")
            assert mark.text_frame.text.startswith(EXAMPLE)
            assert slide.shapes.title.text_frame.text.startswith(EXAMPLE)
    assert any(content.mark for content in all_decks[name].slides)


def test_real_data_is_not_marked(files: dict[str, Any]) -> None:
    assert EXAMPLE not in "".join(map(text_of, files["live"].slides))


def test_slides_without_figures_are_left_out_and_named_last(files: dict[str, Any]) -> None:
    *others, last = files["live"].slides
    assert "Siffror saknas" not in "".join(map(text_of, others))
    assert "Inga siffror än: Andel med fast läkarkontakt och RUB-nivå, kommunal primärvård." in text_of(last)
    notes = last.notes_slide.notes_text_frame.text
    assert "Siffror saknas: RUB-nivå, kommunal primärvård. För att visa dem behövs ett uttag av typen" in notes
    assert "Inga siffror" not in text_of(list(files["example"].slides)[-1]), "there all have"


def test_a_view_without_figures_says_what_is_needed(shared_live: Store) -> None:
    missing = slide_of([Reader(shared_live).read("fast_lakarkontakt_andel")])
    assert missing.kind == "missing"
    text = text_of(opened(Deck("", "", (missing,))).slides[0])
    assert missing.why_missing in text
    assert text.count("Siffror saknas") == 1, "in the title alone"


@pytest.mark.parametrize("name", DECKS)
def test_a_figure_is_read_before_what_is_remarked_on_it(name: str, files: dict[str, Any]) -> None:
    """In the order of the shapes, which is that of a reader who listens; and a table's rows have their names."""
    for slide in files[name].slides:
        names = [shape.name for shape in slide.shapes]
        figures = [place for place, shape in enumerate(slide.shapes) if shape.has_chart or shape.has_table]
        small = [names.index(each) for each in ("Anmärkningar", "Källor") if each in names]
        assert not figures or not small or max(figures) < min(small), names
        assert all(shape.table.first_row and shape.table.first_col for shape in slide.shapes if shape.has_table)


@pytest.mark.parametrize("name", DECKS)
def test_no_word_of_a_developer_stands_on_a_slide_or_in_its_notes(name: str, files: dict[str, Any]) -> None:
    for slide in files[name].slides:
        cells = [cell.text for shape in slide.shapes if shape.has_table for cell in shape.table.iter_cells()]
        words = " ".join([text_of(slide), slide.notes_slide.notes_text_frame.text, *cells])
        assert not re.search(r"queries/|\.sql|\.csv|\.xlsx|select ", words), words


def test_a_bar_has_its_interval_and_its_number_beyond_it(shared_live: Store) -> None:
    result = Reader(shared_live).read("sabo_andel_primarvard")
    bars = charts(opened(deck_of(result)).slides[0])[0].plots[0].series[0]._element
    for side, length in (
        ("plus", [row.ovre - row.varde for row in result.rows if row.ovre is not None and row.varde is not None]),
        ("minus", [row.varde - row.nedre for row in result.rows if row.nedre is not None and row.varde is not None]),
    ):
        written = [float(value.text) for value in bars.findall(f".//{CHART}errBars/{CHART}{side}//{CHART}v")]
        assert written == pytest.approx(length, rel=1e-4)
    moved = [float(x.get("val")) for x in bars.findall(f".//{CHART}dLbl/{CHART}layout//{CHART}x")]
    assert len(moved) == len(result.rows)
    assert moved[0] > moved[4] > 0, "Borgholm's 79 are less certain than Kalmar's 494"


def test_over_time_is_lines_with_the_lan_foremost_and_a_gap_where_the_way_of_measuring_changed(
    shared_live: Store,
) -> None:
    result = Reader(shared_live).read("sabo_80plus_andel", "alla")
    chart = charts(opened(deck_of(result)).slides[0])[0]
    names = list(chart.plots[0].categories)
    assert names[names.index("2020") + 1 : names.index("2021")] == ["nytt mätsätt"]
    lines = {series.name: series for series in chart.plots[0].series}
    assert len(lines) == 14 and all(line.values[names.index("nytt mätsätt")] is None for line in lines.values())
    assert lines["Kalmar län"].format.line.width > lines["Borgholm"].format.line.width
    assert chart._chartSpace.chart.find(f"{CHART}dispBlanksAs").get("val") == "gap"
    assert "Grå linjer: kommunerna." in text_of(opened(deck_of(result)).slides[0])


def test_one_kommun_over_time_has_the_limits_of_its_control_chart(shared_example: Store) -> None:
    result = Reader(shared_example).read("sabo_andel_primarvard", "alla")
    alone, _ = sequence.narrowed(result, None, ["0880"], by_value=False)
    chart = charts(opened(deck_of(alone)).slides[0])[0]
    lines = {line.name: line for line in chart.plots[0].series}
    (control,) = series.control_charts(alone.of_area("0880", alone.lead_group), alone.indicator, alone.breaks)
    for name, values in {
        "Medel": [control.centre] * len(control.points),
        "Gränser": control.lower,
        "Övre gräns": control.upper,
    }.items():
        written = [value for value in lines[f"{name} (styrdiagram)"].values if value is not None]
        assert written == pytest.approx(values)
    assert lines["Medel (styrdiagram)"].format.line.dash_style
    left_out = chart.legend._element.findall(f"{CHART}legendEntry")
    assert len(left_out) == 1, "one of the two limits"


def test_a_kommuns_deck_has_charts_with_it_marked(all_decks: dict[str, Deck], files: dict[str, Any]) -> None:
    pairs = list(zip(all_decks["profile"].slides, files["profile"].slides, strict=True))
    with_figures = [(content, slide) for content, slide in pairs if content.figures]
    assert len(with_figures) == 4
    for content, slide in with_figures:
        for figure, chart in zip(content.figures, charts(slide), strict=True):
            names = list(chart.plots[0].categories)
            assert [name for name in names if name.startswith("► ")] == [name for name in names if "Borgholm" in name]
            assert figure.alt.startswith("Borgholm")
    assert "Hur går det för Borgholm?" in [content.table.caption for content, _ in pairs if content.table]


def test_the_notes_of_a_profile_name_each_indicator(all_decks: dict[str, Deck]) -> None:
    notes = "\n".join(slide.notes for slide in all_decks["profile"].slides)
    for name in ("Fast läkarkontakt", "Nöjda med äldreboendet", "Invånare 80+"):
        assert re.search(rf"^{re.escape(name)}\. Borgholm: ", notes, re.MULTILINE), name


def test_a_table_has_all_rows_and_the_lan_in_bold(files: dict[str, Any]) -> None:
    table = next(shape.table for shape in files["live"].slides[3].shapes if shape.has_table)
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert len(rows) == 14
    assert rows[-1][:4] == ["Kalmar län", "1\u00a0885", "1\u00a0447", "77\u00a0%"]
    runs = [cell.text_frame.paragraphs[0].runs[0] for cell in table.rows[13].cells]
    assert all(run.font.bold for run in runs)
    assert not table.rows[1].cells[0].text_frame.paragraphs[0].runs[0].font.bold
    assert rows[1][0] == "Borgholm 1", "the number of the footnote"
    assert "▼▼ avviker tydligt" in rows[1]


@pytest.mark.parametrize("name", DECKS)
def test_every_text_is_in_swedish(name: str, written: dict[str, bytes]) -> None:
    for part, xml in parts(written[name]).items():
        if re.match(r"ppt/(slides|charts|notesSlides)/[^/]+\.xml", part):
            assert set(re.findall(r'\blang="([^"]+)"', xml)) <= {"sv-SE"}, part
            assert len(re.findall(r"<a:r>", xml)) == len(re.findall(r"<a:r><a:rPr[^>]*lang=", xml)), part


def parts(content: bytes) -> dict[str, str]:
    """All parts that are text, those of the embedded workbooks too."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".xlsx"):
                found.update({f"{name}/{inner}": text for inner, text in parts(data).items()})
            elif name.endswith((".xml", ".rels")):
                found[name] = data.decode()
    return found


def said(content: bytes) -> str:
    """All texts and numbers of a file, also in attributes; places on the slide are not counted as such."""
    words = []
    for xml in parts(content).values():
        for element in ET.fromstring(xml).iter():
            words.append(element.text or "")
            words += [value for key, value in element.attrib.items() if key in {"descr", "name", "title", "formatCode"}]
    return "\n".join(words)


def test_a_hidden_count_is_nowhere_in_the_file(with_small_counts: Store) -> None:
    with with_small_counts.open() as snapshot:
        reader = Reader.over(snapshot, is_example=with_small_counts.is_example)
        result = reader.find("sabo_andel_primarvard")
        assert result is not None
        views = [deck_of(result), deck_of(result, form="tabell"), lgl_deck(with_small_counts, reader)]
        views.append(profile.deck("0862", reader, with_small_counts.newest or 0))
    assert {row.kommun for row in result.rows if row.skydd == ".."} >= {"Borgholm", "Emmaboda"}
    for deck in views:
        everything = said(pptx.write(deck))
        assert not [text for text in GIVING_AWAY if text in everything], deck.title
    chart = charts(opened(views[0]).slides[0])[0]
    values = dict(zip(chart.plots[0].categories, chart.plots[0].series[0].values, strict=True))
    assert values["Borgholm (dolt)"] is None, "none, and not a bar of no length"
    assert values["Högsby (uppgift saknas)"] is None
    assert "6466" in said(pptx.write(views[1])).replace("\u00a0", ""), "the search finds what is not hidden"


def indicator(**changes: Any) -> Indicator:
    bare = Indicator("prov", "", "=1+1", kinds()["count"], "=2+2", "neutral", "", "", "", diagram="ranked_bar")
    return replace(bare, **changes)


def of(names: dict[str, str], spec: Indicator, rows: list[RawRow]) -> ProtectedResult:
    return protect(
        Request(
            indicator=spec, rows=rows, earlier=[], plan=plan([(spec, rows)], set(), Rules(), "08"), rules=Rules(),
            names=names, published=set(), matperiod="2024", matperioder=("2024",), comparison=comparison("lanet"),
            version=1, extracts=(), remarks=(), notes=(), is_example=False, lan_kod="08",
        )
    )  # fmt: skip


FORMULAS = {
    "0880": "=HYPERLINK(1)",
    "0881": "+1",
    "0882": "-1",
    "0883": "@SUM(1)",
    "0884": "<b>&",
    "0885": "https://x.se",
}


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    grouped = indicator(diagram="grouped_bar", grupper={"a": "=SUM(A1)", "b": "@x"})
    for spec, groups in ((indicator(), ("totalt",)), (grouped, ("a", "b"))):
        rows = [RawRow(kod, "2024", group, 100 + i, None) for i, kod in enumerate(FORMULAS) for group in groups]
        result = of(FORMULAS, spec, rows)
        chart = charts(opened(deck_of(result)).slides[0])[0]
        assert [name.split(" (")[0] for name in chart.plots[0].categories] == list(FORMULAS.values())
        book = inside(chart)
        assert "<f>" not in book["xl/worksheets/sheet1.xml"]
        assert "hyperlink" not in book["xl/worksheets/sheet1.xml"]
        assert "=HYPERLINK(1)" in book["xl/sharedStrings.xml"]


def test_a_small_share_does_not_read_as_none() -> None:
    rows = [RawRow("0880", "2024", "totalt", 10, 9000), RawRow("0881", "2024", "totalt", 5000, 9000)]
    result = of({"0880": "Kalmar", "0881": "Nybro"}, indicator(kind=kinds()["proportion"]), rows)
    series = charts(opened(deck_of(result)).slides[0])[0].plots[0].series[0]
    assert '[<0.5]"<1\u00a0%"' in series.data_labels.number_format


def test_numbers_are_in_the_format_that_a_swedish_powerpoint_shows(files: dict[str, Any]) -> None:
    formats = {
        series.data_labels.number_format for slide in files["example"].slides for chart in charts(slide)
        for series in chart.plots[0].series
    }  # fmt: skip
    assert {"#,##0", '#,##0"\u00a0%"', '#,##0.0"\u00a0%"'} <= formats


@pytest.mark.parametrize("name", DECKS)
def test_a_chart_has_a_language_and_number_formats_of_its_own(name: str, written: dict[str, bytes]) -> None:
    """Not those of the workbook behind it, which a reader may change."""
    for part, xml in parts(written[name]).items():
        if part.startswith("ppt/charts/chart") and part.endswith(".xml"):
            assert xml.count('<c:lang val="sv-SE"/>') == 1, part
            assert set(re.findall(r'<c:numFmt [^>]*sourceLinked="(\d)"', xml)) == {"0"}, part


@pytest.mark.parametrize("name", DECKS)
def test_the_package_is_whole(name: str, written: dict[str, bytes]) -> None:
    """Each part once, of a declared type and well-formed; all that is pointed at is there, and no id is used twice."""
    with zipfile.ZipFile(io.BytesIO(written[name])) as archive:
        names = archive.namelist()
        xml = {part: ET.fromstring(archive.read(part)) for part in names if part.endswith((".xml", ".rels"))}
    assert len(names) == len(set(names))
    types = list(xml.pop("[Content_Types].xml"))
    declared = {found.get("PartName", "").lstrip("/") for found in types if found.get("PartName")}
    endings = {found.get("Extension") for found in types} - {"xml"}
    assert declared <= set(names)
    assert {part for part in names if part.rpartition(".")[2] not in endings} - declared == {"[Content_Types].xml"}
    for part, root in xml.items():
        ids = [shape.get("id") for shape in root.iter(f"{PRESENTATIONML}cNvPr")]
        assert len(ids) == len(set(ids)), part
        if part.endswith(".rels"):
            targets = [rel.get("Target", "") for rel in root if rel.get("TargetMode") != "External"]
            folder = posixpath.dirname(posixpath.dirname(part))
            found = {posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") for target in targets}
            assert found <= set(names), part
