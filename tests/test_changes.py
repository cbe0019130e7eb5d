"""What a publication changes: in the order that it matters, beside the area's own earlier period, and as files."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from naravard import intake
from naravard.exports import andringar
from naravard.figures.changes import Change, ChangeKind, ChangeMark, by_importance, compare, summary
from naravard.store.snapshots import Store
from naravard.ui import change_tables
from naravard.ui.parts.ladda_upp import new_indicators
from tests.by_hand import row
from tests.test_store import publish_sabo, sabo_file


@pytest.fixture(scope="module")
def changes(module_deck: Store) -> Sequence[Change]:
    """One period twice: the second time with other figures."""
    publish_sabo(module_deck, "våren 2023", med=50)
    publish_sabo(module_deck, "våren 2024", med=60)
    publish_sabo(module_deck, "våren 2024", med=61)
    with module_deck.open(3) as old, module_deck.open(4) as new:
        return compare(old, new)


def test_a_changed_figure_stands_beside_its_own_period_before(changes: Sequence[Change]) -> None:
    shares = [c for c in changes if c.indicator.id == "sabo_andel_primarvard" and c.kommun == "Kalmar"]
    assert [(c.period, c.old_period, c.earlier_period) for c in shares] == [("våren 2024", "våren 2024", "våren 2023")]
    (share,) = shares
    assert share.old and share.new and share.earlier
    assert share.earlier.taljare == 50
    assert (share.old.taljare, share.new.taljare) == (60, 61)


def test_a_new_period_is_compared_with_the_one_before_and_needs_no_other(empty_store: Store) -> None:
    publish_sabo(empty_store, "våren 2023")
    changes = changes_by(empty_store, sabo_file(med=70), "våren 2024")
    assert {(c.old_period, c.earlier_period) for c in changes} == {("våren 2023", "")}
    assert {c.period for c in changes} == {"våren 2024"}


def test_what_is_beyond_chance_comes_first_then_what_comes_or_goes_then_by_size(changes: Sequence[Change]) -> None:
    made = list(changes)[:1]
    first = made[0]
    assert first.old and first.new

    def like(name: str, kind: ChangeKind, mark: ChangeMark, new: float) -> Change:
        assert first.old and first.new
        return replace(first, kommun=name, kind=kind, mark=mark, old=replace(first.old, varde=50.0),
                       new=replace(first.new, varde=new))  # fmt: skip

    in_order = [
        like("a", ChangeKind.CHANGED, ChangeMark.BEYOND_CHANCE, 80.0),
        like("b", ChangeKind.CHANGED, ChangeMark.BEYOND_CHANCE, 30.0),
        like("c", ChangeKind.BECOMES_HIDDEN, ChangeMark.NONE, 51.0),
        like("d", ChangeKind.CHANGED, ChangeMark.LARGE, 90.0),
        like("e", ChangeKind.CHANGED, ChangeMark.NONE, 54.0),
        like("f", ChangeKind.CHANGED, ChangeMark.NONE, 47.0),
    ]
    for mixed in (in_order[::-1], [in_order[i] for i in (3, 0, 5, 2, 1, 4)]):
        assert [c.kommun for c in by_importance(mixed)] == list("abcdef")


def changes_by(store: Store, content: bytes, matperiod: str) -> list[Change]:
    """What a file would change."""
    examination = intake.examine(content, "sabo.csv", intake.Choices(kalla="sabo", matperiod=matperiod))
    with store.open() as old, store.candidate(intake.counts_of([examination])) as new:
        return compare(old, new)


def test_the_files_have_every_change_and_nothing_that_is_hidden(empty_store: Store) -> None:
    publish_sabo(empty_store, "våren 2024", med=60)
    few = sabo_file().replace(b"Borgholm;100;60", b"Borgholm;100;3")
    changes = changes_by(empty_store, few, "våren 2024")
    lines = andringar.as_csv(changes).decode("utf-8-sig").splitlines()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(andringar.as_workbook(changes))).get_sheet_by_index(0).to_python()
    assert len(lines) == len(rows) == 1 + len(changes)
    hidden = [row for row in rows if row[2] == "Borgholm" and row[8] == ".."]
    assert hidden
    assert all(row[9] == "" for row in hidden), "what a hidden figure differs by gives it away"
    assert not [row for row in rows if row[2] == "Borgholm" and row[8] == 3]


@pytest.mark.parametrize(
    ("first", "second", "is_alike"),
    [
        ("våren 2023", "våren 2024", True),
        ("hösten 2023", "våren 2024", False),
        ("mars 2024", "april 2024", False),
        ("mars 2023", "2023-04-01–2024-03-31", False),
    ],
)
def test_only_periods_that_are_alike_are_told_to_change(
    empty_store: Store, first: str, second: str, is_alike: bool
) -> None:
    publish_sabo(empty_store, first, med=20)
    changes = changes_by(empty_store, sabo_file(med=90), second)
    marks = {
        c.mark
        for c in changes
        if c.indicator.id == "sabo_andel_primarvard" and c.period == second and c.kind is ChangeKind.CHANGED
    }
    assert any("annan tid på året" in each for each in summary(changes)) is not is_alike
    assert marks & {ChangeMark.BEYOND_CHANCE, ChangeMark.UNLIKE} == {
        ChangeMark.BEYOND_CHANCE if is_alike else ChangeMark.UNLIKE
    }


def test_a_kommun_without_a_figure_in_the_new_period_lacks_one_and_nothing_is_gone(empty_store: Store) -> None:
    publish_sabo(empty_store, "våren 2023")
    changes = changes_by(empty_store, sabo_file().replace("Högsby;100;60\n".encode(), b""), "våren 2024")
    assert {c.kommun for c in changes if c.kind is ChangeKind.LACKING} == {"Högsby"}
    assert not [c for c in changes if c.kind is ChangeKind.GONE]
    assert "Tal fanns förra mätperioden men saknas i den nya för Högsby." in summary(changes)


def test_a_new_period_of_the_lan_alone_takes_nothing_from_the_kommuner(empty_store: Store) -> None:
    """As a year of which SCB's file has some ages: all kommuner were told to lose their figures."""
    publish_sabo(empty_store, "våren 2023")
    changes = changes_by(
        empty_store, "Kommun;Boende på SÄBO;Kommunal primärvård\nKalmar län;1200;720".encode(), "våren 2024"
    )
    assert {c.kommun for c in changes} == {"Kalmar län"}


@pytest.mark.parametrize("mark", list(ChangeMark))
def test_periods_that_are_unlike_for_all_mark_no_figure_of_their_own(
    changes: Sequence[Change], mark: ChangeMark
) -> None:
    own = replace(changes[0], kind=ChangeKind.CHANGED, mark=mark)
    assert change_tables.is_striking(own) is (mark in {ChangeMark.LARGE, ChangeMark.BEYOND_CHANCE})
    assert change_tables.is_striking(replace(own, kind=ChangeKind.LACKING))


def test_an_extract_that_no_page_shows_changes_nothing_that_is_shown_and_that_is_what_is_said() -> None:
    assert summary([]) == ["Inga tal som visas ändras."]
    assert new_indicators.what_is_not_shown(1).startswith("1 nyckeltal sparas men syns inte på sidorna")


@pytest.mark.parametrize(
    ("taljare", "namnare", "said"), [(None, (94, 93), True), (0, (346, 345), True), (7, (94, 93), False)]
)
def test_a_row_whose_figures_read_alike_says_that_its_denominator_changes(
    changes: Sequence[Change], taljare: int | None, namnare: tuple[int, int], said: bool
) -> None:
    old, new = (
        replace(row(None if taljare is None else 100 * taljare / n), taljare=taljare, namnare=n) for n in namnare
    )
    same_period = {"kind": ChangeKind.CHANGED, "mark": ChangeMark.NONE, "old_period": changes[0].period}
    change = replace(changes[0], old=old, new=new, **same_period)  # type: ignore[arg-type]
    assert change_tables.note(change) == ("nämnaren ändras" if said else "")


@pytest.mark.parametrize(("first", "steps"), [(36.0, ["+50", "+14"]), (35.5, ["+50,5", "+14,0"])])
def test_the_changes_of_a_column_have_as_many_decimals(
    changes: Sequence[Change], first: float, steps: list[str]
) -> None:
    share = next(c for c in changes if c.indicator.id == "sabo_andel_primarvard")
    both = [replace(share, old=row(old), new=row(86.0)) for old in (first, 72.0)]
    text = change_tables.changes_table("Andel", both)
    assert all(f"{step}\u00a0procentenheter" in text for step in steps)
