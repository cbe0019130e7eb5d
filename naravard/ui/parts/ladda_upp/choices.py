"""What a file itself cannot tell: source, period, day and protection. Each choice checks the file again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from naravard import intake, sources
from naravard.base import settings
from naravard.base.codes import FindingCode
from naravard.intake.desk import Desk, Upload


def widget_key(upload: Upload, name: str) -> str:
    """The key of a widget of one check. The next check has its own, so that its widgets show how it read the file."""
    return f"{name}_{upload.id}_{upload.attempt}"


def choices_form(desk: Desk, upload: Upload) -> None:
    """Source, period, day and protection, side by side."""
    fields = (_source_menu, _period_field, _day_field, _protection_box)
    for column, field in zip(st.columns([3, 2, 2, 3], vertical_alignment="bottom"), fields, strict=True):
        with column:
            field(desk, upload)


_GIVEN = {
    "ar": ("År, för alla rader", "2024"),
    "titel": ("Namn på nyckeltalet", "Fast läkarkontakt, andel (%)"),
    "enhet": ("Enhet, för alla rader", "procent"),
}
"""Columns that a file can lack and an analyst can say for all rows: the field's label, and what it may hold."""


def given_fields(desk: Desk, upload: Upload) -> None:
    """Year, name and unit, where the source has them and the file does not."""
    examination = upload.examination
    source = examination.source if examination else None
    if examination is None or source is None or source.period_sql is None:
        return
    is_unnamed = any(finding.code is FindingCode.NAME_MISSING for finding in examination.errors)
    missing_names = {name for name in _GIVEN if name not in examination.positions} | (
        {"titel"} if is_unnamed else set()
    )
    names = [
        name
        for name in _GIVEN
        if name in source.columns_by_name and (name in missing_names or name in upload.choices.constants)
    ]
    if not names:
        return
    with st.expander("År, namn och enhet som inte står i filen", expanded=bool(examination.errors)):
        for name in names:
            label, example = _GIVEN[name]
            key = widget_key(upload, f"givet_{name}")
            st.text_input(
                label,
                value=upload.choices.constants.get(name, ""),
                placeholder=example,
                key=key,
                on_change=_give,
                args=(desk, upload, name, key),
            )


def _give(desk: Desk, upload: Upload, name: str, key: str) -> None:
    desk.choose(upload.id, constants={**upload.choices.constants, name: st.session_state[key].strip()})


def _source_menu(desk: Desk, upload: Upload) -> None:
    own_sources = sources.of_lan(settings.lan_kod())
    ids = [intake.AUTO, *own_sources]
    names = {source.id: source.title for source in own_sources.values()}
    names[intake.AUTO] = "Känn igen"
    source = upload.examination.source if upload.examination else None
    if source and upload.choices.kalla == intake.AUTO:
        names[intake.AUTO] = f"{source.title} (igenkänd)"
    st.selectbox(
        "Källa",
        ids,
        index=ids.index(upload.choices.kalla),
        format_func=names.__getitem__,
        key=widget_key(upload, "kalla"),
        on_change=_choice(desk, upload, "kalla", str),
    )


def _period_field(desk: Desk, upload: Upload) -> None:
    examination = upload.examination
    st.text_input(
        "Mätperiod",
        value=upload.choices.matperiod or (examination.matperiod if examination else None) or "",
        placeholder="våren 2024",
        key=widget_key(upload, "matperiod"),
        on_change=_choice(desk, upload, "matperiod", lambda text: text.strip() or None),
        help="När uppgifterna gäller. Behövs inte för befolkning och nyckeltal, som har år i filen.",
    )


def _day_field(desk: Desk, upload: Upload) -> None:
    st.text_input(
        "Mätdatum (frivilligt)",
        value=f"{upload.choices.matdatum or ''}",
        placeholder="ÅÅÅÅ-MM-DD",
        key=widget_key(upload, "matdatum"),
        on_change=_choose_day,
        args=(desk, upload, widget_key(upload, "matdatum")),
        help="Dagen som uppgifterna är från. Behövs om mätperioden inte har något årtal.",
    )


def _protection_box(desk: Desk, upload: Upload) -> None:
    st.checkbox(
        "Visa även små tal (allt är redan offentligt)",
        value=upload.choices.publicerad,
        key=widget_key(upload, "publicerad"),
        on_change=_choice(desk, upload, "publicerad", bool),
    )


def _choice(desk: Desk, upload: Upload, name: str, parse: Callable[[Any], Any]) -> Callable[[], None]:
    """What happens when the widget of a choice changes."""
    key = widget_key(upload, name)  # as it is when the widget is drawn: a new check, by another choice, has other keys

    def choose() -> None:
        desk.choose(upload.id, **{name: parse(st.session_state[key])})

    return choose


def _choose_day(desk: Desk, upload: Upload, key: str) -> None:
    """Take the day as it is typed. One that cannot be read is told, and the old one stays."""
    text = st.session_state[key].strip().replace("/", "-")
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        st.toast("Mätdatumet går inte att läsa. Skriv det som ÅÅÅÅ-MM-DD, till exempel 2024-04-01.")
        st.session_state[key] = f"{upload.choices.matdatum or ''}"
        return
    desk.choose(upload.id, matdatum=day)
