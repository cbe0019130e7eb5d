"""Källor och uttag: what is loaded, from whom, when, with which remarks."""

import streamlit as st

from naravard import ui
from naravard.base.numbers import number
from naravard.menu import Page

PAGE = Page("Källor och uttag", "Underlag", place=31, needs="publik")

ledger = ui.ledger()
extracts = [extract for extract in ledger.extracts if extract.status == "gallande"]

ui.title(PAGE.title)
ui.lead(
    f"{number(len(extracts))} uttag gäller i version {ledger.versions[0].nummer}. Varje "
    "siffra går att följa till sitt uttag. Originalfilerna sparas aldrig, bara antalen."
)

st.header("Uttag som gäller", anchor=False)
ui.extracts_table("Uttag som gäller", extracts)

st.header("Anmärkningar", anchor=False)
for extract in extracts:
    ui.kallor.findings(extract, [remark for uttag_id, remark in ledger.remarks if uttag_id == extract.uttag_id])

ui.kallor.breaks()

if ui.may_open("ladda_upp"):
    st.header("Nya uttag och äldre versioner", anchor=False)
    st.markdown("En fil kontrolleras först. Personer räknas i minnet, och inget person-id sparas.")
    st.page_link(ui.page("ladda_upp"), label="Ladda upp ett uttag", icon=":material/arrow_forward:")
    st.page_link(ui.page("versioner"), label="Alla versioner, och vägen tillbaka", icon=":material/arrow_forward:")
