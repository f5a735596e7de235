"""The one clock of the product.

Every dated decision asks `now()` or `today()`; nothing else reads the system time, one-time
codes apart. In a demo, `MAILLAGE_CLOCK` sets the starting time, which then runs, and an ISO
date-time written to `DIR/clock` moves it while serving.
"""

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

PARIS = ZoneInfo("Europe/Paris")

_started = datetime.now(PARIS)
_file_state: tuple[tuple[str, float, int], timedelta] | None = None


def now() -> datetime:
    """Return the product's current time, aware, in Paris time."""
    real = datetime.now(PARIS)
    if not settings.MAILLAGE_DEMO:
        return real
    return real + _offset()


def today() -> date:
    """Return the product's current day in Paris."""
    return now().date()


def day_of(moment: datetime) -> date:
    """Return the day in Paris of an aware moment."""
    return moment.astimezone(PARIS).date()


def parse_moment(text: str) -> datetime:
    """Read an ISO date or date-time; without an offset it is Paris time.

    Raises ValueError when the text is neither.
    """
    moment = datetime.fromisoformat(text.strip())
    return moment.replace(tzinfo=PARIS) if moment.tzinfo is None else moment.astimezone(PARIS)


def _offset() -> timedelta:
    path = Path(settings.MAILLAGE_DATA_DIR) / "clock"
    try:
        stat = path.stat()
    except OSError:
        start = os.environ.get("MAILLAGE_CLOCK", "")
        return parse_moment(start) - _started if start else timedelta(0)
    return _file_offset(path, (str(path), stat.st_mtime, stat.st_size))


def _file_offset(path: Path, state: tuple[str, float, int]) -> timedelta:
    """Return the offset asked by the clock file, re-read only when the file changed.

    A file caught half-written, or absurd, moves nothing: the last offset holds.
    """
    global _file_state
    if _file_state is None or _file_state[0] != state:
        try:
            asked = parse_moment(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return _file_state[1] if _file_state else timedelta(0)
        _file_state = (state, asked - datetime.fromtimestamp(state[1], PARIS))
    return _file_state[1]
