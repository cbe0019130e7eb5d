"""The parts of Program och API: the addresses, and the keys of who is logged in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from naravard.access import role_rules, tokens
from naravard.access.problems import API
from naravard.access.tokens import Token
from naravard.access.visitors import Mode, role_of_keys
from naravard.base import clock
from naravard.base.errors import UserError
from naravard.base.model import EXAMPLE
from naravard.base.numbers import quantity
from naravard.base.roles import Role
from naravard.ui import streamlit_internals, visitor
from naravard.ui.elements import paragraphs, small_print
from naravard.ui.show import plain, records
from naravard.ui.visit import store
from naravard.workshop import addresses as own_addresses

_NEVER = "aldrig"


def addresses() -> None:
    """Where the figures are, and the guide."""
    server = own_addresses.reachable(st.context.url or "")
    st.header("Adresser", anchor=False)
    example = f"{EXAMPLE.lower()}/" if store().is_example else ""
    st.code(f"{server}{API}{example}indikatorer", language=None)
    what = "Katalogen: alla indikatorer, och var talen finns som JSON, CSV och Parquet."
    st.html(paragraphs([f"{what} Vägledningen har alla adresser, och det som klistras in i andra program."]))
    st.link_button("Öppna vägledningen", API, icon=":material/menu_book:")
    if store().is_example:
        st.html(
            small_print(f"Exempeldata har egna adresser, med {EXAMPLE.lower()} i sig. {EXAMPLE} står i varje svar.")
        )


def keys() -> None:
    """The keys of who is here, and the form that makes one; or that none is needed."""
    st.header("Nycklar", anchor=False)
    if visitor.mode() not in {Mode.LOGIN, Mode.PROXY}:
        st.html(paragraphs(["Här behövs ingen nyckel: ingen loggar in på den här servern."]))
        return
    here = visitor.identity()
    st.markdown(
        "Ett program loggar inte in. Det skickar en nyckel, och läser då det som du får läsa. Ge varje program sin "
        "egen, så går det att återkalla en utan att störa de andra. Den som har nyckeln läser i ditt namn: spara den "
        "som ett lösenord."
    )
    _form(_role_now(here.email))
    own_tokens = tokens.of_owner(here.email)
    _list(own_tokens, "Dina nycklar", "Du har ingen nyckel.")
    others = [token for token in tokens.all_tokens() if token not in own_tokens]
    if visitor.may(Role.FORVALTARE):
        _list(others, "Andras nycklar", "Ingen annan har någon nyckel.")
    _revoke_form([*own_tokens, *(others if visitor.may(Role.FORVALTARE) else [])])


def _role_now(email: str) -> Role:
    return role_of_keys(email, role_rules.rules_of(streamlit_internals.secrets_files()))


def _form(role: Role) -> None:
    if role < visitor.identity().role:
        reads = f"har rollen {role.word}" if role >= Role.PUBLIK else "läser inga siffror"
        st.info(
            "Din roll kommer ur en grupp, och grupper är bara kända när du loggar in. En nyckel har den roll som din "
            f"e-postadress eller domän ger: den {reads}.",
            icon=":material/info:",
        )
    with st.form("ny_nyckel", enter_to_submit=False):
        name = st.text_input("Vad nyckeln är till", placeholder="Power BI, nära vård", max_chars=60)
        months = st.selectbox("Gäller i", tokens.MONTHS, index=len(tokens.MONTHS) - 1, format_func=_months, width=200)
        is_submitted = st.form_submit_button("Gör en nyckel", type="primary", icon=":material/key:")
    if is_submitted:
        _make(name, months)


def _months(count: int) -> str:
    return quantity(count, "månad", "månader")


@visitor.action("Göra en nyckel för program", Role.LASARE)
def _make(name: str, months: int) -> None:
    """Make a key and show it, in this run and never again."""
    try:
        key = tokens.make(name, visitor.identity(), months)
    except UserError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.success("Nyckeln är gjord. Kopiera den nu: den visas bara den här gången.", icon=":material/key:")
    st.code(key, language=None)


def _list(some: Sequence[Token], caption: str, none: str) -> None:
    st.subheader(caption, anchor=False)
    if not some:
        st.html(small_print(none))
        return
    today = clock.today()
    rows = [
        (
            token.namn,
            token.agare,
            token.skapad,
            token.anvand or _NEVER,
            token.galler_till if token.holds(today) else f"{token.galler_till}: har gått ut",
            _role_now(token.epost).word,
        )
        for token in some
    ]
    records(caption, ("Till vad", "Ägare", "Gjord", "Senast använd", "Gäller till och med", "Roll nu"), rows)


def _revoke_form(some: Sequence[Token]) -> None:
    if not some:
        return
    names = {token.nummer: f"{token.namn}, gjord {token.skapad} av {token.agare}" for token in some}
    with st.form("aterkalla_nyckel", enter_to_submit=False):
        number = st.selectbox("Nyckel att återkalla", list(names), format_func=names.__getitem__)
        is_submitted = st.form_submit_button("Återkalla nyckeln", icon=":material/key_off:")
    if is_submitted:
        _revoke(number)


@visitor.action("Återkalla en nyckel", Role.LASARE)
def _revoke(number: str) -> None:
    """Let a key hold no longer: one's own, or anybody's for who may restore versions."""
    here = visitor.identity()
    try:
        tokens.revoke(number, None if here.role >= Role.FORVALTARE else here.email)
    except UserError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.rerun()
