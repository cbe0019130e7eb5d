"""Said to who publishes, before they have worked for it: that nothing can be published now."""

from __future__ import annotations

import streamlit as st

from naravard.base.roles import Role
from naravard.menu import Page
from naravard.ui import visitor
from naravard.ui.show import plain
from naravard.ui.visit import store

_SECTION = "Underlag"


def tell_refusal(page: Page) -> None:
    """A line above the pages of extracts and versions, for analysts. Those who read notice nothing."""
    if page.section != _SECTION or not visitor.may(Role.ANALYTIKER):
        return
    if refusal := store().shelf.refusal():
        st.warning(
            f"{plain(refusal)} Siffrorna visas ur kopior på den här servern, och inget kan publiceras eller ändras "
            "förrän den svarar igen. Meddela den som sköter tjänsten.",
            icon=":material/cloud_off:",
        )
