"""What a file itself cannot tell: source, period, day and protection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from naravard import intake, sources
from naravard.intake.desk import Desk, Upload


def widget_key(upload: Upload, name: str) -> str:
    """What a widget is called. Each check has its own, so that they show how the file was read this time."""
    return f"{name}_{upload.id}_{upload.attempt}"


def choices_form(on: Desk, upload: Upload) -> None:
    """Source, period, day and protection: what the file itself cannot tell."""
    examination = upload.examination
    choices = upload.choices
    columns = st.columns([3, 2, 2, 3], vertical_alignment="bottom")
    found = examination.source.id if examination and examination.source else None
    ids = [intake.AUTO, *sources.sources()]

    def title(kalla: str) -> str:
        if kalla != intake.AUTO:
            return sources.source(kalla).title
        return f"{sources.source(found).title} (igenkänd)" if found and choices.kalla == intake.AUTO else "Känn igen"

    def changed(name: str, read: Callable[[Any], Any]) -> Callable[[], None]:
        key = widget_key(
            upload, name
        )  # as it is when the field is drawn: another field's change gives the next check a new one

        def tell() -> None:
            on.choose(upload.id, **{name: read(st.session_state[key])})

        return tell

    columns[0].selectbox(
        "Källa",
        ids,
        index=ids.index(choices.kalla),
        format_func=title,
        key=widget_key(upload, "kalla"),
        on_change=changed("kalla", str),
    )
    columns[1].text_input(
        "Mätperiod",
        value=choices.matperiod or (examination.matperiod if examination else None) or "",
        placeholder="våren 2024",
        key=widget_key(upload, "matperiod"),
        on_change=changed("matperiod", lambda text: text.strip() or None),
        help="När uppgifterna gäller. Behövs inte för befolkning och nyckeltal, som har år i filen.",
    )
    columns[2].text_input(
        "Mätdatum (frivilligt)",
        value=f"{choices.matdatum or ''}",
        placeholder="ÅÅÅÅ-MM-DD",
        key=widget_key(upload, "matdatum"),
        on_change=_choose_day,
        args=(on, upload, widget_key(upload, "matdatum")),
        help="Dagen som uppgifterna är från. Behövs om mätperioden inte har något årtal.",
    )
    columns[3].checkbox(
        "Siffrorna är redan publicerade: dölj inga små tal",
        value=choices.publicerad,
        key=widget_key(upload, "publicerad"),
        on_change=changed("publicerad", bool),
    )


def _choose_day(on: Desk, upload: Upload, key: str) -> None:
    """Take the day that was written. One that cannot be read is told, and the old one stays."""
    written = st.session_state[key].strip().replace("/", "-")
    try:
        day = date.fromisoformat(written) if written else None
    except ValueError:
        st.toast("Mätdatumet går inte att läsa. Skriv det som ÅÅÅÅ-MM-DD, till exempel 2024-04-01.")
        st.session_state[key] = f"{upload.choices.matdatum or ''}"
        return
    on.choose(upload.id, matdatum=day)
