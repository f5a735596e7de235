"""Where mails go when no mail server is given: one file a mail, which any mail program opens."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from maillage.base.identifiers import new_id


class OneFileEach(BaseEmailBackend):
    """Write each mail in a file of its own under `EMAIL_FILE_PATH`, oldest first by name.

    A mail may hold a link that opens without account: nobody but the server's user reads these files.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; return how many. Raises OSError when the disk refuses one."""
        folder = Path(str(settings.EMAIL_FILE_PATH))
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            path = folder / f"{time.time_ns()}-{new_id().hex}.eml"
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
                opened.write(message.message().as_bytes())
        return len(email_messages)
