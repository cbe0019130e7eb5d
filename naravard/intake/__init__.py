"""The way in: bytes → text table → columns → checks → counts → a new version. Its doors, in a few names.

Persons exist only inside `examine`, in memory; what it returns holds counts and findings.
"""

from naravard.intake import corrections, profiles
from naravard.intake.choices import AUTO, Choices
from naravard.intake.examination import STEPS, Examination, Progress, examine, save_profile
from naravard.intake.publishing import Rejected, check, counts_of, discard, publish, release, restore, withdraw

__all__ = [
    "AUTO",
    "STEPS",
    "Choices",
    "Examination",
    "Progress",
    "Rejected",
    "check",
    "corrections",
    "counts_of",
    "discard",
    "examine",
    "profiles",
    "publish",
    "release",
    "restore",
    "save_profile",
    "withdraw",
]
