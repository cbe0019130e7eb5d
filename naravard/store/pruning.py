"""Which versions an installation keeps: all, or those of some months and the last one of each extract before them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from naravard.store.shelves import State, newest_of


def months_before(moment: datetime, months: int) -> datetime:
    """The same time of day so many months before, on the 28th at the latest."""
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=years, month=month + 1, day=min(moment.day, 28))


def outdated(
    states: Mapping[int, State],
    times: Mapping[int, datetime],
    extract_ids: Callable[[int], Collection[int] | None],
    oldest: datetime,
) -> list[int]:
    """Numbers of the versions that are from before `oldest` and of which nothing is lost.

    Each published extract is still in a version: the last that held it stays, however old. What has been taken out of
    reach, or was not released, goes by its age alone. What is shown stays, and what waits to be; so does a version that
    no log tells the time of (`times`), or that cannot be read (`extract_ids` gives None).
    """
    goes = []
    seen_ids: set[int] = set()
    newest = newest_of(states) or 0
    for number in sorted(states, reverse=True):
        is_old = number < newest and number in times and times[number] < oldest
        if states[number] is State.PUBLICERAD:
            ids = extract_ids(number)
            is_old = is_old and ids is not None and seen_ids.issuperset(ids)
            seen_ids |= set() if is_old or ids is None else {*ids}
        if is_old:
            goes.append(number)
    return sorted(goes)
