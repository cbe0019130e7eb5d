"""SÄBO: LGL's slide 3, the table as on the slide, with a chart."""

from naravard import ui
from naravard.base import kommuner
from naravard.base.numbers import enumeration, number
from naravard.menu import Page
from naravard.telling import amounts, provenance

PAGE = Page("SÄBO", "LGL:s bilder", place=13)

ui.title("Särskilt boende för äldre (SÄBO)")
period, comparison = ui.choose_view("sabo", "sabo_andel_primarvard")
share = ui.reader().find("sabo_andel_primarvard", period, comparison)

if share and (total := share.lan()) and total.taljare is not None and total.namnare is not None:
    sentence = (
        f"{amounts.value(total, share.indicator)} av de boende på SÄBO i {total.kommun} har kommunal primärvård: "
        f"{number(total.taljare)} av {number(total.namnare)} personer {provenance.period_note(share)}."
    )
    flagged = [kommuner.area_name(remark.kommun_kod) for remark in share.remarks if remark.kommun_kod]
    if flagged:
        sentence += f" De låga talen i {enumeration(flagged)} beror troligen på registrering."
    ui.lead(sentence)

ui.section(share, "sabo_andel_primarvard", matperiod=period)
