"""Values that a column does not know: a line for each, where it is chosen what the value means.

What may be a person is never shown: it is told by its row, and can be said to be missing or not to belong here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from naravard.base.codes import FindingCode
from naravard.base.errors import UserError
from naravard.base.mask import MASKED, MASKED_DATE, MASKED_TEXT
from naravard.base.model import Column, Finding, Source
from naravard.base.numbers import number, quantity
from naravard.base.roles import Role
from naravard.intake import Examination, chosen_values, persons
from naravard.intake.chosen_values import NOT_HERE, NOTHING
from naravard.intake.desk import Desk, Meaning, Upload
from naravard.ui import visitor
from naravard.ui.elements import small_print
from naravard.ui.parts.ladda_upp.choices import widget_key
from naravard.ui.show import plain

_MASKS = (MASKED, MASKED_DATE, MASKED_TEXT)
_MOST_LINES = 30
_MOST_HIDDEN = 3
"""More hidden values than these in a column are one line: nobody tells them apart."""
_THIS_FILE, _ALWAYS = "Bara den här filen", "Alltid, i alla filer från källan"


@dataclass(frozen=True)
class Line:
    """A value that stops the file, or several hidden ones of a column."""

    column: Column
    keys: tuple[str, ...]
    label: str
    text: str | None
    """None where it is hidden."""
    findings: tuple[Finding, ...]


def lines(examination: Examination) -> list[Line]:
    """The values that stop a file, or are asked about, and that can be settled here, in the order of the file."""
    source = examination.source
    if source is None:
        return []
    columns = {heading: source.columns_by_name[name] for name, heading in examination.columns.items()}
    hidden: dict[str, list[Line]] = defaultdict(list)
    all_lines = []
    asked_about = [finding for finding in examination.warnings if finding.code is FindingCode.ONE_ANSWER]
    for finding in (*examination.errors, *asked_about):
        column = columns.get(finding.column or "")
        line = _line(finding, column) if column else None
        if line is not None:
            all_lines.append(line)
            if line.text is None and line.column.kind != "person":
                hidden[line.column.name].append(line)
    line_of_many = {name: _together(each) for name, each in hidden.items() if len(each) > _MOST_HIDDEN}
    alone = [line for line in _once_per_key(all_lines) if line.text is not None or line.column.name not in line_of_many]
    return [*alone, *line_of_many.values()]


def unknown_values(desk: Desk, upload: Upload, examination: Examination) -> None:
    """A line for each value that stops the file, and the button that reads the file with what was chosen."""
    source, all_lines = examination.source, lines(examination)
    if source is not None and all_lines:
        _form(desk, upload, examination, source, all_lines)


@visitor.fragment()
def _form(desk: Desk, upload: Upload, examination: Examination, source: Source, all_lines: Sequence[Line]) -> None:
    """Runs by itself when a meaning is chosen: nothing else of the page changes. A file read again changes all."""
    if upload.examination is not examination:
        st.rerun()
    with st.container(border=True):
        st.markdown(f"**Vad betyder värdena? {quantity(len(all_lines), 'värde', 'värden')} att välja**")
        st.html(
            small_print(
                "Filen ändras inte. Det du väljer gäller när den läses, och står i rapporten. ”Hör inte hit” betyder "
                "att raderna inte räknas. Det som kan vara en person visas aldrig."
            )
        )
        for line in all_lines[:_MOST_LINES]:
            _show_line(desk, upload, source, line)
        if len(all_lines) > _MOST_LINES:
            rest = quantity(len(all_lines) - _MOST_LINES, "värde", "värden")
            st.html(small_print(f"{rest} till visas när filen är läst med de här valen."))
        _buttons(desk, upload, source, all_lines[:_MOST_LINES])


def chosen_meanings(desk: Desk, upload: Upload, examination: Examination) -> None:
    """What was chosen for this file, with a way back for each."""
    findings = [f for f in examination.findings if f.code is FindingCode.VALUE_CHOSEN]
    keys = [(name, key) for name, meanings in upload.choices.values.items() for key in meanings]
    if not keys:
        return
    with st.expander(f"Dina val av vad värden betyder ({len(keys)})"):
        for name, key in keys:
            meaning = upload.choices.values[name][key]
            heading = examination.columns.get(name, "")
            count = sum(f.count for f in findings if f.column == heading and _is_about(f, key))
            left, right = st.columns([5, 1], vertical_alignment="center")
            rows = f" ({quantity(count, 'rad', 'rader')})" if count else ""
            left.markdown(plain(f"{heading}: {_name_of(key)} → {_words(meaning, name)}{rows}"))
            right.button(
                "Ångra",
                key=widget_key(upload, f"angra_{name}_{key}"),
                help=f"Läs {heading}: {_name_of(key)} som det står",
                on_click=desk.take_back,
                args=(upload.id, name, key),
                width="stretch",
            )


def _is_about(finding: Finding, key: str) -> bool:
    return finding.value in {key, f"id {key}"} or key == chosen_values.row_key(finding.row or 0)


def _name_of(key: str) -> str:
    """A text as it is quoted; what stands for a hidden one as it is."""
    return key if chosen_values.is_stand_in(key) else f"”{key}”"


def _line(finding: Finding, column: Column) -> Line | None:
    """The line of an error; None for one that no choice here settles."""
    if finding.code in chosen_values.OF_IDS and column.kind == "person":
        key, words = chosen_values.OF_IDS[finding.code]
        return Line(column, (key,), f"{finding.column}: {words}", None, (finding,))
    if finding.code not in chosen_values.OF_CELLS or finding.row is None:
        return None
    if finding.code is FindingCode.DATES_IN_CATEGORY:
        return Line(column, (chosen_values.DATES,), f"{finding.column}: alla datum", None, (finding,))
    by_row = (chosen_values.row_key(finding.row),)
    if not finding.value:
        return Line(column, by_row, f"{finding.column}: tom cell", None, (finding,))
    if any(mask in finding.value for mask in _MASKS):
        return Line(column, by_row, f"{finding.column}: dolt värde, kan vara en person", None, (finding,))
    return Line(column, (finding.value,), f"{finding.column}: ”{finding.value}”", finding.value, (finding,))


def _together(hidden: Sequence[Line]) -> Line:
    first = hidden[0]
    keys = tuple(key for line in hidden for key in line.keys)
    how_many = quantity(len(hidden), "dolt värde, kan vara en person", "dolda värden, kan vara personer")
    label = f"{first.findings[0].column}: {how_many}"
    return Line(first.column, keys, label, None, tuple(f for line in hidden for f in line.findings))


def _once_per_key(all_lines: Sequence[Line]) -> list[Line]:
    """Two errors that one choice settles are one line."""
    by_key: dict[tuple[str, tuple[str, ...]], Line] = {}
    for line in all_lines:
        place = line.column.name, line.keys
        old = by_key.get(place)
        by_key[place] = replace(old, findings=(*old.findings, *line.findings)) if old else line
    return list(by_key.values())


def _label(line: Line) -> str:
    count, first = sum(f.count for f in line.findings), min(f.row or 0 for f in line.findings)
    rows = f"{quantity(count, 'rad', 'rader')}, den första rad {number(first)}" if count > 1 else f"rad {number(first)}"
    return plain(f"{line.label} ({rows})")


def _show_line(desk: Desk, upload: Upload, source: Source, line: Line) -> None:
    """The value, what it may mean, the nearest meaning as a button, and how long the choice lasts."""
    menu, button, scope = st.columns([5, 2, 3], vertical_alignment="bottom")
    key = _key(upload, line)
    near = chosen_values.suggestion(line.column, line.text)
    meaning = upload.draft.get((line.column.name, line.keys[0]))
    options = chosen_values.meanings(line.column, source, line.text)
    if meaning and meaning.text not in options:
        options.insert(0, meaning.text)
    can_write = line.column.kind in {"integer", "number", "percent", "year", "birth_year", "date"}
    menu.selectbox(
        _label(line),
        options,
        index=options.index(meaning.text) if meaning else None,
        format_func=lambda text: _words(text, line.column.name),
        placeholder="Välj, eller skriv rätt värde" if can_write else "Välj vad det betyder",
        accept_new_options=can_write,
        key=key,
        on_change=_choose,
        args=(desk, upload, line),
    )
    if near is not None:
        name = near.removesuffix(" kommun")
        button.button(
            f"Menar du {plain(name)}?",
            key=f"{key}_menas",
            on_click=_take_suggestion,
            args=(desk, upload, line, near),
            width="stretch",
        )
    if line.text is None:
        scope.html(small_print("Gäller bara den här filen"))
        return
    scope.selectbox(
        plain(f"Gäller {line.findings[0].column} ”{line.text}”"),
        [_THIS_FILE, _ALWAYS],
        index=int(bool(meaning and meaning.always)),
        label_visibility="collapsed",
        key=f"{key}_galler",
        on_change=_choose,
        args=(desk, upload, line),
    )


def _words(meaning: str, column: str) -> str:
    """A meaning in words."""
    if meaning == NOT_HERE:
        return f"{NOT_HERE}: räkna inte raderna"
    if column == persons.COLUMN:
        return "uppgift saknas: varje rad räknas som en egen person"
    return meaning or NOTHING


def _key(upload: Upload, line: Line) -> str:
    return widget_key(upload, f"betyder_{line.column.name}_{line.keys[0]}")


def _buttons(desk: Desk, upload: Upload, source: Source, all_lines: Sequence[Line]) -> None:
    """All suggestions at once, and the file read with what is chosen."""
    suggested = [line for line in all_lines if chosen_values.suggestion(line.column, line.text)]
    is_chosen = [(line.column.name, line.keys[0]) in upload.draft for line in all_lines]
    left, right = st.columns(2)
    if len(suggested) > 1:
        left.button(
            f"Ta alla {len(suggested)} förslag",
            key=widget_key(upload, "alla_forslag"),
            on_click=_take_all,
            args=(desk, upload, suggested),
            width="stretch",
        )
    right.button(
        f"Läs filen med valen ({sum(is_chosen)} av {len(all_lines)})",
        type="primary",
        disabled=not any(is_chosen),
        help=None if any(is_chosen) else "Välj först vad något av värdena betyder",
        key=widget_key(upload, "las_med_valen"),
        on_click=_read,
        args=(desk, upload),
        width="stretch",
    )


def _choose(desk: Desk, upload: Upload, line: Line) -> None:
    """Note what stands in the line's menus. What the column cannot hold is told, and the menu is emptied."""
    key = _key(upload, line)
    meaning = (st.session_state.get(key) or "").strip()
    is_always = st.session_state.get(f"{key}_galler") == _ALWAYS
    try:
        desk.note(upload.id, line.column.name, line.keys, Meaning(meaning, is_always) if meaning else None)
    except UserError as error:
        st.toast(plain(str(error)), duration="long")
        st.session_state[key] = None


def _take_suggestion(desk: Desk, upload: Upload, line: Line, meaning: str) -> None:
    st.session_state[_key(upload, line)] = meaning
    _choose(desk, upload, line)


def _take_all(desk: Desk, upload: Upload, suggested: Sequence[Line]) -> None:
    for line in suggested:
        _take_suggestion(desk, upload, line, chosen_values.suggestion(line.column, line.text) or "")


@visitor.action("Läsa filen med valen", Role.ANALYTIKER)
def _read(desk: Desk, upload: Upload) -> None:
    try:
        desk.read_notes(upload.id)
    except UserError as error:
        st.toast(plain(str(error)), duration="long")
