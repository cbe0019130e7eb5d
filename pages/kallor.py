"""Källor och uttag: what is loaded, from whom, when, with which remarks."""

import streamlit as st

from naravard import ui
from naravard.format import number

with ui.snapshot() as snapshot:
    extracts, remarks, versions = snapshot.extracts(), snapshot.remarks(), snapshot.versions()

ui.title("Källor och uttag")
ui.lead(
    f"{number(sum(e.status == 'gallande' for e in extracts))} uttag gäller i version {versions[0].nummer}. Varje "
    "siffra går att följa till sitt uttag. Originalfilerna sparas aldrig, bara antalen."
)

st.header("Uttag som gäller", anchor=False)
ui.extracts_table("Uttag som gäller", [e for e in extracts if e.status == "gallande"])

st.header("Anmärkningar", anchor=False)
for extract in (e for e in extracts if e.status == "gallande"):
    ui.findings(extract, [remark for uttag_id, remark in remarks if uttag_id == extract.uttag_id])

st.header("Nya uttag och äldre versioner", anchor=False)
st.markdown("En fil kontrolleras först. Personer räknas i minnet, och inget person-id sparas.")
st.page_link(ui.page("ladda_upp"), label="Ladda upp ett uttag", icon=":material/arrow_forward:")
st.page_link(ui.page("versioner"), label="Alla versioner, och vägen tillbaka", icon=":material/arrow_forward:")
