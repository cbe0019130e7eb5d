"""The parts of Ladda upp uttag: files, findings, how they were read, what changes, publication."""

from naravard.ui.parts.ladda_upp.arrival import conflict, keep, outcome, progress, receive, visitors_desk
from naravard.ui.parts.ladda_upp.file_card import card
from naravard.ui.parts.ladda_upp.open_figures import fetching, open_figures
from naravard.ui.parts.ladda_upp.provider_errors import corrections
from naravard.ui.parts.ladda_upp.publication import difference, publication
from naravard.ui.parts.ladda_upp.second_person import waiting

__all__ = [
    "card",
    "conflict",
    "corrections",
    "difference",
    "fetching",
    "keep",
    "open_figures",
    "outcome",
    "progress",
    "publication",
    "receive",
    "visitors_desk",
    "waiting",
]
