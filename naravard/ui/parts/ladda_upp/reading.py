"""How a file was read: sheet, headings, columns and the first rows, all of which can be changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from htpy import Element

from naravard import intake
from naravard.base import settings
from naravard.base.codes import FindingCode
from naravard.base.errors import UserError
from naravard.base.numbers import capital
from naravard.base.roles import Role
from naravard.intake import Examination
from naravard.intake.column_map import NOT_MAPPED
from naravard.intake.desk import Desk, Upload
from naravard.ui import visitor
from naravard.ui.elements import small_print
from naravard.ui.parts.ladda_upp.choices import widget_key
from naravard.ui.parts.ladda_upp.publication import WHO_KEY
from naravard.ui.show import plain
from naravard.ui.table import records_table

_MASK_NOTES = {
    True: "Id, datum och fri text är dolda. Varje kolumn är sorterad för sig, så att ingen rad är en person.",
    False: "Det som liknar ett person-id är dolt.",
}
_LONG_HEADING = 40


def reading(desk: Desk, upload: Upload, examination: Examination) -> None:
    """Sheet, headings, columns and the first rows as they were read, all of which can be changed."""
    with st.expander("Så lästes filen", expanded=_needs_decision(upload, examination)):
        places = [f"flik ”{examination.sheet}”" if examination.sheet else "", examination.layout.reason]
        profile = f". Profilen ”{examination.profile}” användes" if examination.profile else ""
        st.markdown(plain(capital(f"{', '.join(filter(None, places))}{profile}.")))
        _place(desk, upload, examination)
        headings = [heading or f"(kolumn {i + 1})" for i, heading in enumerate(examination.headings.whole)]
        if examination.source:
            _columns(desk, upload, examination, headings)
        may_have_persons = examination.source is None or examination.source.has_persons
        heading = "Exempel på värden i varje kolumn" if may_have_persons else "De första raderna"
        st.markdown(f"**{heading}.** {_MASK_NOTES[may_have_persons]}")
        st.html(preview_table(heading, headings, examination.preview))
        if examination.source:
            _profile(upload, examination)


def _needs_decision(upload: Upload, examination: Examination) -> bool:
    """Whether the file needs a decision on how it is read, or has had one."""
    choices = upload.choices
    of_columns = {FindingCode.COLUMN_MISSING, FindingCode.OTHER_SOURCE}
    lacks_column = any(finding.code in of_columns for finding in examination.errors)
    return lacks_column or not examination.source or bool(choices.columns or choices.sheet or choices.first)


def _place(desk: Desk, upload: Upload, examination: Examination) -> None:
    """Sheet, where there are several, and which rows are headings."""
    columns = st.columns(3)
    first, depth = columns[:2] if len(examination.sheets) == 1 else columns[1:]
    if len(examination.sheets) > 1:
        with columns[0]:
            _sheet_menu(desk, upload, examination)
    row_key, depth_key = (widget_key(upload, name) for name in ("rubrikrad", "rubrikdjup"))

    def choose_headings() -> None:
        row, rows = (int(st.session_state[key]) for key in (row_key, depth_key))
        desk.choose(upload.id, first=row, depth=rows, columns={})

    layout = examination.layout
    first.number_input("Första rubrikraden", 1, 60, layout.first + 1, key=row_key, on_change=choose_headings)
    depth.number_input("Antal rubrikrader", 1, 3, layout.depth, key=depth_key, on_change=choose_headings)


def _sheet_menu(desk: Desk, upload: Upload, examination: Examination) -> None:
    names = {name: str(name) if is_visible else f"{name} (dold)" for name, is_visible in examination.sheets}
    key = widget_key(upload, "flik")
    st.selectbox(
        "Flik",
        list(names),
        index=list(names).index(examination.sheet),
        format_func=names.__getitem__,
        key=key,
        on_change=_choose_sheet,
        args=(desk, upload, key),
    )


def _choose_sheet(desk: Desk, upload: Upload, key: str) -> None:
    desk.choose(upload.id, sheet=st.session_state[key], first=None, depth=None, columns={})


def _columns(desk: Desk, upload: Upload, examination: Examination, headings: Sequence[str]) -> None:
    """A menu for each column of the source: where it stands in the file."""
    assert examination.source is not None
    places = [NOT_MAPPED, *range(len(headings))]
    grid = st.columns(3)
    for position, column in enumerate(examination.source.columns):
        key = widget_key(upload, f"kolumn_{column.name}")

        def choose_column(name: str = column.name, key: str = key) -> None:
            desk.choose(upload.id, columns={**upload.choices.columns, name: st.session_state[key]})

        label = capital(column.description)
        requirement = " (måste finnas)" if column.required else ""
        grid[position % 3].selectbox(
            plain(f"{label}{requirement}"),
            places,
            index=examination.positions.get(column.name, NOT_MAPPED) + 1,
            format_func=lambda place: "– finns inte i filen –" if place == NOT_MAPPED else headings[place],
            key=key,
            on_change=choose_column,
        )
        if column.name in examination.positions:
            grid[position % 3].html(small_print(f"Så valdes den: {examination.reasons[column.name]}"))


def _profile(upload: Upload, examination: Examination) -> None:
    """Saving how the file was read, for the next one with the same headings."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    name = left.text_input(
        "Spara som profil, för nästa fil med samma rubriker",
        placeholder="Cosmic, månadsuttag",
        key=f"profil_{upload.id}",
    )
    if right.button("Spara profilen", key=f"spara_{upload.id}", width="stretch", disabled=not name.strip()):
        _save_profile(name, examination)


@visitor.action("Spara en profil", Role.ANALYTIKER)
def _save_profile(name: str, examination: Examination) -> None:
    who = visitor.identity().name or st.session_state.get(WHO_KEY) or settings.user_name()
    try:
        intake.save_profile(name, examination, who=who)
        st.success(plain(f"Profilen ”{name.strip()}” är sparad. Nästa fil med samma rubriker läses likadant."))
    except UserError as error:
        st.error(plain(str(error)))


def preview_table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Element:
    """The first rows of a file, already masked."""
    short_headings = [text if len(text) <= _LONG_HEADING else f"{text[:_LONG_HEADING]}…" for text in headings]
    return records_table(caption, short_headings, rows)
