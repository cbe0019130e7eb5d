"""A break in series as an analyst sets it: checked, and published as a new version with its line in the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from naravard import sources
from naravard.base import clock, kommuner, settings
from naravard.base.breaks import Break
from naravard.base.errors import UserError
from naravard.base.mask import refuse_ids
from naravard.base.numbers import number
from naravard.figures import indicators
from naravard.store.snapshots import Store

MOST_SIGNS = 60
"""So long may the words be that stand at the line in a chart."""
EARLIEST = date(1990, 1, 1)


def add(each: Break, store: Store, *, who: str, expected_version: int | None = None) -> int:
    """Publish the break, and give the new version's number. Raises UserError that tells all that is wrong with it."""
    each = replace(each, text=" ".join(each.text.split()))
    if problems := list(_problems(each)):
        raise UserError(" ".join(problems))
    who, why = refuse_ids(who, "Namnet"), refuse_ids(each.text, "Texten om brytpunkten")
    return store.add_break(each, who=who, why=why, expected_version=expected_version)


def remove(nummer: int, store: Store, *, who: str, why: str, expected_version: int | None = None) -> int:
    """Take a break away, and give the new version's number. Raises NotFound for a number that none has."""
    who, why = refuse_ids(who, "Namnet"), refuse_ids(why, "Orsaken")
    return store.remove_break(nummer, who=who, why=why, expected_version=expected_version)


def _problems(each: Break) -> Iterator[str]:
    if bool(each.kalla) == bool(each.indikator):
        yield "Ange en källa eller en indikator, en av dem."
    if each.kalla and each.kalla not in sources.sources():
        yield f"Källan {each.kalla!r} finns inte. Välj en av: {', '.join(sources.sources())}."
    if each.indikator:
        indicators.by_id(each.indikator)
    if each.kommun_kod and each.kommun_kod not in {k.kod for k in kommuner.in_lan(settings.lan_kod())}:
        yield f"Kommunen {each.kommun_kod} ligger inte i {kommuner.lan_name(settings.lan_kod())}."
    if not EARLIEST <= each.datum <= clock.today():
        yield f"Dagen {each.datum} ska ligga mellan {EARLIEST} och i dag."
    if not each.text:
        yield "Skriv vad som ändrades, till exempel ”Nytt journalsystem”."
    if len(each.text) > MOST_SIGNS:
        yield f"Texten har {number(len(each.text))} tecken. Den står i diagrammet: skriv högst {MOST_SIGNS}."
