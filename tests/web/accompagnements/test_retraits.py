"""Withdrawals to confirm: the service that had received something says so, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.test import Client

from maillage.sharing.actions import open_access
from maillage.sharing.enums import PorteeOuverture
from maillage.sharing.models import Tache
from maillage.sharing.persons import open_accompagnement, record_adhesion
from tests.cast import Cast, Membre
from tests.door import acteur

SignedIn = Callable[[Membre], Client]
LIST, NAME = "/retraits/", "Canari-Retrait"


def asked(cast: Cast) -> Tache:
    """Return the receipt asked of ALM once an adhésion to Le Relais is withdrawn."""
    by = acteur(cast.samira)
    taken = open_accompagnement(by=by, pseudonyme=NAME, tranche_age="15_17", origine="famille")
    open_access(personne=taken.personne, service=cast.alm, portee=PorteeOuverture.PROJET, base="adhesion")
    record_adhesion(by=by, accompagnement=taken.accompagnement, donneur="jeune", etat="retiree")
    return Tache.objects.get(service=cast.alm)


def test_one_gesture_confirms_and_nobody_is_named(cast: Cast, signed_in: SignedIn) -> None:
    task, karim, samira = asked(cast), signed_in(cast.karim), signed_in(cast.samira)
    assert [item.titre for item in karim.get("/").context["items"]] == ["1 retrait à confirmer"]
    page = karim.get(LIST)
    assert [one.id for one in page.context["owed"]] == [task.pk]
    assert NAME not in page.content.decode()
    assert [one.service for one in samira.get(LIST).context["asked"]] == ["ALM"]
    assert karim.post(f"{LIST}{task.pk}/recu/").status_code == 302
    assert (karim.get(LIST).context["owed"], samira.get(LIST).context["asked"]) == ([], [])


def test_the_litany(cast: Cast, signed_in: SignedIn) -> None:
    address = f"{LIST}{asked(cast).pk}/recu/"
    assert signed_in(cast.nadia).get(LIST).status_code == 200
    for other in (cast.nuit, cast.samira, cast.educatrice_sud, cast.maire):
        assert signed_in(other).post(address).status_code == 404
    assert signed_in(cast.lecteur).post(address).status_code == 403
    karim = signed_in(cast.karim)
    assert karim.post(f"{LIST}{UUID(int=7)}/recu/").status_code == 404
    assert (karim.get(address).status_code, karim.post(LIST).status_code) == (405, 405)
