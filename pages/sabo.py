"""SÄBO: LGL's slide 3, the table as on the slide, with a chart."""

from naravard import ui
from naravard.base import kommuner
from naravard.base.numbers import enumeration, number, quantity
from naravard.menu import Page
from naravard.telling import amounts, phrases, provenance

PAGE = Page("SÄBO", "Bilderna", place=13, needs="publik")

ui.title("Särskilt boende för äldre (SÄBO)")
period, comparison = ui.choose_view("sabo", "sabo_andel_primarvard")
share = ui.reader().find("sabo_andel_primarvard", period, comparison)

if share and (lan_row := share.lan()) and lan_row.taljare is not None and lan_row.namnare is not None:
    of_all = quantity(lan_row.namnare, "person", "personer")
    sentence = (
        f"{amounts.value(lan_row, share.indicator)} av de boende på SÄBO i {lan_row.kommun} har kommunal primärvård: "
        f"{number(lan_row.taljare)} av {of_all} {provenance.period_note(share)}.{phrases.of_own_kommun(share)}"
    )
    kommuner_with_remarks = [kommuner.area_name(remark.kommun_kod) for remark in share.remarks if remark.kommun_kod]
    if kommuner_with_remarks:
        sentence += f" De låga talen i {enumeration(kommuner_with_remarks)} beror troligen på registrering."
    ui.lead(sentence)

ui.section(share, "sabo_andel_primarvard", matperiod=period)
