"""iCalendar files (RFC 5545) that calendar programs read: Paris time with its own rules, folded lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
FOLD = 75
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""


@dataclass(frozen=True)
class Event:
    """One entry: `sequence` grows with each change of date, `modifie` is when it last changed."""

    uid: str
    titre: str
    debut: datetime
    minutes: int
    modifie: datetime
    lieu: str = ""
    sequence: int = 0
    annule: bool = False


def calendar_bytes(name: str, events: Iterable[Event], *, method: str = "PUBLISH") -> bytes:
    """Return the file of these events under a calendar's name: CRLF, lines of 75 bytes at most.

    `method` is what a program does with it (RFC 5546): PUBLISH, or CANCEL for events all cancelled.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Maillage//Maillage//FR", "CALSCALE:GREGORIAN"]
    lines += [f"METHOD:{method}", f"X-WR-CALNAME:{_text(name)}", *ZONE.splitlines()]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return b"".join(folded + b"\r\n" for line in lines for folded in _fold(line))


def _event(event: Event) -> Iterator[str]:
    start = event.debut.astimezone(PARIS)
    end = (event.debut + timedelta(minutes=event.minutes)).astimezone(PARIS)
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{event.modifie.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART;TZID=Europe/Paris:{start:%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID=Europe/Paris:{end:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{_text(event.titre)}"
    if event.lieu:
        yield f"LOCATION:{_text(event.lieu)}"
    yield f"STATUS:{'CANCELLED' if event.annule else 'CONFIRMED'}"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """Escape a text value (RFC 5545, 3.3.11)."""
    for found, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(found, written)
    return text


def _fold(line: str) -> Iterator[bytes]:
    """Cut a line into pieces of at most 75 bytes, never inside a character (RFC 5545, 3.1)."""
    piece = b""
    for character in line:
        more = character.encode()
        if len(piece) + len(more) > FOLD:
            yield piece
            piece = b" "
        piece += more
    yield piece
