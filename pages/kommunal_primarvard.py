"""Kommunal primärvård: LGL's slides 1, 4 and 5."""

from naravard import ui
from naravard.base.numbers import with_unit
from naravard.menu import Page
from naravard.telling import amounts, phrases, provenance

PAGE = Page("Kommunal primärvård", "Bilderna", place=11, needs="publik")
reader = ui.reader()

ui.title(PAGE.title)
period, comparison = ui.choose_view(
    "kommunal_primarvard",
    "kommunal_primarvard_antal",
    "kommunal_primarvard_andel_av_befolkningen",
    "fast_lakarkontakt_andel",
    "rub_fordelning",
)
persons = reader.find("kommunal_primarvard_antal", period, comparison)
share = reader.find("kommunal_primarvard_andel_av_befolkningen", period, comparison)

if persons and (lan_row := persons.lan()):
    indicator = persons.indicator
    share_words = f", {amounts.value(share.lan(), share.indicator)} av befolkningen" if share else ""
    total = with_unit(amounts.value(lan_row, indicator), "personer")
    ui.lead(
        f"{total} i {lan_row.kommun} har kommunal primärvård{share_words} "
        f"{provenance.period_note(persons)}.{phrases.where_they_live(persons)}{phrases.of_own_kommun(persons)}"
    )

others = {each: reader.find(each, period, comparison) for each in ("fast_lakarkontakt_andel", "rub_fordelning")}
ui.sections(
    {"kommunal_primarvard_antal": persons, "kommunal_primarvard_andel_av_befolkningen": share, **others}, period
)
