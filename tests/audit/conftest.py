"""Two service chains to write in."""

from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from maillage.base.encryption import Keyring

SERVICE_A = UUID("11111111-1111-4111-8111-111111111111")
SERVICE_B = UUID("22222222-2222-4222-8222-222222222222")


@pytest.fixture(scope="session", autouse=True)
def keys() -> None:
    path = Path(settings.MAILLAGE_KEYS)
    if not path.exists():
        Keyring.generate(path)


@pytest.fixture
def service_a() -> UUID:
    return SERVICE_A


@pytest.fixture
def service_b() -> UUID:
    return SERVICE_B
