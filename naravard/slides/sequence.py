"""What is shown before a room: screens in order, one thing on each, written so that they fit in a link.

An entry names one screen: `lgl3` is LGL's third slide, `profil~kommun:0880` a kommun's profile, and any other name an
indicator, with the choices of its view: `sabo_andel_primarvard~jamfor:riket~kommuner:0840,0885`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from naravard import charts
from naravard.base import kommuner, mask, periods, settings
from naravard.base.errors import NotFound
from naravard.base.model import EXAMPLE
from naravard.base.numbers import HIDDEN, capital, enumeration
from naravard.figures import indicators, overview
from naravard.figures.comparisons import STANDARD, comparisons
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.slides import lgl, profile
from naravard.slides.parts import part_slide, parts, parts_of_several
from naravard.slides.slide import Slide, slide_without_figures
from naravard.telling import amounts, phrases

PROFILE = "profil"
_LGL = "lgl"
_CHOICES = {"matperiod", "jamfor", "grupp", "kommuner", "kommun", "diagram", "ordning", "del"}
MOST = 60
"""Screens in a sequence."""


@dataclass(frozen=True)
class Entry:
    """One screen as it is written in a link: what it shows, and the choices made."""

    name: str
    choices: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        choices = {key: value for key, value in self.choices.items() if value and (key, value) != ("jamfor", STANDARD)}
        return "~".join([self.name, *(f"{key}:{value}" for key, value in choices.items())])

    @property
    def number(self) -> int:
        """The number of LGL's slide; 0 where it is none of them."""
        digits = self.name.removeprefix(_LGL)
        return int(digits) if self.name.startswith(_LGL) and digits.isdecimal() else 0

    @property
    def title(self) -> str:
        """What the screen shows, for lists; what it says is told by its slide."""
        if self.number:
            return lgl.planned_slide(self.number).rubrik
        if self.name == PROFILE:
            return f"Kommunprofil: {kommuner.area_name(self.choices['kommun'])}"
        return indicators.by_id(self.name).titel


def lgl_entries() -> tuple[Entry, ...]:
    """LGL's slides in their order: what is shown where nothing else has been chosen."""
    return tuple(Entry(f"{_LGL}{slide.nummer}") for slide in lgl.plan().bild)


def entry(text: str) -> Entry:
    """One screen as written in a link. Raises NotFound, with what is allowed, for one that there is not."""
    name, *choices = text.split("~")
    pairs = dict(choice.partition(":")[::2] for choice in choices)
    parsed_entry = Entry(name, pairs)
    unknown = ", ".join(sorted(set(pairs) - _CHOICES))
    if unknown:
        raise NotFound(
            f"Bilden ”{text[:80]}” har valet ”{unknown}”, som inte finns. Val är {enumeration(sorted(_CHOICES))}."
        )
    mask.refuse_ids(text, "Bilden")
    _kommun_koder(pairs.get("kommuner", ""))
    if parsed_entry.number:
        lgl.planned_slide(parsed_entry.number)
    elif name == PROFILE:
        if pairs.get("kommun") not in {kommun.kod for kommun in kommuner.in_lan(settings.lan_kod())}:
            raise NotFound(f"Kommunprofilen ”{text[:80]}” nämner ingen av länets kommuner. Skriv profil~kommun:0880.")
    elif name not in indicators.registry():
        raise NotFound(f"Bilden ”{name[:80]}” finns inte. Den kan ha bytt namn: lägg till den på nytt.")
    return parsed_entry


@dataclass(frozen=True)
class Screen:
    """One thing to show: the slide, and the result of its figure with the chart it is drawn as, where it has one.

    `kind` is None where nothing is drawn.
    """

    entry: Entry
    slide: Slide
    result: ProtectedResult | None = None
    kind: str | None = None
    beside: tuple[ProtectedResult, ...] = ()
    """Further results in the same chart."""

    @property
    def results(self) -> tuple[ProtectedResult, ...]:
        """All that is drawn."""
        return (self.result, *self.beside) if self.result is not None else ()

    def kommun_sentences(self) -> dict[str, str]:
        """A sentence for each kommun, by its code, for when it is pointed out. Empty where no kommun is shown."""
        if self.result is None or self.result.indicator.is_series:
            return {}
        rows = self.result.kommuner
        kods = dict.fromkeys(row.kommun_kod for row in rows)
        return {kod: _sentence_of(self.result, kod) for kod in kods}


def screen(of: Entry, reader: Reader, *, is_example: bool) -> Screen:
    """The screen of an entry, from a version's protected figures."""
    if of.number:
        return _of_lgl(of, reader, is_example)
    if of.name == PROFILE:
        return _of_kommun(of, reader, is_example)
    return _of_view(of, reader, is_example)


def lgl_screens(reader: Reader, *, is_example: bool) -> list[Entry]:
    """LGL's slides as entries: one for each screen that they take."""
    return [each for entry in lgl_entries() for each in lgl_parts(entry, reader, is_example=is_example)]


def lgl_parts(of: Entry, reader: Reader, *, is_example: bool) -> list[Entry]:
    """One of LGL's slides as entries: one for each screen that its figures and kommuner take."""
    count = len(_walls(lgl.slide(of.number, reader, of.choices.get("matperiod"), is_example=is_example)))
    return [Entry(of.name, {**of.choices, "del": str(i + 1)}) for i in range(count)] if count > 1 else [of]


def _walls(slide: Slide) -> list[tuple[ProtectedResult, ...]]:
    """What each screen of a slide shows: its figures beside each other where they have room, else one at a time."""
    results = tuple(figure.result for figure in slide.figures)
    together = [results] if len(results) > 1 and charts.can_stand_beside(results) else [(each,) for each in results]
    return [part for some in together for part in parts_of_several(some, charts.chart_of(some[0]).most_on_wall)]


def _of_lgl(of: Entry, reader: Reader, is_example: bool) -> Screen:
    slide = lgl.slide(of.number, reader, of.choices.get("matperiod"), is_example=is_example)
    walls = _walls(slide)
    if not walls:
        return Screen(of, slide)
    number = min(max(_part_number(of), 1), len(walls))
    result, *beside = walls[number - 1]
    which = f" ({number} av {len(walls)})" if len(walls) > 1 else ""
    drawn_findings = {f"{phrases.headline(each)}." for each in beside}  # that is seen in the figure
    sentences = tuple(text for text in slide.sentences if text not in drawn_findings)
    of_wall = replace(slide, title=slide.title + which, sentences=sentences)
    return Screen(of, of_wall, result, result.indicator.diagram, tuple(beside))


def profile_parts(kommun_kod: str, reader: Reader) -> list[Entry]:
    """A kommun's profile as entries: one for each screen that its indicators take."""
    count = len(profile.slides_on_wall(kommun_kod, overview.profile(kommun_kod, reader)))
    return [Entry(PROFILE, {"kommun": kommun_kod, "del": str(i + 1) if count > 1 else ""}) for i in range(count)]


def _of_kommun(of: Entry, reader: Reader, is_example: bool) -> Screen:
    kod = of.choices["kommun"]
    profile_slides = profile.slides_on_wall(kommuner.area_name(kod), overview.profile(kod, reader))
    if not profile_slides:
        return Screen(of, slide_without_figures(of.title, mark=EXAMPLE if is_example else ""))
    return Screen(of, profile_slides[min(max(_part_number(of), 1), len(profile_slides)) - 1])


def _of_view(of: Entry, reader: Reader, is_example: bool) -> Screen:
    spec = indicators.by_id(of.name)
    view = _view(of, reader)
    if view is None:
        period = periods.EVERY if spec.is_series else of.choices.get("matperiod")
        return Screen(of, slide_without_figures(spec.titel, period, spec.id, mark=EXAMPLE if is_example else ""))
    slide, part = part_slide(view.result, _part_number(of), filters=view.words, most=_most(view))
    return Screen(of, slide, part, view.kind)


class _View(NamedTuple):
    """What is left of a result, its filters in words, and the chart."""

    result: ProtectedResult
    words: tuple[str, ...]
    kind: str


def _view(of: Entry, reader: Reader) -> _View | None:
    """What an entry's choices leave of its indicator; None where it has no figures."""
    spec = indicators.by_id(of.name)
    comparison = of.choices["jamfor"] if of.choices.get("jamfor") in comparisons() else STANDARD
    period = periods.EVERY if spec.is_series else of.choices.get("matperiod")
    result = reader.find(spec.id, period, comparison)
    if result is None:
        return None
    grupp = of.choices.get("grupp") if of.choices.get("grupp") in result.groups else None
    some = _kommun_koder(of.choices.get("kommuner", ""))
    narrower, words = narrowed(result, grupp, some, of.choices.get("ordning") == "varde")
    kind = of.choices.get("diagram") or spec.diagram
    chart = charts.charts().get(kind)
    if chart and chart.every_period and (every := reader.find(spec.id, periods.EVERY, comparison)):
        narrower, _ = narrowed(chart.of_every(every), grupp, some, by_value=False)
    return _View(narrower, words, kind)


def _most(view: _View) -> int:
    return charts.charts()[drawn_kind(view.result, view.kind)].most_on_wall


def drawn_kind(result: ProtectedResult, kind: str) -> str:
    """The chart of that name; the one that the result's indicator asks for where it cannot be drawn so."""
    return kind if kind in charts.fitting(result) else result.indicator.diagram


def _part_number(of: Entry) -> int:
    return int(of.choices["del"]) if of.choices.get("del", "").isdecimal() else 1


def view_parts(of: Entry, reader: Reader) -> list[Entry]:
    """A view as entries: one for each screen that its kommuner take."""
    view = _view(of, reader)
    count = len(parts(view.result, _most(view))) if view else 1
    return [Entry(of.name, {**of.choices, "del": str(i + 1)}) for i in range(count)] if count > 1 else [of]


def narrowed(
    result: ProtectedResult, grupp: str | None, some: Sequence[str], by_value: bool
) -> tuple[ProtectedResult, tuple[str, ...]]:
    """What is left of a result when a group, some kommuner and an order have been chosen; and the choices in words."""
    narrower = (result.in_group(grupp) if grupp else result).only(some)
    by_value = by_value and result.indicator.rangordna
    if by_value:
        narrower = narrower.by_value(grupp or narrower.lead_group)
    return narrower, tuple(_words(narrower, grupp, some, by_value))


def _kommun_koder(text: str) -> list[str]:
    """The kommuner of a choice. Raises NotFound for a code that none in the län has."""
    lan_koder = {kommun.kod for kommun in kommuner.in_lan(settings.lan_kod())}
    koder = [kod for kod in text.split(",") if kod]
    if unknown := [kod for kod in koder if kod not in lan_koder]:
        raise NotFound(f"Kommunen ”{unknown[0][:20]}” finns inte i länet. Skriv kommunkoder, som 0880,0885.")
    return koder


def _words(result: ProtectedResult, grupp: str | None, some: Sequence[str], by_value: bool) -> Iterator[str]:
    """The filters as sentences, for the page and for each file that is made of the view."""
    if grupp:
        yield f"Grupp: {result.group_label(grupp)}."
    if some:
        names = sorted({row.kommun for row in result.kommuner}, key=kommuner.swedish_key)
        yield f"Urval: {enumeration(names)}."
    if by_value:
        by = grupp or result.lead_group
        yield f"Ordnat efter värde ({result.group_label(by)})." if len(result.groups) > 1 else "Ordnat efter värde."


def _sentence_of(result: ProtectedResult, kod: str) -> str:
    """A kommun's figure with what can be said of it; each group's figure where there are several."""
    rows = [row for row in result.rows if row.kommun_kod == kod]
    if len(rows) == 1:
        return phrases.sentence(rows[0], result)
    by_period = len({row.matperiod for row in rows}) > 1
    names = [periods.when(row.matperiod) if by_period else result.group_label(row.grupp) for row in rows]
    values = [
        amounts.value(row, result.indicator) if row.varde is not None else "dolt" if row.skydd == HIDDEN else "saknas"
        for row in rows
    ]
    parts = [f"{name}: {value}" for name, value in zip(names, values, strict=True)]
    return f"{rows[0].kommun}. {capital(', '.join(parts))}."
