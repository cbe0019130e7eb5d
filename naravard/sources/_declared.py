"""What each source must say of the persons in its figures, so that no count of persons passes the gate unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from naravard.base import persons
from naravard.base.errors import UserError
from naravard.base.model import Source
from naravard.base.numbers import enumeration
from naravard.base.persons import Persons

_DIVIDED_TABLE = ("uppdelning", "grupp", "antal", "tecken")


def refuse_undeclared(all_sources: Mapping[str, Source]) -> None:
    """Raise UserError that tells, of each source, what it lacks and what to write."""
    faults = [
        f"naravard/sources/{source.id}.py: {fault}" for source in all_sources.values() for fault in _faults(source)
    ]
    if faults:
        raise UserError("\n".join(faults))


def _faults(source: Source) -> Iterator[str]:
    if source.persons is None and not source.open_figures:
        yield (
            "SOURCE säger inte om siffrorna är om personer. Är de det: skriv i nyckeln persons vad personerna delas i, "
            'till exempel persons=Persons((Division("kon", ("kvinna", "man")),)), eller persons=Persons(()) där de '
            "inte delas i något. Är siffrorna redan öppna: skriv i nyckeln open_figures varför, till exempel "
            'open_figures="folkmängd, som SCB publicerar".'
        )
    elif source.open_figures and source.persons:
        yield "SOURCE har både persons och open_figures. Ta bort den som inte stämmer."
    elif source.open_figures and any(form.has_persons for form in (source, *source.forms)):
        yield "SOURCE har en kolumn med person-id: siffrorna är om personer. Skriv persons i stället för open_figures."
    if source.persons:
        yield from _faults_of_table(source, source.persons)
        yield from _faults_of_sets(source.id, source.persons)


def _faults_of_table(source: Source, declared: Persons) -> Iterator[str]:
    columns = [name for column in declared.columns.values() for name in (column, f"{column}_tecken")]
    columns_of_table = {part.split()[0] for part in source.table.split(",")}
    missing = [name for name in columns or _DIVIDED_TABLE if name not in columns_of_table]
    if missing:
        yield (
            f"persons behöver {enumeration(missing)} i nyckeln table. En tabell över personer har antingen "
            f"{enumeration(list(_DIVIDED_TABLE))}, eller en kolumn för varje mängd, med sitt tecken, som "
            'persons.columns nämner: columns={"": "boende", "primarvard.med": "med_primarvard"}.'
        )
    if columns and "" not in declared.columns:
        yield 'persons.columns nämner inte alla personer. Lägg till kolumnen som räknar dem: columns={"": "boende", …}.'


def _faults_of_sets(source_id: str, declared: Persons) -> Iterator[str]:
    """Names in the declaration that are of no set of the source."""
    sets = set(persons.names(source_id, declared))
    divisions = [division.name for division in declared.divisions]
    set_names = [f"{source_id}.{own}" if own else source_id for own in (*declared.columns, *declared.same_as)]
    for division in declared.divisions:
        try:
            set_names += [term.name for term in division.within_form]
        except ValueError:
            yield f"within i uppdelningen {division.name} ska vara mängder med + eller - emellan: {division.within!r}."
        if division.of and division.of not in divisions:
            yield f"of i uppdelningen {division.name} nämner {division.of}, som inte är en av {enumeration(divisions)}."
    yield from (
        f"persons nämner {name}, som ingen uppdelning har." for name in dict.fromkeys(set_names) if name not in sets
    )
