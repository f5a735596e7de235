"""Without a mail server, each mail is a file of its own that reads back as it was written."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage, get_connection

BACKEND = "maillage.base.courriel.OneFileEach"


@pytest.mark.parametrize("together", [True, False])
def test_mails_of_the_same_instant_never_share_a_file(
    tmp_path: Path, settings: LazySettings, together: bool
) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    mails = [EmailMessage(f"Avis {n}", f"Bonjour,\n\nÉté {n}.\n", to=["a@exemple.fr"]) for n in range(20)]
    if together:
        assert get_connection(BACKEND).send_messages(mails) == 20
    else:
        assert [get_connection(BACKEND).send_messages([one]) for one in mails] == [1] * 20
    files = sorted((tmp_path / "mail").iterdir())
    read = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
    assert [(one["Subject"], one.get_content()) for one in read] == [
        (f"Avis {n}", f"Bonjour,\n\nÉté {n}.\n") for n in range(20)
    ]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
