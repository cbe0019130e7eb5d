"""Hemsjukvård: LGL's slides 2 and 6."""

from naravard import ui
from naravard.base.numbers import enumeration, with_unit
from naravard.menu import Page
from naravard.telling import amounts, phrases, provenance

PAGE = Page("Hemsjukvård", "Bilderna", place=12, needs="publik")
reader = ui.reader()

ui.title(PAGE.title)
period, comparison = ui.choose_view("hemsjukvard", "hemsjukvard_antal", "hemsjukvard_andel_65plus")
persons = reader.find("hemsjukvard_antal", period, comparison)
professions = reader.find("hemsjukvard_profession", period, comparison)

if persons and professions and (lan_row := persons.lan()):
    by_profession = [
        f"{amounts.value(professions.lan(group), professions.indicator)} har insats av "
        f"{professions.group_label(group).lower()}"
        for group in professions.groups
    ]
    total = with_unit(amounts.value(lan_row, persons.indicator), "personer")
    ui.lead(
        f"{total} i {lan_row.kommun} har insats i kommunal hemsjukvård i "
        f"ordinärt boende {provenance.period_note(persons)}. {enumeration(by_profession)}. "
        f"En person kan få insats av flera.{phrases.of_own_kommun(persons)}"
    )

shares = {
    each: reader.find(each, period, comparison) for each in ("hemsjukvard_andel_65plus", "hemsjukvard_ssk_andel_65plus")
}
ui.sections({"hemsjukvard_antal": persons, "hemsjukvard_profession": professions, **shares}, period)
if by_sex := reader.find("hemsjukvard_kon_65plus_per_1000", period, comparison):  # an extract may have no sex
    ui.section(by_sex, "hemsjukvard_kon_65plus_per_1000", matperiod=period)
# Kolada's years are others than those of the measurements, so it has its own newest
ui.section(reader.find("hemsjukvard_mottagare_65plus_andel"), "hemsjukvard_mottagare_65plus_andel")
