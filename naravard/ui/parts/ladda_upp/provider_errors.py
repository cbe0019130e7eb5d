"""Known errors of providers, which are corrected in every file until somebody takes them away."""

from __future__ import annotations

import streamlit as st

from naravard import intake, sources
from naravard.base.errors import UserError
from naravard.base.model import Correction
from naravard.intake.desk import Desk
from naravard.ui.show import plain, records


def corrections(on: Desk) -> None:
    """Known errors of providers, which are corrected in every file until somebody takes them away."""
    st.header("Kända fel hos leverantörer", anchor=False)
    st.markdown(
        "Skriver en leverantör fel på samma sätt varje gång kan felet rättas här i stället för i filen. Varje rättelse "
        "syns i rapporten, och en som inte längre behövs sägs till om."
    )
    known = intake.corrections.corrections()
    if known:
        titles = {source.id: source.title for source in sources.sources().values()}
        rows = [(titles[c.kalla], c.kolumn, c.fel_varde, c.ratt_varde, c.varfor) for c in known]
        records("Kända fel som rättas", ("Källa", "Kolumn", "Står i filen", "Läses som", "Varför"), rows)
        names = {i: f"{c.fel_varde} → {c.ratt_varde} ({titles[c.kalla]})" for i, c in enumerate(known)}
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        chosen = left.selectbox("Rättelse att ta bort", list(names), format_func=lambda i: names[i], key="ratta_bort")
        if right.button("Ta bort rättelsen", width="stretch", key="ratta_bort_knapp"):
            intake.corrections.remove(known[chosen])
            on.check_again()
            st.rerun()
    with st.expander("Lägg till en rättelse"):
        _add_correction(on)


def _add_correction(on: Desk) -> None:
    titles = {source.id: source.title for source in sources.sources().values()}
    first, second = st.columns(2)
    kalla = first.selectbox("Källa", list(titles), format_func=lambda i: titles[i], key="ratta_kalla")
    columns = intake.corrections.correctable(sources.source(kalla))
    kolumn = second.selectbox("Kolumn", list(columns), format_func=lambda name: columns[name], key="ratta_kolumn")
    wrong = first.text_input("Står i filen", key="ratta_fel")
    right = second.text_input("Ska läsas som", key="ratta_ratt")
    why = st.text_input("Varför, och är felet anmält?", key="ratta_varfor")
    if st.button("Spara rättelsen", key="ratta_spara", disabled=not (wrong and right and why)):
        try:
            intake.corrections.add(Correction(kalla, kolumn, wrong.strip(), right.strip(), why.strip()))
            on.check_again()
            st.rerun()
        except UserError as error:
            st.error(plain(str(error)), icon=":material/error:")
