"""The technical log: one JSON object a line, what failed and where, never what a person typed (S-40)."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger


class ImpersonalFormatter(logging.Formatter):
    """One JSON line per record: when, level, source, message; for a failure its class and its place.

    Messages with arguments keep their template only, exceptions lose their text, and a message already
    put together by someone else's code is replaced by the function that wrote it: each may hold a name,
    an identifier in a URL or a part of a form.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without the record's arguments nor the exception's message."""
        line: dict[str, Any] = {
            "le": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "niveau": record.levelname,
            "source": record.name,
            "message": _message(record),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["panne"] = record.exc_info[0].__name__
            line["ou"] = _places(record)
        return json.dumps(line, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    ours = record.name.startswith("maillage.")
    return str(record.msg) if record.args or ours else f"{record.module}.{record.funcName}"


def _places(record: logging.LogRecord) -> list[str]:
    """Return the last frames of the failure as file:line, innermost last."""
    if record.exc_info is None or record.exc_info[2] is None:
        return []
    frames = traceback.extract_tb(record.exc_info[2])[-4:]
    return [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]


class ServerLogger(Logger):  # type: ignore[misc]
    """The web server's own complaints, in the same lines: it would quote addresses and requests."""

    def setup(self, cfg: Any) -> None:
        """Put our formatter on what the server writes on the error output."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(ImpersonalFormatter())
