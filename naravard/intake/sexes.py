"""What the sexes are called in headings and cells, folded."""

from __future__ import annotations

WOMEN = frozenset({"kvinnor", "kvinna", "women", "female"})
MEN = frozenset({"man", "men", "male"})
