"""Withdrawal: one transaction ends everything that rested on the accord, on both faces."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.base.models import CleDonnees
from maillage.comptes.acteur import Acteur
from maillage.dossiers.models import Accompagnement, Accord, Personne
from maillage.orientations.actions import (
    accept_orientation,
    answer_relais,
    close_due,
    propose_relais,
    return_suite,
    withdraw,
)
from maillage.orientations.enums import EtatRelais, Suite
from maillage.orientations.faces import Accepted
from maillage.orientations.models import Orientation
from maillage.orientations.queries import received_face, received_list, sent_face, sent_list
from maillage.sharing import persons
from maillage.sharing.cartes import give_card, open_card, stop_all
from maillage.sharing.errors import NotNow, NotVisible, Withheld
from maillage.sharing.models import Echange, Ouverture, Tache
from maillage.sharing.openings import midnight
from maillage.sharing.queries import list_accompagnements, read_accompagnement
from tests.cast import Cast
from tests.door import WITH_RETURN, acteur, add_clause, adopt, prepare, send, told


@pytest.fixture
def returned(cast: Cast) -> Orientation:
    """An orientation accepted, whose « relation engagée » came back."""
    add_clause(cast.ici, "clause_retour", True)
    adopt(cast.ici, "U-10")
    orientation = send(cast, WITH_RETURN)
    samira = acteur(cast.samira)
    accept_orientation(orientation=orientation, by=samira)
    return_suite(orientation=orientation, by=samira, code=Suite.RELATION_ENGAGEE)
    return orientation


def hear(cast: Cast, personne: UUID, *, by: Acteur, donneur: str, etat: str, lien: str = "") -> None:
    """Note what someone says of the return to the mediators."""
    persons.record_accord(
        by=by,
        personne=personne,
        portee="retour",
        destinataire=cast.alm,
        donneur=donneur,
        lien=lien,
        etat=etat,
    )


@pytest.mark.requirement("S-14")
@pytest.mark.parametrize("who", ["karim", "samira"])
@pytest.mark.parametrize(("donneur", "lien"), [("jeune", ""), ("titulaire", "mere")])
def test_a_withdrawal_ends_everything_at_once(
    cast: Cast, returned: Orientation, who: str, donneur: str, lien: str
) -> None:
    sujet = returned.sujet
    withdraw(orientation=returned, by=acteur(cast.membres[who]), donneur=donneur, lien=lien)
    face = sent_face(acteur(cast.karim), returned.pk)
    assert (face.visible, face.retours, face.personne.effacee) == ("close", (), True)
    (line,) = sent_list(acteur(cast.karim))
    assert (line.visible, line.retours, line.appellation) == ("close", 0, "")
    inside = received_face(acteur(cast.samira), returned.pk)
    assert (inside.etat, inside.close, inside.personne.appellation) == ("retiree", True, "")
    assert inside.accompagnement is None
    assert [one.appellation for one in received_list(acteur(cast.samira))] == [""]
    assert not Ouverture.objects.filter(cause_fin="").exists()
    assert not CleDonnees.objects.filter(proprietaire=sujet).exists()
    gone = Personne.objects.get(pk=sujet)
    assert bytes(gone.appellation_scellee) + bytes(gone.contact_scelle) + bytes(gone.besoin_scelle) == b""
    assert not Echange.objects.filter(sujet=sujet).exists()
    assert not Accord.objects.filter(personne=sujet).exists()
    assert Ligne.objects.filter(acte="retrait").count() == 1
    assert str(sujet) not in str(list(Echange.objects.values()))


def test_what_rested_on_the_accord_alone_is_erased_inside_too(cast: Cast, returned: Orientation) -> None:
    (line,) = list_accompagnements(acteur(cast.samira))
    withdraw(orientation=returned, by=acteur(cast.karim), donneur="jeune")
    assert list_accompagnements(acteur(cast.samira)) == []
    with pytest.raises(NotVisible):
        read_accompagnement(acteur(cast.samira), line.id)
    assert Accompagnement.objects.get(pk=line.id).motif_cloture == "retrait"


def test_an_acquired_adhesion_keeps_the_support_that_rests_on_it(cast: Cast, returned: Orientation) -> None:
    samira = acteur(cast.samira)
    (line,) = list_accompagnements(samira)
    persons.record_adhesion(by=samira, accompagnement=line.id, donneur="jeune", etat="acquise")
    withdraw(orientation=returned, by=acteur(cast.karim), donneur="jeune")
    assert [one.pseudonyme for one in list_accompagnements(samira)] == ["Yanis"]
    assert sent_face(acteur(cast.karim), returned.pk).retours == ()


def test_each_recipient_owes_a_receipt(cast: Cast, returned: Orientation) -> None:
    withdraw(orientation=returned, by=acteur(cast.karim), donneur="jeune")
    owed = Tache.objects.filter(obligation="RECU-RETRAIT").values_list("service__code", flat=True)
    assert sorted(owed) == ["alm", "relais"]


def test_only_the_return_may_be_taken_back(cast: Cast, returned: Orientation) -> None:
    withdraw(orientation=returned, by=acteur(cast.karim), donneur="jeune", portee="retour")
    face = sent_face(acteur(cast.karim), returned.pk)
    assert (face.visible, face.retours, face.personne.appellation) == ("recue", (), "Yanis")
    assert received_face(acteur(cast.samira), returned.pk).etat == "acceptee"
    assert told(cast, "karim", clock.today())["Le Relais", "ALM"] == (0, 0)


def test_a_withdrawn_adhesion_hides_what_came_back(cast: Cast, returned: Orientation) -> None:
    samira = acteur(cast.samira)
    (line,) = list_accompagnements(samira)
    persons.record_adhesion(by=samira, accompagnement=line.id, donneur="jeune", etat="retiree")
    assert sent_face(acteur(cast.karim), returned.pk).retours == ()
    assert sent_face(acteur(cast.karim), returned.pk).visible == "recue"


def test_closing_the_support_does_not_tell_the_sender(cast: Cast, returned: Orientation) -> None:
    samira = acteur(cast.samira)
    (line,) = list_accompagnements(samira)
    persons.close_accompagnement(by=samira, accompagnement=line.id, motif="objectif")
    assert len(sent_face(acteur(cast.karim), returned.pk).retours) == 1


def test_withdrawing_twice_is_harmless_and_both_chains_say_it_once(cast: Cast, returned: Orientation) -> None:
    karim = acteur(cast.karim)
    withdraw(orientation=returned, by=karim, donneur="jeune")
    withdraw(orientation=returned, by=karim, donneur="jeune")
    lines = Ligne.objects.filter(acte__in=["retrait", "fermeture"]).order_by("acte")
    assert [(one.acte, one.chaine_id) for one in lines] == [
        ("fermeture", cast.relais.pk),
        ("retrait", cast.alm.pk),
    ]


def test_a_withdrawal_takes_back_a_relais(cast: Cast) -> None:
    orientation = send(cast)
    relais = propose_relais(orientation=orientation, by=acteur(cast.karim))
    withdraw(orientation=orientation, by=acteur(cast.karim), donneur="jeune")
    relais.refresh_from_db()
    assert relais.etat == "sans_suite"
    with pytest.raises(NotNow):
        answer_relais(relais=relais, by=acteur(cast.karim), etat=EtatRelais.TENU)


def test_what_withdraws_half_way_withdraws_nothing(
    cast: Cast, returned: Orientation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> bool:
        raise RuntimeError("disque plein")

    monkeypatch.setattr("maillage.orientations.actions.closing.persons.erase_oriented", broken)
    with pytest.raises(RuntimeError):
        withdraw(orientation=returned, by=acteur(cast.karim), donneur="jeune")
    face = sent_face(acteur(cast.karim), returned.pk)
    assert (face.visible, len(face.retours), face.personne.appellation) == ("recue", 1, "Yanis")


def test_a_draft_is_given_up_not_withdrawn(cast: Cast) -> None:
    with pytest.raises(NotNow, match="pas encore partie"):
        withdraw(orientation=prepare(cast), by=acteur(cast.karim), donneur="jeune")


def test_the_fixed_end_erases_the_senders_data_and_keeps_the_counts(
    cast: Cast, returned: Orientation
) -> None:
    sujet, month = returned.sujet, clock.today()
    with time_machine.travel(clock.now() + timedelta(days=42), tick=False):
        before = sent_face(acteur(cast.karim), returned.pk)
        assert (before.visible, before.personne.appellation) == ("close", "")
        assert close_due(clock.today()) == 1
        assert close_due(clock.today()) == 0
        assert not CleDonnees.objects.filter(proprietaire=sujet).exists()
        face = sent_face(acteur(cast.karim), returned.pk)
        assert [one.code for one in face.retours] == ["relation_engagee"]
        assert [one.pseudonyme for one in list_accompagnements(acteur(cast.samira))] == ["Yanis"]
        counts = told(cast, "karim", month)
    assert counts["ALM", "Le Relais"] == (1, 0)
    assert counts["Le Relais", "ALM"] == (0, 1)


def test_an_old_draft_forgets_the_person(cast: Cast) -> None:
    draft = prepare(cast)
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        assert close_due(clock.today()) == 0
    with time_machine.travel(clock.now() + timedelta(days=93), tick=False):
        assert close_due(clock.today()) == 1
        assert sent_list(acteur(cast.karim)) == []
    assert Personne.objects.get(pk=draft.sujet).effacee_le is not None


def test_a_taken_back_accord_counts_as_a_refusal_for_the_next_orientation(
    cast: Cast, returned: Orientation
) -> None:
    accepted = accept_orientation(orientation=returned, by=acteur(cast.samira))
    assert isinstance(accepted, Accepted)
    withdraw(orientation=returned, by=acteur(cast.samira), donneur="jeune")
    with pytest.raises(NotNow, match="est close"):
        accept_orientation(orientation=returned, by=acteur(cast.bruno))


@pytest.mark.parametrize("who", ["karim", "samira"])
@pytest.mark.parametrize("etat", ["refuse", "retire"])
def test_a_refused_return_disappears_whoever_heard_it(
    cast: Cast, returned: Orientation, who: str, etat: str
) -> None:
    assert returned.sujet is not None
    hear(cast, returned.sujet, by=acteur(cast.membres[who]), donneur="titulaire", lien="mere", etat=etat)
    face = sent_face(acteur(cast.karim), returned.pk)
    assert (face.visible, face.retours, face.personne.appellation) == ("recue", (), "Yanis")
    assert [one.pseudonyme for one in list_accompagnements(acteur(cast.samira))] == ["Yanis"]


def test_an_accord_heard_on_the_sheet_hides_what_came_back_too(cast: Cast, returned: Orientation) -> None:
    samira = acteur(cast.samira)
    (line,) = list_accompagnements(samira)
    hear(cast, line.personne, by=samira, donneur="jeune", etat="retire")
    assert sent_face(acteur(cast.karim), returned.pk).retours == ()


def test_what_an_orientation_says_ends_for_both_at_its_date_before_any_nightly_work(
    cast: Cast, returned: Orientation
) -> None:
    with time_machine.travel(midnight(clock.today() + timedelta(days=42)), tick=False):
        for face in (
            sent_face(acteur(cast.karim), returned.pk),
            received_face(acteur(cast.samira), returned.pk),
        ):
            assert (face.personne.appellation, face.personne.effacee) == ("", True)
        assert [one.pseudonyme for one in list_accompagnements(acteur(cast.samira))] == ["Yanis"]


def test_after_the_receivers_withdrawal_the_sender_is_told_close_and_no_more(
    cast: Cast, returned: Orientation
) -> None:
    withdraw(orientation=returned, by=acteur(cast.samira), donneur="jeune")
    with pytest.raises(NotNow, match=r"^Cette orientation est close : il n'y a plus rien à y faire\.$"):
        propose_relais(orientation=returned, by=acteur(cast.karim))


@pytest.mark.requirement("S-14")
@pytest.mark.parametrize("how", ["retiree", "suspendue", "refusee", "carte"])
def test_what_was_taken_back_is_not_sent_again_until_it_is_agreed_to_again(
    cast: Cast, returned: Orientation, how: str
) -> None:
    """Nor does a new adhésion bring the old accord back: the return itself is to be agreed to."""
    samira, support = acteur(cast.samira), Accompagnement.objects.get(orientation=returned.pk)
    if how == "carte":
        code = give_card(by=samira, accompagnement=support.pk, numero="904173")
        card = open_card(code=code, numero="904173", adresse="192.0.2.1")
        assert card is not None
        stop_all(card)
    else:
        persons.record_adhesion(by=samira, accompagnement=support.pk, donneur="jeune", etat=how)
    for again in ("", "acquise"):
        if again:
            persons.record_adhesion(by=samira, accompagnement=support.pk, donneur="jeune", etat=again)
        for code in (Suite.RELATION_ENGAGEE, Suite.RENCONTRE_FAITE):
            with pytest.raises(Withheld):
                return_suite(orientation=returned, by=samira, code=code)
        assert sent_face(acteur(cast.karim), returned.pk).retours == ()
    hear(cast, support.personne_id, by=samira, donneur="jeune", etat="donne")
    return_suite(orientation=returned, by=samira, code=Suite.RELATION_ENGAGEE)
    assert [one.code for one in sent_face(acteur(cast.karim), returned.pk).retours] == ["relation_engagee"]


def test_a_parent_takes_back_their_own_word_and_the_sender_reads_nothing_of_it(
    cast: Cast, returned: Orientation
) -> None:
    samira, support = acteur(cast.samira), Accompagnement.objects.get(orientation=returned.pk)
    persons.record_adhesion(
        by=samira, accompagnement=support.pk, donneur="titulaire", lien="mere", etat="retiree"
    )
    with pytest.raises(Withheld):
        return_suite(orientation=returned, by=samira, code=Suite.RENCONTRE_FAITE)
    assert {one.etat for one in sent_face(acteur(cast.karim), returned.pk).personne.accords} == {"donne"}
    hear(cast, support.personne_id, by=samira, donneur="jeune", etat="donne")
    with pytest.raises(Withheld):
        return_suite(orientation=returned, by=samira, code=Suite.RENCONTRE_FAITE)
