"""The administrator's screens: what works, who is kept out, what is refused in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client

from maillage.administration.models import Changement, Demande
from maillage.base import clock
from maillage.comptes.models import Compte
from maillage.conventions.models import Partenariat
from maillage.directory.models import Lieu, Poste, Service, Territoire
from maillage.main_courante.enums import Liste
from maillage.main_courante.models import Note
from maillage.main_courante.queries import listes_of
from maillage.operations.durees import months_kept
from tests.administrators import Pair, build_pair
from tests.cast import Cast, Membre
from tests.projects_made import write_note

SignedIn = Callable[[Membre], Client]
HOME, WAITING, POSTS, HISTORY = "/administration/", "/confirmations/", "/postes/", "/changements/"
GROUND, PLACES = f"{HOME}territoire/", f"{HOME}lieux/"
SERVICES, NEW_SERVICE = f"{HOME}services/", f"{HOME}services/nouveau/"
PARTNERSHIPS, NEW_PARTNERSHIP = f"{HOME}partenariats/", f"{HOME}partenariats/nouveau/"
TERMS = f"{HOME}conservation/"
READINGS, NEW_POST = f"{HOME}lectures/", f"{POSTS}nouveau/relais/"
ASKED = {
    "prenom": "Élise",
    "nom": "Dupré",
    "role": "educateur",
    "emploi": "salarie_prive",
    "contrat": "cdd",
    "debut": "2026-01-05",
    "part_action_sociale": "aucune",
    "part_protection_enfance": "aucune",
}


@pytest.fixture
def pair(cast: Cast) -> Pair:
    """Two administrators beside the cast."""
    return build_pair()


def pages(cast: Cast) -> list[str]:
    return [
        HOME, GROUND, PLACES, f"{PLACES}{cast.hall.pk}/", SERVICES, NEW_SERVICE, f"{SERVICES}alm/",
        PARTNERSHIPS, NEW_PARTNERSHIP, f"{PARTNERSHIPS}ici/", READINGS, POSTS, NEW_POST,
        f"{HOME}mots/alm/", TERMS,
        f"{POSTS}{cast.samira.poste.pk}/", WAITING, HISTORY,
    ]  # fmt: skip


def writes(cast: Cast) -> list[str]:
    account = cast.samira.compte.pk
    return [f"{PARTNERSHIPS}ici/services/", f"/comptes/{account}/reinviter/", f"/comptes/{account}/fermer/"]


def test_both_administrators_read_every_page(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    for member in pair:
        client = signed_in(member)
        assert [client.get(page).status_code for page in pages(cast)] == [200] * len(pages(cast))


@pytest.mark.requirement("S-16")
def test_nobody_else_comes_in(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    addresses = [*pages(cast), *writes(cast)]
    for who in (cast.nadia, cast.samira, cast.cheffe_alm, cast.direction_alm, cast.coordination, cast.maire):
        client = signed_in(who)
        assert {client.get(page).status_code for page in addresses} == {404}
        assert {client.post(page).status_code for page in addresses} == {404}
    dpo = signed_in(cast.dpo)
    assert [page for page in pages(cast) if dpo.get(page).status_code == 200] == [TERMS, HISTORY]
    assert dpo.post(TERMS).status_code == 403


def test_bad_addresses_and_methods(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(pair.ada)
    for page in (
        f"{PLACES}{uuid4()}/",
        f"{SERVICES}rien/",
        f"{PARTNERSHIPS}rien/",
        f"{POSTS}{uuid4()}/",
        f"{POSTS}nouveau/rien/",
        f"{NEW_POST}?personne={uuid4()}",
        f"{NEW_POST}?personne=x",
        f"{POSTS}?service=rien",
        f"{PLACES}?ou={uuid4()}",
        f"{HOME}mots/rien/",
        f"{HOME}mots/mairie/",
        f"{HOME}mots/alm/?liste=rien",
    ):
        assert client.get(page).status_code == 404, page
    for page in (HOME, SERVICES, PARTNERSHIPS, READINGS, POSTS, HISTORY):
        assert client.post(page).status_code == 405, page
    for page in writes(cast):
        assert client.get(page).status_code == 405, page
    for page in (f"/comptes/{uuid4()}/reinviter/", f"/comptes/{uuid4()}/fermer/"):
        assert client.post(page).status_code == 404, page
    assert client.post(WAITING, {"demande": ["x"]}).status_code == 404
    assert client.post(WAITING, {"demande": [str(uuid4())]}).status_code == 404


def test_a_post_that_only_reads_changes_nothing(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    Poste.objects.filter(pk=pair.ada.poste.pk).update(lecture_seule=True)
    client = signed_in(pair.ada)
    assert client.get(GROUND).status_code == 200
    for page in (GROUND, PLACES, NEW_SERVICE, NEW_POST, WAITING, *writes(cast)):
        assert client.post(page, {"code": "17300"}).status_code == 403, page
    assert not Territoire.objects.filter(code="17300").exists()


def test_the_steps_say_what_is_done(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    text = signed_in(pair.ada).get(HOME).content.decode()
    assert (text.count("fait</span>"), text.count("à faire</span>")) == (6, 1)
    assert "Une seule personne qui administre" not in text
    Compte.objects.filter(pk=pair.bob.compte.pk).update(etat="invite")
    assert "Une seule personne qui administre" in signed_in(pair.ada).get(HOME).content.decode()
    first = signed_in(pair.ada).get("/").content.decode()
    assert ("De rien à une première note" in first, "6 étapes faites sur 7" in first) == (True, True)


def test_ground_and_places_are_typed_and_kept(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(pair.ada)
    done = client.post(GROUND, {"code": "17300", "quartiers": "QN01701M Mireuil\r\n\r\nPort-Neuf"})
    assert (done.status_code, done.headers["Location"]) == (302, GROUND)
    mireuil = Territoire.objects.get(code="QN01701M")
    refused = client.post(GROUND, {"code": "59350", "quartiers": "Moulins"})
    assert (refused.status_code, refused.content.decode().count("Moulins")) == (422, 1)
    typed = {"territoire": str(mireuil.pk), "lignes": "Hall 4\nChez Momo"}
    refused = client.post(PLACES, typed)
    assert (refused.status_code, refused.content.decode().count("Chez Momo")) == (422, 2)
    assert client.post(PLACES, {**typed, "genre": "commerce"}).status_code == 302
    assert client.post(PLACES, {**typed, "territoire": str(uuid4())}).status_code == 422
    place = Lieu.objects.get(nom="Chez Momo")
    assert client.post(f"{PLACES}{place.pk}/", {"nom": "", "genre": "commerce"}).status_code == 422
    assert client.post(f"{PLACES}{place.pk}/", {"nom": "Épicerie", "genre": "commerce"}).status_code == 302
    place.refresh_from_db()
    assert (place.nom, place.actif) == ("Épicerie", False)
    text = client.get(f"{PLACES}{place.pk}/").content.decode()
    assert ("Chez Momo → Épicerie" in text, "oui → non" in text) == (True, True)


def test_a_service_is_created_then_changed(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(pair.ada)
    typed = {"metier": "bailleur", "structure": "Habitat", "nom": "Habitat 17", "nom_court": "Habitat"}
    assert client.post(NEW_SERVICE, {**typed, "nom_court": "alm"}).status_code == 422
    assert client.post(NEW_SERVICE, typed).status_code == 302
    page = f"{SERVICES}{Service.objects.get(nom='Habitat 17').code}/"
    del typed["metier"]
    assert client.post(page, {**typed, "age_min": "12", "age_max": "3"}).status_code == 422
    assert client.post(page, {**typed, "heure_ouverture": "09:30"}).status_code == 302
    assert "9 h 30" in client.get(page).content.decode().replace("09 h", "9 h")


def test_a_partnership_is_created_its_rhythm_changed(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(pair.ada)
    rhythm = {"rythme_reunion_semaines": "6", "delai_reponse_jours": "14", "delai_cloture_jours": "42"}
    typed = {
        "nom": "Port-Rouge",
        "territoires": [str(cast.quartier.pk)],
        "services": [str(cast.alm.pk), str(cast.relais.pk)],
        **rhythm,
    }
    refused = client.post(NEW_PARTNERSHIP, {**typed, "services": [str(cast.alm.pk)]})
    assert "au moins un service de chaque métier" in refused.content.decode()
    assert client.post(NEW_PARTNERSHIP, typed).status_code == 302
    page = f"{PARTNERSHIPS}port-rouge/"
    assert client.post(page, {**rhythm, "delai_reponse_jours": "61"}).status_code == 422
    assert client.post(page, {**rhythm, "delai_reponse_jours": "7"}).status_code == 302
    assert Partenariat.objects.get(code="port-rouge").delai_reponse_jours == 7
    join = f"{page}services/"
    assert client.post(join, {"service": str(cast.alm.pk)}).status_code == 422
    assert client.post(join, {"service": str(cast.mairie.pk)}).status_code == 302
    again = client.post(join, {"service": str(cast.mairie.pk)})
    assert (again.status_code, "attend déjà une seconde personne" in again.content.decode()) == (409, True)
    assert Demande.objects.get().resume == "Mairie entre dans « Port-Rouge »"


@pytest.mark.requirement("S-16")
def test_a_post_is_asked_by_one_and_confirmed_by_the_other(
    pair: Pair, cast: Cast, signed_in: SignedIn
) -> None:
    ada, bob = signed_in(pair.ada), signed_in(pair.bob)
    assert ada.post(NEW_POST, {**ASKED, "role": "mediateur"}).status_code == 422
    assert ada.post(NEW_POST, ASKED).status_code == 302
    (asked,) = Demande.objects.all()
    own = ada.get(WAITING).content.decode()
    assert ("demandé par vous" in own, "Confirmer ce qui est coché" in own) == (True, False)
    assert ada.post(WAITING, {"demande": [str(asked.pk)]}).status_code == 409
    assert "1 demande à confirmer" in bob.get("/").content.decode()
    shown = bob.post(WAITING, {"demande": [str(asked.pk)], "geste": "confirmer"})
    link = shown.content.decode().partition("/invitation/")[2].partition("<")[0]
    assert Client().get(f"/invitation/{link}").status_code == 200
    assert "/invitation/" not in bob.get(WAITING).content.decode()
    assert bob.post(WAITING, {"demande": [str(asked.pk)]}).status_code == 409
    again = ada.post(f"{NEW_POST}?personne={cast.samira.poste.professionnel_id}", {**ASKED, "role": "dpo"})
    assert again.status_code == 302
    second = Demande.objects.get(etat="attend")
    assert bob.post(WAITING, {"demande": [str(second.pk)], "geste": "ecarter"}).status_code == 302
    assert Poste.objects.filter(role="dpo", service=cast.relais).count() == 0
    assert Changement.objects.filter(objet="poste").count() == 1


def test_an_invitation_leaves_by_mail_when_there_is_one(
    pair: Pair, cast: Cast, signed_in: SignedIn, settings: object
) -> None:
    settings.EMAIL_HOST = "smtp.exemple.test"  # type: ignore[attr-defined]
    signed_in(pair.ada).post(NEW_POST, {**ASKED, "courriel": "elise@exemple.test"})
    chosen = {"demande": [str(Demande.objects.get().pk)]}
    shown = signed_in(pair.bob).post(WAITING, chosen).content.decode()
    assert ("parti à elise@exemple.test" in shown, "/invitation/" in shown) == (True, False)
    (sent,) = mail.outbox
    assert (sent.to, "/invitation/" in sent.body) == (["elise@exemple.test"], True)
    assert [word for word in ("Élise", "Dupré", "Relais") if word in sent.subject + sent.body] == []


def test_lost_telephone_and_codes(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    ada, account = signed_in(pair.ada), cast.samira.compte
    assert ada.post(f"/comptes/{account.pk}/fermer/").status_code == 302
    assert ada.post(f"/comptes/{account.pk}/fermer/").status_code == 409
    assert ada.post(f"/comptes/{account.pk}/reinviter/").status_code == 302
    assert ada.post(f"/comptes/{account.pk}/reinviter/").status_code == 409
    shown = signed_in(pair.bob).post(WAITING, {"demande": [str(Demande.objects.get().pk)]})
    assert "samira" in shown.content.decode()
    account.refresh_from_db()
    assert account.etat == "invite"
    text = ada.get(f"{POSTS}{cast.samira.poste.pk}/").content.decode()
    assert ("perdus → nouvelle invitation" in text, "Actif → Suspendu" in text) == (True, True)


def test_a_post_ends_on_the_day_written(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    client, page = signed_in(pair.ada), f"{POSTS}{cast.bruno.poste.pk}/"
    last = clock.today() + timedelta(days=2)
    assert client.post(page, {"dernier_jour": ""}).status_code == 422
    assert client.post(page, {"dernier_jour": "2020-01-01"}).status_code == 422
    assert client.post(page, {"dernier_jour": last.isoformat()}).status_code == 302
    assert Poste.objects.get(pk=cast.bruno.poste.pk).fin == last


@pytest.mark.requirement("S-07")
def test_rights_ask_the_second_factor_again(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(pair.bob)
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        for page in (WAITING, f"{POSTS}{cast.samira.poste.pk}/"):
            assert client.get(page).headers["Location"].startswith("/connexion/confirmer/")
            assert client.post(page).status_code == 403
        for page in writes(cast)[1:]:
            assert client.post(page).status_code == 403


def test_the_history_is_filtered_by_what_changed(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(pair.ada)
    client.post(GROUND, {"code": "17300", "quartiers": ""})
    assert "La Rochelle" in client.get(f"{HISTORY}?objet=territoire").content.decode()
    assert "Rien n'a encore changé" in client.get(f"{HISTORY}?objet=lieu").content.decode()
    assert "La Rochelle" in client.get(f"{HISTORY}?objet=rien").content.decode()


def test_words_are_changed_for_one_team_only(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    client, page = signed_in(pair.ada), f"{HOME}mots/alm/?liste=ambiance"
    write_note(cast, cast.nadia, clock.today(), "regroupement")
    Note.objects.update(ambiance="tensions")
    text = client.get(page).content.decode()
    assert text.count("noté moins de 5 fois en trois mois") == 1
    typed = {"libelle-ras": "Tranquille", "libelle-tensions": "Tensions", "libelle-violences": "Violences"}
    refused = client.post(page, {**typed, "libelle-ras": ""})
    assert (refused.status_code, "Un nom de la liste est vide." in refused.content.decode()) == (422, True)
    assert client.post(page, {**typed, "actif-violences": "on", "nouvelle": "Électrique"}).status_code == 302
    found = [(one.code, one.libelle) for one in listes_of(cast.alm).entries(Liste.AMBIANCE)]
    assert found == [("ras", "Tranquille"), ("violences", "Violences"), ("electrique", "Électrique")]
    assert listes_of(cast.services["nuit"]).label(Liste.AMBIANCE, "ras") == "Calme"
    kept = {(one.quoi, one.avant, one.apres) for one in Changement.objects.filter(objet="liste")}
    assert kept == {
        ("Ambiance : ras", "Calme", "Tranquille"),
        ("Ambiance : tensions", "Tensions", "Tensions (éteint)"),
        ("Ambiance : electrique", "", "Électrique"),
    }


def test_a_rhythm_says_its_effect_before_it_is_kept(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    client, page = signed_in(pair.ada), f"{PARTNERSHIPS}ici/"
    typed = {"rythme_reunion_semaines": "4", "delai_reponse_jours": "7", "delai_cloture_jours": "30"}
    text = client.post(page, {**typed, "geste": "voir"}).content.decode()
    assert ("Aucune réunion n" in text, "attendra sa réponse 7 jours" in text) == (True, True)
    cast.ici.refresh_from_db()
    assert cast.ici.rythme_reunion_semaines == 6
    assert client.post(page, {**typed, "delai_reponse_jours": "30"}).status_code == 422


@pytest.mark.requirement("S-16")
def test_a_term_is_tried_asked_then_confirmed(pair: Pair, cast: Cast, signed_in: SignedIn) -> None:
    ada, bob = signed_in(pair.ada), signed_in(pair.bob)
    typed = {"genre": "accompagnement", "mois": "12"}
    assert "moins de cinq, zéro compris" in ada.post(TERMS, {**typed, "geste": "voir"}).content.decode()
    assert Demande.objects.count() == 0
    for bad in ({"mois": "25"}, {"mois": "5"}, {"mois": "24"}, {"genre": "tout"}, {"mois": ""}):
        assert ada.post(TERMS, {**typed, **bad}).status_code == 422, bad
    assert ada.post(TERMS, typed).status_code == 302
    assert ada.post(TERMS, typed).status_code == 409
    assert "ne se défait pas" in bob.get(WAITING).content.decode()
    assert bob.post(WAITING, {"demande": [str(Demande.objects.get().pk)]}).status_code == 302
    tomorrow = clock.today() + timedelta(days=1)
    assert (months_kept("accompagnement", clock.today()), months_kept("accompagnement", tomorrow)) == (24, 12)
    assert "12 mois, sur 24 au plus" in signed_in(cast.dpo).get(TERMS).content.decode()


def test_long_lists_are_read_part_by_part(
    pair: Pair, cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("administration.queries", "web.administration.accounts", "web.administration.ground"):
        monkeypatch.setattr(f"maillage.{module}.SHOWN", 1)
    client = signed_in(pair.ada)
    assert "Les 1 premiers seulement" in client.get(POSTS).content.decode()
    text = client.get(f"{POSTS}?service=relais").content.decode()
    assert ("Samira Essai" in text, "Bruno Essai" in text, "Nadia Essai" in text) == (True, True, False)
    assert "Les 1 premiers seulement" in client.get(PLACES).content.decode()
    text = client.get(f"{PLACES}?ou={cast.quartier.pk}").content.decode()
    assert ("Hall 4</a>" in text, "Square</a>" in text, "premiers seulement" in text) == (True, False, False)
