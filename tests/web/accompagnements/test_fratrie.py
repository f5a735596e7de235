"""Brothers and sisters: noted by someone who knows, opening nothing, never carried along."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.directory.models import Poste
from maillage.dossiers.models import Famille, Personne
from maillage.sharing import persons
from maillage.sharing.enums import PorteeOuverture
from maillage.sharing.errors import BadAnswer, NotVisible
from maillage.sharing.models import Ouverture
from maillage.sharing.openings import open_access
from maillage.sharing.retention import erase_due_supports
from maillage.sharing.views import TakenUp
from tests.cast import Cast, Membre
from tests.door import acteur

SignedIn = Callable[[Membre], Client]


def opened(cast: Cast, pseudonyme: str, by: str = "samira") -> TakenUp:
    """Someone supported by the service of `by`."""
    return persons.open_accompagnement(
        by=acteur(cast.membres[by]), pseudonyme=pseudonyme, tranche_age="15_17", origine="famille"
    )


@pytest.fixture
def two(cast: Cast) -> tuple[TakenUp, TakenUp]:
    """A brother and a sister, noted of one family."""
    elder, younger = opened(cast, "Aîné"), opened(cast, "Cadette")
    persons.join_family(
        by=acteur(cast.samira), accompagnement=elder.accompagnement, avec=younger.accompagnement
    )
    return elder, younger


def family(cast: Cast, one: TakenUp) -> list[str]:
    """Return who else is of the family."""
    found = persons.relatives(acteur(cast.samira), one.accompagnement)
    return [each.pseudonyme for each in found]


def test_each_is_read_beside_the_other_and_the_reading_is_written(
    cast: Cast, two: tuple[TakenUp, TakenUp]
) -> None:
    elder, younger = two
    before = Ligne.objects.filter(acte="lecture", chaine=cast.relais.pk).count()
    assert [family(cast, elder), family(cast, younger)] == [["Cadette"], ["Aîné"]]
    assert Ligne.objects.filter(acte="lecture", chaine=cast.relais.pk).count() == before + 2
    third = opened(cast, "Benjamin")
    samira = acteur(cast.samira)
    persons.join_family(by=samira, accompagnement=third.accompagnement, avec=elder.accompagnement)
    assert (family(cast, elder), Famille.objects.count()) == (["Benjamin", "Cadette"], 1)
    persons.leave_family(by=samira, accompagnement=elder.accompagnement)
    assert [family(cast, elder), family(cast, third)] == [[], ["Cadette"]]


def test_nothing_about_one_touches_the_other(cast: Cast, two: tuple[TakenUp, TakenUp]) -> None:
    elder, younger = two
    samira = acteur(cast.samira)
    for one in two:
        open_access(
            personne=one.personne, service=cast.alm, portee=PorteeOuverture.PROJET, base="essai",
            partenariat=cast.ici,
        )  # fmt: skip
    persons.record_adhesion(by=samira, accompagnement=elder.accompagnement, donneur="jeune", etat="retiree")
    shared = Ouverture.objects.filter(service=cast.alm, cause_fin="")
    assert list(shared.values_list("personne", flat=True)) == [younger.personne]
    Personne.objects.filter(pk=elder.personne).update(dernier_contact_le="2020-01-01")
    assert erase_due_supports(clock.today()) == 1
    assert (family(cast, younger), Personne.objects.get(pk=elder.personne).famille) == ([], None)


def test_only_one_s_own_and_only_once(cast: Cast, two: tuple[TakenUp, TakenUp]) -> None:
    elder, _ = two
    samira, sud = acteur(cast.samira), opened(cast, "Autre", by="educatrice_sud")
    with pytest.raises(NotVisible):
        persons.join_family(by=samira, accompagnement=elder.accompagnement, avec=sud.accompagnement)
    with pytest.raises(BadAnswer):
        persons.join_family(by=samira, accompagnement=elder.accompagnement, avec=elder.accompagnement)
    a, b = opened(cast, "A"), opened(cast, "B")
    persons.join_family(by=samira, accompagnement=a.accompagnement, avec=b.accompagnement)
    with pytest.raises(BadAnswer):
        persons.join_family(by=samira, accompagnement=a.accompagnement, avec=elder.accompagnement)


def test_on_screen(cast: Cast, two: tuple[TakenUp, TakenUp], signed_in: SignedIn) -> None:
    elder, younger = two
    third = opened(cast, "Benjamin")
    page, client = f"/accompagnements/{elder.accompagnement}/fratrie/", signed_in(cast.samira)
    shown = client.get(page)
    assert [label for _, label in shown.context["form"].fields["avec"].choices] == [
        "Choisir",
        "Benjamin",
        "Cadette",
    ]
    # A hasty click links nobody: the screen proposes no one.
    assert '<option value="" selected>Choisir</option>' in shown.content.decode()
    assert client.post(page, {"avec": ""}).status_code == 422
    assert family(cast, elder) == ["Cadette"]
    assert client.post(page, {"avec": str(third.accompagnement)}).status_code == 302
    assert client.post(page, {"avec": "n'importe"}).status_code == 422
    sheet = client.get(f"/accompagnements/{elder.accompagnement}/")
    assert [one.pseudonyme for one in sheet.context["family"]] == ["Benjamin", "Cadette"]
    assert signed_in(cast.bruno).get(page).status_code == 200
    for who in ("karim", "educatrice_sud", "maire", "direction_relais"):
        assert signed_in(cast.membres[who]).get(page).status_code == 404, who
    assert client.put(page).status_code == 405
    leave = f"/accompagnements/{elder.accompagnement}/fratrie/quitter/"
    Poste.objects.filter(pk=cast.bruno.poste.pk).update(lecture_seule=True)
    answers = [client.get(leave).status_code, signed_in(cast.bruno).post(leave).status_code]
    assert [*answers, client.post(leave).status_code] == [405, 403, 302]
    assert family(cast, younger) == ["Benjamin"]
