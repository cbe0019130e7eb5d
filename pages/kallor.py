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

st.header("Läs in ett nytt uttag", anchor=False)
st.markdown(
    "En analytiker läser in ett uttag med kommandot nedan. Filen kontrolleras först. Personer räknas i minnet, och "
    "inget person-id sparas. Med `--prova` kontrolleras filen utan att något publiceras."
)
st.code('python -m naravard importera FIL --kalla auto --matperiod "våren 2024"', language=None)

st.header("Versioner", anchor=False)
rows = [(str(v.nummer), v.nar, v.vem, v.handelse, v.varfor) for v in versions]
ui.records("Alla publiceringar, den senaste först", ("Version", "När", "Vem", "Händelse", "Varför"), rows)
