"""Values that a column does not know: what each means is chosen in a menu, for this file or for all of its source."""

from __future__ import annotations

from datetime import date

import streamlit as st

from naravard import intake
from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode
from naravard.base.errors import UserError
from naravard.base.model import Column, Correction, Finding
from naravard.intake import Examination
from naravard.intake.chosen_values import NOTHING
from naravard.intake.desk import Desk, Upload
from naravard.ui.parts.ladda_upp.choices import widget_key
from naravard.ui.show import plain

_UNKNOWN = {
    FindingCode.CATEGORY_UNKNOWN,
    FindingCode.OUT_OF_RANGE,
    FindingCode.NOT_A_NUMBER,
    FindingCode.NOT_AN_INTEGER,
    FindingCode.KOMMUN_UNKNOWN,
    FindingCode.AREA_AMBIGUOUS,
}
_MOST_MENUS = 20
_MASKED = "(dolt"


def unknown_values(desk: Desk, upload: Upload, examination: Examination) -> None:
    """A menu for each value that stops the file and is no secret."""
    columns = _columns_by_heading(examination)
    unknown = [
        finding
        for finding in examination.errors
        if finding.code in _UNKNOWN
        and finding.value
        and not finding.value.startswith(_MASKED)
        and finding.column in columns
    ]
    if not unknown:
        return
    with st.expander("Vad betyder de okända värdena?", expanded=True):
        always = st.checkbox(
            "Läs likadant i alla filer från källan", key=f"alltid_{upload.id}", help="Sparas bland kända fel."
        )
        for finding in unknown[:_MOST_MENUS]:
            _menu(desk, upload, examination, finding, columns[finding.column or ""], always=always)


def _columns_by_heading(examination: Examination) -> dict[str, Column]:
    source = examination.source
    if source is None:
        return {}
    return {heading: source.columns_by_name[name] for name, heading in examination.columns.items()}


def _menu(
    desk: Desk, upload: Upload, examination: Examination, finding: Finding, column: Column, *, always: bool
) -> None:
    key = widget_key(upload, f"betyder_{column.name}_{finding.value}")
    st.selectbox(
        f"{plain(finding.column or '')}: ”{plain(finding.value or '')}” ({finding.count} rader)",
        _meanings(column),
        index=None,
        placeholder="Välj vad det betyder",
        key=key,
        on_change=_choose,
        args=(desk, upload, examination, column, finding.value or "", key, always),
    )


def _meanings(column: Column) -> list[str]:
    """What a value can mean: the first spelling of each code, or that it is missing; a kommun or a region."""
    if column.kind == "area":
        lan = settings.lan_kod()
        return [*(k.namn + " kommun" for k in kommuner.in_lan(lan)), kommuner.lan_name(lan), "Riket"]
    words = {code: spelling for spelling, code in reversed(list(column.values.items()))}
    return [*list(words.values())[::-1], NOTHING]


def _choose(
    desk: Desk, upload: Upload, examination: Examination, column: Column, value: str, key: str, always: bool
) -> None:
    meaning = st.session_state[key]
    if not meaning or examination.source is None:
        return
    if always:
        correction = Correction(examination.source.id, column.name, value, meaning, f"valt {date.today()}")
        try:
            intake.corrections.add(correction)
        except UserError as error:
            st.toast(str(error))
            return
        desk.check_again()
        return
    values = upload.choices.values
    new_values = {**values, column.name: {**values.get(column.name, {}), value: "" if meaning == NOTHING else meaning}}
    desk.choose(upload.id, values=new_values)
