"""Times, as arguments."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from . import _native

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def milliseconds(at: datetime | str) -> int:
    """Milliseconds since 1970, of a time with a time zone or of a text such as
    ``2026-03-01T12:00:00Z``."""
    if isinstance(at, str):
        return _native.read_time(at)
    if not isinstance(at, datetime):
        raise TypeError(f"at: expected a datetime with a time zone, not {type(at).__name__}")
    if at.tzinfo is None:
        raise ValueError("at: expected a datetime with a time zone")
    return (at - _EPOCH) // timedelta(milliseconds=1)


def now() -> int:
    """Milliseconds since 1970, by the machine's clock."""
    return milliseconds(datetime.now(timezone.utc))
