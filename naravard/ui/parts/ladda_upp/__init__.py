"""The parts of Ladda upp uttag: files, findings, how they were read, what changes, publication."""

from naravard.ui.parts.ladda_upp.arrival import desk, notice, published, receive, waiting
from naravard.ui.parts.ladda_upp.file_card import card
from naravard.ui.parts.ladda_upp.provider_errors import corrections
from naravard.ui.parts.ladda_upp.publication import difference, publication

__all__ = [
    "card",
    "corrections",
    "desk",
    "difference",
    "notice",
    "publication",
    "published",
    "receive",
    "waiting",
]
