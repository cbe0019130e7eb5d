"""How often one address may ask: more than a report of all indicators needs, less than a server minds."""

from __future__ import annotations

import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

MOST_A_MINUTE = 600
_A_MINUTE = RateLimitItemPerMinute(MOST_A_MINUTE)
_windows = MovingWindowRateLimiter(MemoryStorage())


def seconds_to_wait(address: str) -> int:
    """Count one question of an address. Gives how long it has to wait; 0 where it may ask."""
    if _windows.hit(_A_MINUTE, address):
        return 0
    return max(1, round(_windows.get_window_stats(_A_MINUTE, address).reset_time - time.time()))
