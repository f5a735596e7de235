"""Two service chains to write in."""

from uuid import UUID

import pytest

SERVICE_A = UUID("11111111-1111-4111-8111-111111111111")
SERVICE_B = UUID("22222222-2222-4222-8222-222222222222")


@pytest.fixture
def service_a() -> UUID:
    return SERVICE_A


@pytest.fixture
def service_b() -> UUID:
    return SERVICE_B
