"""A proportion: how many of some persons, in percent, with Wilson's confidence interval."""

from dataclasses import replace

from naravard.figures.kinds._ratio import SHARE

KIND = replace(SHARE, id="proportion", place=2)
