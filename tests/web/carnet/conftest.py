"""A telephone of ALM's, and its notebook open in two people's hands."""

from __future__ import annotations

import pytest

from maillage.comptes.devices import choose_code, enrol_telephone
from tests.cast import Cast
from tests.door import acteur
from tests.phone import CODE, Phone, held


@pytest.fixture
def alm_phone(cast: Cast) -> str:
    """The secret of a telephone enrolled for ALM, whose three field members chose their digits."""
    for member in (cast.nadia, cast.karim):
        choose_code(by=acteur(member), compte=member.compte, code=CODE)
    return enrol_telephone(by=acteur(cast.cheffe_alm), nom="Téléphone 1").jeton


@pytest.fixture
def nadia(cast: Cast, alm_phone: str) -> Phone:
    """That telephone, its notebook open in Nadia's hands."""
    phone = held(cast, cast.nadia, alm_phone)
    assert phone.open(CODE).status_code == 200
    return phone


@pytest.fixture
def karim(cast: Cast, alm_phone: str) -> Phone:
    """The same, in Karim's."""
    phone = held(cast, cast.karim, alm_phone)
    assert phone.open(CODE).status_code == 200
    return phone
