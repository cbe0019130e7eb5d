"""Known errors of providers, which are corrected in every file until somebody takes them away."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from naravard import intake, sources
from naravard.base import settings
from naravard.base.errors import UserError
from naravard.base.model import Correction
from naravard.base.roles import Role
from naravard.intake.column_map import display_name
from naravard.intake.desk import Desk
from naravard.ui import visitor
from naravard.ui.show import plain, records


def corrections(desk: Desk) -> None:
    """Known errors of providers, which are corrected in every file until somebody takes them away."""
    st.header("Kända fel hos leverantörer", anchor=False)
    st.markdown(
        "Skriver en leverantör fel på samma sätt varje gång kan felet rättas här i stället för i filen. Varje rättelse "
        "syns i rapporten. Du får veta när en rättelse inte längre behövs."
    )
    corrections_in_force = intake.corrections.load()
    if corrections_in_force:
        _list(desk, corrections_in_force)
    with st.expander("Lägg till en rättelse"):
        _form(desk)


def _titles() -> dict[str, str]:
    """The sources' titles by id."""
    return {source.id: source.title for source in sources.of_lan(settings.lan_kod()).values()}


def _column(correction: Correction) -> str:
    """The column's name before people."""
    source = sources.source(correction.kalla)
    forms = [form for form in (source, *source.forms) if correction.kolumn in form.columns_by_name]
    return display_name(forms[0].columns_by_name[correction.kolumn])


def _list(desk: Desk, corrections_in_force: Sequence[Correction]) -> None:
    """The corrections in force, and a way to take one of them away."""
    titles = _titles()
    rows = [(titles[each.kalla], _column(each), each.fel_varde, each.ratt_varde, each.varfor)
            for each in corrections_in_force]  # fmt: skip
    records("Kända fel som rättas", ("Källa", "Kolumn", "Står i filen", "Läses som", "Varför"), rows)
    names = [f"{each.fel_varde} → {each.ratt_varde} ({titles[each.kalla]})" for each in corrections_in_force]
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    place = left.selectbox("Rättelse att ta bort", range(len(names)), format_func=names.__getitem__, key="ratta_bort")
    if right.button("Ta bort rättelsen", width="stretch", key="ratta_bort_knapp"):
        _take_away(desk, corrections_in_force[place])


@visitor.action("Ta bort en rättelse", Role.ANALYTIKER)
def _take_away(desk: Desk, correction: Correction) -> None:
    intake.corrections.remove(correction)
    desk.check_again()
    st.rerun()


def _form(desk: Desk) -> None:
    """A new correction: which column, what stands in files, what it is read as, and why."""
    titles = _titles()
    first, second = st.columns(2)
    kalla = first.selectbox("Källa", list(titles), format_func=titles.__getitem__, key="ratta_kalla")
    columns = intake.corrections.correctable(sources.source(kalla))
    kolumn = second.selectbox("Kolumn", list(columns), format_func=columns.__getitem__, key="ratta_kolumn")
    wrong_value = first.text_input("Står i filen", key="ratta_fel")
    right_value = second.text_input("Ska läsas som", key="ratta_ratt")
    reason = st.text_input("Varför, och är felet anmält?", key="ratta_varfor")
    if st.button("Spara rättelsen", key="ratta_spara", disabled=not (wrong_value and right_value and reason)):
        _save(desk, Correction(kalla, kolumn, wrong_value.strip(), right_value.strip(), reason.strip()))


@visitor.action("Spara en rättelse", Role.ANALYTIKER)
def _save(desk: Desk, correction: Correction) -> None:
    try:
        intake.corrections.add(correction)
    except UserError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    desk.check_again()
    st.rerun()
