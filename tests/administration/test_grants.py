"""A right needs two persons: posts, invitations and lost accesses wait for the second one (S-16)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from maillage.administration import actions
from maillage.administration.actions import PosteDemande
from maillage.administration.models import Changement, Demande
from maillage.administration.queries import administrators_able, post_lines
from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.comptes.devices import choose_code
from maillage.comptes.models import CodeCarnet, Compte
from maillage.comptes.queries import open_invitation
from maillage.conventions.errors import BadAnswer, NotNow, NotYours
from maillage.directory.models import Poste, Professionnel
from tests.administrators import Pair, build_pair
from tests.cast import Cast
from tests.door import acteur

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S-16")]


@pytest.fixture
def pair(cast: Cast) -> Pair:
    """Two administrators beside the cast."""
    return build_pair()


def ask(pair: Pair, cast: Cast, **said: Any) -> Demande:
    wanted = {
        "service": cast.relais.pk,
        "role": "educateur",
        "emploi": "salarie_prive",
        "debut": clock.today(),
        "prenom": "Élise",
        "nom": "Dupré",
        "courriel": "elise@exemple.test",
    }
    return actions.ask_post(by=pair.one, voulu=PosteDemande(**{**wanted, **said}))


def test_a_post_exists_only_once_a_second_person_confirmed_it(pair: Pair, cast: Cast) -> None:
    before = Poste.objects.count()
    asked = ask(pair, cast, preuve="Fiche de poste", part_action_sociale="statutaire")
    assert (Poste.objects.count(), asked.resume) == (before, "Élise Dupré : Éducateur·rice, Le Relais")
    with pytest.raises(NotNow, match="seconde personne"):
        actions.confirm(by=pair.one, demandes=[asked.pk])
    (invited,) = actions.confirm(by=pair.two, demandes=[asked.pk])
    poste = Poste.objects.get(professionnel__nom="Dupré")
    assert (poste.role, poste.fonction, poste.emploi, poste.fondements_secret, poste.part_action_sociale) == (
        "educateur",
        "educateur_prevention",
        "salarie_prive",
        [],
        "statutaire",
    )
    assert (invited.compte.identifiant, invited.compte.etat, invited.compte.email) == (
        "elise-dupre",
        "invite",
        "elise@exemple.test",
    )
    assert open_invitation(invited.jeton, clock.now()) is not None
    asked.refresh_from_db()
    assert (asked.etat, asked.contenu, asked.close_par) == ("confirmee", {}, pair.bob.poste)
    kept = Changement.objects.get(objet="poste")
    assert (kept.par, kept.avec, kept.apres) == (pair.ada.poste, pair.bob.poste, "Éducateur·rice, Le Relais")
    with pytest.raises(NotNow, match="déjà close"):
        actions.confirm(by=pair.two, demandes=[asked.pk])


def test_a_batch_is_confirmed_whole_or_not_at_all(pair: Pair, cast: Cast) -> None:
    good, bad = ask(pair, cast), ask(pair, cast, service=cast.services["nuit"].pk, role="mediateur")
    Demande.objects.filter(pk=bad.pk).update(contenu=bad.contenu | {"role": "educateur"})
    before = (Poste.objects.count(), Compte.objects.count(), Ligne.objects.count())
    with pytest.raises(NotNow):
        actions.confirm(by=pair.two, demandes=[good.pk, bad.pk])
    assert (Poste.objects.count(), Compte.objects.count(), Ligne.objects.count()) == before
    actions.set_aside(by=pair.two, demandes=[bad.pk])
    assert len(actions.confirm(by=pair.two, demandes=[good.pk])) == 1
    assert not Poste.objects.filter(service=cast.services["nuit"], professionnel__nom="Dupré").exists()


def test_nobody_gives_a_post_to_themselves(pair: Pair, cast: Cast) -> None:
    with pytest.raises(BadAnswer, match="pour soi"):
        ask(pair, cast, personne=pair.ada.poste.professionnel_id)
    for_bob = ask(pair, cast, personne=pair.bob.poste.professionnel_id)
    with pytest.raises(NotNow, match="Nul ne se donne un poste"):
        actions.confirm(by=pair.two, demandes=[for_bob.pk])


@pytest.mark.parametrize(
    ("typed", "champ"),
    [
        ({"role": "mediateur"}, "role"),
        ({"role": "administrateur"}, "role"),
        ({"service": uuid4()}, "service"),
        ({"emploi": "bénévole"}, "emploi"),
        ({"contrat": "poignée de main"}, "contrat"),
        ({"part_action_sociale": "toute"}, "part_action_sociale"),
        ({"prenom": ""}, "prenom"),
        ({"nom": "Du\u202epré"}, "nom"),
        ({"courriel": "elise"}, "courriel"),
        ({"personne": uuid4()}, "personne"),
        ({"debut": clock.today() + timedelta(days=400)}, "debut"),
        ({"fin": clock.today() - timedelta(days=1)}, "fin"),
    ],
)
def test_an_absurd_post_is_not_even_asked(pair: Pair, cast: Cast, typed: dict[str, Any], champ: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        ask(pair, cast, **typed)
    assert (refused.value.champ, Demande.objects.count()) == (champ, 0)


def test_a_known_person_gets_a_second_post_and_no_second_account(pair: Pair, cast: Cast) -> None:
    people = Professionnel.objects.count()
    asked = ask(pair, cast, personne=cast.samira.poste.professionnel_id, role="chef_de_service")
    assert actions.confirm(by=pair.two, demandes=[asked.pk]) == []
    assert (Professionnel.objects.count(), cast.samira.compte.professionnel.postes.count()) == (people, 2)


def test_someone_who_left_comes_back_by_a_new_invitation(pair: Pair, cast: Cast) -> None:
    asked = ask(
        pair, cast, service=cast.alm.pk, role="mediateur", personne=cast.partie.poste.professionnel_id
    )
    (invited,) = actions.confirm(by=pair.two, demandes=[asked.pk])
    assert (invited.compte, invited.compte.etat) == (cast.partie.compte, "invite")


def test_who_lost_everything_is_invited_again_by_two(pair: Pair, cast: Cast, client: Client) -> None:
    compte = cast.samira.compte
    choose_code(by=acteur(cast.samira), compte=compte, code="481516")
    Authenticator.objects.create(user=compte, type=Authenticator.Type.TOTP, data={"secret": "x"})
    asked = actions.ask_return(by=pair.one, compte=compte.pk)
    with pytest.raises(NotNow):
        actions.ask_return(by=pair.two, compte=compte.pk)
    compte.refresh_from_db()
    assert (compte.etat, Authenticator.objects.filter(user=compte).count()) == ("actif", 1)
    with pytest.raises(NotNow):
        actions.confirm(by=pair.one, demandes=[asked.pk])
    (invited,) = actions.confirm(by=pair.two, demandes=[asked.pk])
    compte.refresh_from_db()
    assert (compte.etat, compte.has_usable_password(), compte.version_acces) == ("invite", False, 1)
    assert Authenticator.objects.filter(user=compte).count() == 0
    assert CodeCarnet.objects.filter(compte=compte).count() == 0
    assert client.get(f"/invitation/{invited.jeton}/").status_code == 200
    with pytest.raises(NotYours):
        actions.ask_return(by=pair.one, compte=uuid4())


def test_nobody_confirms_their_own_return(pair: Pair) -> None:
    asked = actions.ask_return(by=pair.one, compte=pair.bob.compte.pk)
    with pytest.raises(NotNow, match="Nul ne se réinvite"):
        actions.confirm(by=pair.two, demandes=[asked.pk])


def test_one_alone_closes_an_account_and_ends_a_post(pair: Pair, cast: Cast) -> None:
    actions.close_account(by=pair.one, compte=cast.samira.compte.pk)
    cast.samira.compte.refresh_from_db()
    assert (cast.samira.compte.etat, cast.samira.compte.version_acces) == ("suspendu", 1)
    with pytest.raises(NotNow):
        actions.close_account(by=pair.one, compte=cast.samira.compte.pk)
    last = clock.today() + timedelta(days=3)
    actions.end_one_post(by=pair.one, poste=cast.bruno.poste.pk, dernier_jour=last)
    cast.bruno.poste.refresh_from_db()
    assert cast.bruno.poste.fin == last
    for day in (last + timedelta(days=1), clock.today() - timedelta(days=2)):
        with pytest.raises(BadAnswer):
            actions.end_one_post(by=pair.one, poste=cast.bruno.poste.pk, dernier_jour=day)
    for act in ("end_one_post", "close_account"):
        given = {"poste": uuid4(), "dernier_jour": last} if act == "end_one_post" else {"compte": uuid4()}
        with pytest.raises(NotYours):
            getattr(actions, act)(by=pair.one, **given)


def test_only_administrators_ask_and_confirm(pair: Pair, cast: Cast) -> None:
    asked = ask(pair, cast)
    for who in (cast.direction_alm, cast.dpo, cast.cheffe_relais):
        with pytest.raises(NotYours):
            actions.confirm(by=acteur(who), demandes=[asked.pk])
        with pytest.raises(NotYours):
            actions.set_aside(by=acteur(who), demandes=[asked.pk])
        with pytest.raises(NotYours):
            actions.ask_return(by=acteur(who), compte=cast.samira.compte.pk)
    with pytest.raises(NotYours):
        actions.confirm(by=pair.two, demandes=[asked.pk, uuid4()])


def test_the_list_says_who_can_come_in(pair: Pair, cast: Cast) -> None:
    assert administrators_able() == 2
    actions.close_account(by=pair.one, compte=pair.bob.compte.pk)
    assert administrators_able() == 1
    lines = {str(line.poste.professionnel): line.compte for line in post_lines()}
    assert ("Samira Essai" in lines, "Inès Essai" in lines) == (True, False)
    assert lines["Samira Essai"] == cast.samira.compte
