"""A nyckeltal that no indicator shows, as a file for `queries/`: ready to be saved, and to be made better."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pyarrow as pa

from naravard.base.kommuner import match_key
from naravard.base.units import unit_at_end
from naravard.intake.plausible.not_shown import is_shown

_LONGEST_STEM = 50
_IN_PERCENT = "procent"
_COUNTS = {"antal", "personer", "individer", "patienter", "brukare"}
"""Units of counts, of which small ones are hidden where the extract is not published."""
NOT_GIVEN = "enhet ej angiven"
_FILE = """/* ---
titel: {titel}
kind: {kind}
enhet: {enhet}{ask}
riktning: neutral
taljare: {titel}
{namnare}kalla: {kalla}
definition: {definition}
rubriker: {{varde: Värde}}
behover: nyckeltal
decimaler: 1
--- */
select
    kommun_kod,
    coalesce(ar::varchar, 'ej angiven') as matperiod,
    kon as grupp,
    null::bigint as taljare,
    null::bigint as namnare,
    uttag_id,
    ar as taljare_ar,
    ar as namnare_ar,
    varde,
    kalla,
    tecken
from nyckeltal_gallande
where nyckeltal = '{nyckeltal}' and kon = 'totalt'
"""


@dataclass(frozen=True)
class NewIndicator:
    """A file that is not there yet. `name` is what it would be called in `queries/`."""

    nyckeltal: str
    titel: str
    name: str
    text: str


def new_indicators(table: pa.Table) -> list[NewIndicator]:
    """One for each nyckeltal in these counts that no indicator shows."""
    files = {}
    for row in table.select(["nyckeltal", "titel", "enhet", "kalla"]).to_pylist():
        if row["nyckeltal"] not in files and not is_shown(row["nyckeltal"]):
            files[row["nyckeltal"]] = new_indicator(row["nyckeltal"], row["titel"], row["enhet"], row["kalla"])
    return list(files.values())


def new_indicator(nyckeltal: str, titel: str, enhet: str, kalla: str) -> NewIndicator:
    """The file of one nyckeltal: a share where it is in percent, a count of people, else a rate by what its unit is."""
    stem = "_".join(match_key(titel).split())[:_LONGEST_STEM].rstrip("_") or "nytt_nyckeltal"
    stem = stem if stem[0].isalpha() else f"nyckeltal_{stem}"
    if enhet == NOT_GIVEN:
        enhet = unit_at_end(titel) or NOT_GIVEN
    kind = "proportion" if enhet == _IN_PERCENT else "count" if enhet in _COUNTS else "rate"
    below = {"proportion": "namnare: alla i samma grupp\n", "rate": "namnare: det som enheten säger\n"}
    text = _FILE.format(
        titel=_yaml(titel),
        kind=kind,
        enhet=_yaml(enhet),
        ask="  # uttaget säger den inte: skriv den här, till exempel kr per invånare" if enhet == NOT_GIVEN else "",
        namnare=below.get(kind, ""),
        kalla=_yaml(kalla),
        definition=_yaml(f"{titel}, så som källan har räknat det."),
        nyckeltal=nyckeltal.replace("'", "''"),
    )
    return NewIndicator(nyckeltal, titel, f"{stem}.sql", text)


def _yaml(text: str) -> str:
    """A text as YAML reads it on one line, and as a comment in SQL may have it."""
    return json.dumps(text.replace("*/", "* /"), ensure_ascii=False)
