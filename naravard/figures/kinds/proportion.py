"""A proportion: how many of some persons, in percent, with Wilson's confidence interval."""

from dataclasses import replace

from naravard.figures.kinds._ratio import SHARE
from naravard.methods import funnel

KIND = replace(SHARE, id="proportion", place=2, funnel_limits=funnel.share_limits)
