"""A distribution: shares of groups that are together the whole, and never a mean."""

from dataclasses import replace

from naravard.figures.kinds._ratio import SHARE


def _diagram(groups: int) -> str:
    return "stacked_bar"


KIND = replace(SHARE, id="distribution", place=4, parts_add_up=True, diagram=_diagram)
