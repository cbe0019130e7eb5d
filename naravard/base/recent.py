"""What was asked for last, kept in memory: a few of each group (LRU), so that one group does not push out another's."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")
_MOST_GROUPS = 64
"""Stores that a server reads: two of each of 21 län, and those of a test or a move."""


class Recent(Generic[Value]):
    """At most so many of each group. It may be used from any thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._groups: OrderedDict[Hashable, OrderedDict[Hashable, Value]] = OrderedDict()
        self._lock = Lock()

    def of(self, group: Hashable, key: Hashable, make: Callable[[], Value]) -> Value:
        """The one of this key, made where it is not there."""
        with self._lock:
            members = self._groups.setdefault(group, OrderedDict())
            if key not in members:
                members[key] = make()
            members.move_to_end(key)
            self._groups.move_to_end(group)
            _drop_oldest(members, self._most)
            _drop_oldest(self._groups, _MOST_GROUPS)
            return members[key]

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._groups.clear()


def _drop_oldest(mapping: OrderedDict[Hashable, Any], most: int) -> None:
    while len(mapping) > most:
        mapping.popitem(last=False)
