"""A request for access: everything held about one person, nobody else, and what a human must decide."""

from __future__ import annotations

import itertools
import json
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import models

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.dossiers.models import Accompagnement, Personne
from maillage.orientations.actions import accept_orientation
from maillage.pilotage.dpo import acces
from maillage.pilotage.dpo.acces_papier import answer_json
from maillage.sharing import persons
from maillage.sharing.dangers import record_danger
from maillage.sharing.demandes import requests
from maillage.sharing.demandes.held import HELD
from maillage.sharing.demandes.reserves import WHOLE, without
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, ReadOnly
from maillage.sharing.models import DemandeAcces
from maillage.sharing.retention import erase_due_supports
from tests.cast import Cast
from tests.door import acteur, send

SON, FATHER, MOTHER = "personne", "pere", "mere"


@pytest.fixture
def held(cast: Cast) -> Accompagnement:
    """A minor whom Le Relais took up from an orientation, with something in every table."""
    row = send(cast)
    accept_orientation(orientation=row, by=acteur(cast.samira))
    samira, support = acteur(cast.samira), Accompagnement.objects.get()
    persons.record_adhesion(by=samira, accompagnement=support.pk, donneur="jeune", etat="acquise")
    for lien in (MOTHER, FATHER):
        persons.record_adhesion(
            by=samira, accompagnement=support.pk, donneur="titulaire", lien=lien, etat="acquise"
        )
    persons.note_family_meeting(
        by=samira, accompagnement=support.pk, le=clock.today(), engagements="Voir sa cousine Lina"
    )
    persons.record_information(
        by=samira, personne=support.personne_id, etat="dispense_interet_enfant", raison="Son père le frappe"
    )
    record_danger(by=samira, destinataire="crip", personne=support.personne_id)
    return support


def asked(cast: Cast, support: Accompagnement, demandeur: str = SON, parole: str = "non_demande") -> UUID:
    """Open a request at Le Relais."""
    row = requests.open_request(
        by=acteur(cast.samira),
        personne=support.personne_id,
        demandeur=demandeur,
        identite="connue",
        parole=parole,
    )
    return row.pk


def answer(cast: Cast, demande: UUID) -> str:
    """Return the answer as the officer may give it now."""
    return answer_json(acces.read_answer(acteur(cast.dpo), demande)).decode()


def decided(cast: Cast, demande: UUID, decision: str = "donner") -> None:
    """Decide every passage the same way."""
    officer = acteur(cast.dpo)
    for one in acces.read_answer(officer, demande).attendent:
        acces.decide(by=officer, demande=demande, cles=[one.cle], decision=decision)


def test_every_table_about_a_person_is_read() -> None:
    found = set()
    rooms = [apps.get_app_config(name).get_models() for name in ("dossiers", "sharing")]
    for model in itertools.chain(*rooms):
        names = {field.name for field in model._meta.get_fields()}
        towards = {
            getattr(field.related_model, "__name__", "")
            for field in model._meta.get_fields()
            if isinstance(field, models.ForeignKey | models.OneToOneField)
        }
        if names & {"personne", "sujet"} or towards & {"Personne", "Accompagnement"} or model is Personne:
            found.add(f"{model._meta.app_label}.{model.__name__}")
    assert found == HELD


def test_the_person_reads_everything_and_what_is_free_text_waits(cast: Cast, held: Accompagnement) -> None:
    demande = asked(cast, held)
    given = answer(cast, demande)
    titles = [one["titre"] for one in json.loads(given)["rubriques"]]
    assert titles == [
        "Identité",
        "Accompagnement",
        "L'adhésion",
        "Ce qui est parti, ce qui est venu",
        "Qui pouvait voir quelque chose",
        "La carte et les demandes d'accès",
        "L'orientation",
    ]
    waiting = [one.libelle for one in acces.read_answer(acteur(cast.dpo), demande).attendent]
    assert waiting == [
        "Ce qui a été demandé", "Où retrouver la personne", "Engagements de chacun", "Les parents",
        "Transmise à",
    ]  # fmt: skip
    assert [word for word in ("Hall 4", "Lina", "frappe", "CRIP") if word in given] == []
    decided(cast, demande)
    given = answer(cast, demande)
    assert [
        word for word in ("Yanis", "Hall 4", "Lina", "frappe", "CRIP", "à voir") if word not in given
    ] == ["à voir"]


def test_no_professional_is_named_and_no_sibling_read(cast: Cast, held: Accompagnement) -> None:
    persons.open_accompagnement(
        by=acteur(cast.samira), pseudonyme="Cadette", tranche_age="moins_15", origine="famille"
    )
    demande = asked(cast, held)
    decided(cast, demande)
    given = answer(cast, demande)
    assert [word for word in ("Samira", "Karim", "Cadette", "cheffe") if word in given] == []


def test_words_are_left_out_without_their_length(cast: Cast, held: Accompagnement) -> None:
    assert without("Lina et LINA", ["lina"]) == "█████ et █████"
    demande, officer = asked(cast, held), acteur(cast.dpo)
    (meeting,) = [
        one.cle for one in acces.read_answer(officer, demande).attendent if one.cle.startswith("rencontre")
    ]
    acces.decide(by=officer, demande=demande, cles=[meeting], decision="caviarder", mots=["cousine Lina"])
    assert "Voir sa █████" in answer(cast, demande)
    with pytest.raises(BadAnswer):
        acces.decide(by=officer, demande=demande, cles=[meeting], decision="caviarder", mots=[" "])
    with pytest.raises(BadAnswer):
        acces.decide(by=officer, demande=demande, cles=["personne.nom"], decision="masquer")


def test_a_parent_reads_nothing_before_the_officer_decided(cast: Cast, held: Accompagnement) -> None:
    demande, officer = asked(cast, held, MOTHER), acteur(cast.dpo)
    assert json.loads(answer(cast, demande))["rubriques"] == []
    assert [one.u13 for one in [acces.read_answer(officer, demande)]] == [True]
    acces.decide(by=officer, demande=demande, cles=[WHOLE], decision="donner")
    given = answer(cast, demande)
    assert ("Yanis" in given, "sa mère : acquise" in given, "son père" in given) == (True, True, False)
    decided(cast, demande)
    # Why parents were not told is never a parent's to read.
    assert ("frappe" in answer(cast, demande)) is False
    acces.decide(by=officer, demande=demande, cles=[WHOLE], decision="masquer")
    closed = json.loads(answer(cast, demande))
    protect = ["Pour protéger une personne (RGPD 15-4 et 23)."]
    assert (closed["rubriques"], closed["non_donne"]) == ([], protect)


def test_with_the_minor_s_word_a_parent_reads_save_what_was_asked_not_to_tell(
    cast: Cast, held: Accompagnement
) -> None:
    samira, officer = acteur(cast.samira), acteur(cast.dpo)
    for lien in (MOTHER, MOTHER):
        persons.ask_confidence(by=samira, personne=held.personne_id, objet="echanges", lien=lien)
    mother, father = asked(cast, held, MOTHER, "donne"), asked(cast, held, FATHER, "donne")
    parted = "De ALM à Le Relais"
    assert [parted in answer(cast, one) for one in (mother, father)] == [False, True]
    waiting = {one.libelle for one in acces.read_answer(officer, mother).attendent if "mineur" in one.motifs}
    assert waiting == {parted, "De ALM", "Le Relais", "Cette orientation, vers Le Relais"}
    assert "demandé de ne pas dire" not in answer(cast, mother)
    decided(cast, mother)
    assert parted in answer(cast, mother)


def test_lifted_or_of_age_nothing_is_kept_from_a_parent_by_that(cast: Cast, held: Accompagnement) -> None:
    samira = acteur(cast.samira)
    persons.ask_confidence(by=samira, personne=held.personne_id, objet="tout")
    demande = asked(cast, held, MOTHER, "donne")
    assert json.loads(answer(cast, demande))["rubriques"] == []
    persons.lift_confidence(
        by=samira, personne=held.personne_id, confidence=held.personne.confidences.get().pk
    )
    assert "Yanis" in answer(cast, demande)
    with pytest.raises(NotVisible):
        persons.lift_confidence(by=samira, personne=held.personne_id, confidence=uuid4())
    Personne.objects.filter(pk=held.personne_id).update(tranche_age="18_20")
    with pytest.raises(BadAnswer):
        persons.ask_confidence(by=samira, personne=held.personne_id, objet="tout")
    with pytest.raises(BadAnswer):
        asked(cast, held, FATHER)


def test_who_opens_who_reads_and_until_when(cast: Cast, held: Accompagnement) -> None:
    demande = asked(cast, held)
    assert asked(cast, held) == demande
    with pytest.raises(NotVisible):
        requests.open_request(
            by=acteur(cast.karim), personne=held.personne_id, demandeur=SON, identite="connue"
        )
    for who in ("samira", "cheffe_relais", "direction_relais", "karim", "educatrice_sud"):
        with pytest.raises(NotVisible):
            acces.read_answer(acteur(cast.membres[who]), demande)
    before = Ligne.objects.filter(chaine=cast.relais.pk, acte="lecture", objet_genre="demande_acces").count()
    acces.read_answer(acteur(cast.dpo), demande)
    after = Ligne.objects.filter(chaine=cast.relais.pk, acte="lecture", objet_genre="demande_acces").count()
    assert after == before + 1
    with pytest.raises(NotNow):
        acces.finish(by=acteur(cast.dpo), demande=demande)
    decided(cast, demande)
    acces.finish(by=acteur(cast.dpo), demande=demande)
    with pytest.raises(NotVisible):
        acces.read_answer(acteur(cast.dpo), demande)
    assert [row.repondue_le is not None for row in requests.requests_seen(acteur(cast.samira))] == [True]


def test_an_officer_that_only_reads_decides_nothing(cast: Cast, held: Accompagnement) -> None:
    demande = asked(cast, held)
    type(cast.dpo.poste).objects.filter(pk=cast.dpo.poste.pk).update(lecture_seule=True)
    cast.dpo.poste.refresh_from_db()
    (first, *_) = acces.read_answer(acteur(cast.dpo), demande).attendent
    with pytest.raises(ReadOnly):
        acces.decide(by=acteur(cast.dpo), demande=demande, cles=[first.cle], decision="donner")


def test_erasing_takes_the_request_s_person_and_its_words(cast: Cast, held: Accompagnement) -> None:
    demande = asked(cast, held)
    decided(cast, demande)
    Personne.objects.filter(pk=held.personne_id).update(dernier_contact_le=date(2020, 1, 1))
    Accompagnement.objects.update(ouvert_le=date(2020, 1, 1))
    assert erase_due_supports(clock.today()) == 1
    row = DemandeAcces.objects.get(pk=demande)
    assert (row.personne, row.reserves.count()) == (None, 0)
    with pytest.raises(NotVisible):
        acces.read_answer(acteur(cast.dpo), demande)


def test_the_month_runs_from_the_request(cast: Cast, held: Accompagnement) -> None:
    row = DemandeAcces.objects.get(pk=asked(cast, held))
    assert (row.echeance - clock.today()) in {timedelta(days=days) for days in (28, 29, 30, 31)}
    assert requests.requests_waiting(acteur(cast.dpo)) == [row.echeance]
