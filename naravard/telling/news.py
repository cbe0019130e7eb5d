"""What has changed for an area between two versions, for who has been here before; not for an analyst (Versioner)."""

from __future__ import annotations

from collections.abc import Sequence

from naravard.base import periods
from naravard.base.numbers import number, quantity
from naravard.figures.changes import Change, ChangeKind, ChangeMark, by_importance
from naravard.telling import amounts

_MOST = 3
"""Sentences; the rest is counted."""


def since(changes: Sequence[Change], area: str) -> list[str]:
    """How much is new, corrected and larger than chance, and then a sentence for each indicator that matters most."""
    own = [change for change in changes if change.kommun_kod == area]
    if not own:
        return [f"inget har ändrats. I länet i övrigt: {_count(changes)}." if changes else "inget har ändrats."]
    by_indicator = {change.indicator.id: change for change in reversed(by_importance(own))}
    in_order = [change for change in by_importance(own) if by_indicator[change.indicator.id] is change]
    rest = len(in_order) - _MOST
    more = [f"{quantity(rest, 'indikator', 'indikatorer')} till har ändrats: se Versioner."] if rest > 0 else []
    return [_summary(own), *map(_sentence, in_order[:_MOST]), *more]


def _count(changes: Sequence[Change]) -> str:
    titles = {change.indicator.id for change in changes}
    return f"{number(len(changes))} tal, i {quantity(len(titles), 'indikator', 'indikatorer')}"


def _summary(own: Sequence[Change]) -> str:
    new = sum(_is_new(change) for change in own)
    beyond = sum(change.mark is ChangeMark.BEYOND_CHANCE for change in own)
    other = len(own) - new
    parts = [f"{quantity(new, 'nytt tal', 'nya tal')}"] if new else []
    parts += [f"{quantity(other, 'ändrat tal', 'ändrade tal')}"] if other else []
    chance = f" {quantity(beyond, 'ändring är', 'ändringar är')} större än slumpen brukar ge." if beyond else ""
    return f"{' och '.join(parts)}.{chance}"


def _is_new(change: Change) -> bool:
    """Whether it is a period, or a figure, that was not there before."""
    is_there = change.kind is not ChangeKind.LACKING
    return is_there and (change.kind is ChangeKind.NEW or change.period != change.old_period)


def _sentence(change: Change) -> str:
    spec, period = change.indicator, periods.when(change.period)
    what = f"{spec.short}{f' ({change.group})' if change.group else ''}, {period}"
    old, new = amounts.value(change.old, spec), amounts.value(change.new, spec)
    chance = ", mer än slumpen brukar ge" if change.mark is ChangeMark.BEYOND_CHANCE else ""
    earlier = f"{old} ({periods.when(change.old_period)})"
    of_kind = {
        ChangeKind.GONE: "talet finns inte längre",
        ChangeKind.LACKING: f"uppgift saknas. Förra mätperioden var talet {earlier}",
        ChangeKind.BECOMES_HIDDEN: "talet är dolt nu",
        ChangeKind.BECOMES_VISIBLE: f"talet visas nu, {new}",
        ChangeKind.NEW: f"nytt tal, {new}",
    }
    if change.kind in of_kind:
        return f"{what}: {of_kind[change.kind]}."
    if _is_new(change):
        return f"{what}: nytt tal, {new}. Före det {earlier}{chance}."
    return f"{what}: ändrat från {old} till {new}{chance}."
