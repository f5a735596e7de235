"""The server's technical log: what failed and where, never what a person typed (S-40)."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path


class ImpersonalFormatter(logging.Formatter):
    """One line per record: level, logger, and for a failure its class and its place in our code.

    Messages with arguments keep their template only, exceptions lose their text: both may hold
    a name, an identifier in a URL or a part of a form.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without the record's arguments nor the exception's message."""
        template = str(record.msg).replace("\n", " ")
        line = f"{record.levelname} {record.name} {template}"
        if record.exc_info and record.exc_info[0] is not None:
            line += f" [{record.exc_info[0].__name__}{_places(record)}]"
        return line


def _places(record: logging.LogRecord) -> str:
    """Return the last frames of the failure as file:line, innermost last."""
    if record.exc_info is None or record.exc_info[2] is None:
        return ""
    frames = traceback.extract_tb(record.exc_info[2])[-4:]
    return "".join(f" {Path(frame.filename).name}:{frame.lineno}" for frame in frames)
