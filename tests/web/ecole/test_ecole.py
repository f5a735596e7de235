"""A school head: orients with accords and the authority's decision, tells of absences, no more."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from maillage.comptes.enums import EtatCompte
from maillage.comptes.models import Compte
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste, Professionnel, Service, Structure
from maillage.orientations.actions import accept_orientation
from maillage.orientations.models import Orientation
from maillage.sharing.models import Echange, Information
from tests.cast import SINCE, Cast, Membre
from tests.door import acteur, add_clause
from tests.web.orientations.conftest import answers

SignedIn = Callable[[Membre], Client]


@pytest.fixture
def principal(cast: Cast) -> Membre:
    """The head of a school that takes part in the partnership, with the town hall."""
    cast.ici.participations.create(service=cast.mairie, debut=SINCE)
    college = Service.objects.create(
        code="college", structure=Structure.objects.create(nom="Collège inventé"), metier=Metier.INSTITUTION,
        nom="Collège", nom_court="Collège", ville=cast.alm.ville, invente=True,
    )  # fmt: skip
    cast.ici.participations.create(service=college, debut=SINCE)
    person = Professionnel.objects.create(prenom="Pierre", nom="Essai", invente=True)
    poste = Poste.objects.create(
        professionnel=person, service=college, role=Role.CHEF_ETABLISSEMENT, intitule="Principal",
        fonction="chef_etablissement", emploi="agent_public", fondements_secret=["statut_agent_public"],
        preuve="Arrêté inventé", debut=SINCE, module_valide_le=SINCE,
    )  # fmt: skip
    compte = Compte.objects.create(
        identifiant="principal", professionnel=person, etat=EtatCompte.ACTIF, cree_le=cast.dpo.compte.cree_le
    )
    return Membre(compte, poste)


@pytest.fixture
def head(principal: Membre, signed_in: SignedIn) -> Client:
    """The school head, signed in."""
    return signed_in(principal)


def without_place(cast: Cast, **changed: object) -> dict[str, object]:
    """What the school head types: no place of a round."""
    return answers(cast, lieu="", **changed)


def test_an_orientation_leaves_with_the_accords_and_the_authority_s_decision(
    cast: Cast, principal: Membre, head: Client
) -> None:
    page = head.post("/orientations/nouvelle/", without_place(cast), follow=True)
    draft = Orientation.objects.get()
    assert (draft.envoyee_le, "rien n&#x27;est parti" in page.content.decode()) == (None, True)
    (kept,) = Echange.objects.all()
    assert (kept.issue, kept.verdict["manques"][0]["faits"]) == ("incomplet", ["decision_autorite"])
    add_clause(cast.ici, "decision_autorite", True, principal.service)
    assert head.post("/orientations/nouvelle/", without_place(cast)).status_code == 302
    sent = Orientation.objects.exclude(pk=draft.pk).get()
    assert sent.envoyee_le is not None
    assert Echange.objects.get(pk=sent.echange).verdict["fondements"] == ["ORIENT-PUBLIC"]
    accept_orientation(orientation=sent, by=acteur(cast.samira))
    face = head.get(f"/orientations/{sent.pk}/")
    assert (face.context["face"].visible, face.context["offer_relais"]) == ("recue", False)


@pytest.mark.parametrize("missing", [{"accord": "non_demande"}, {"accord_parent": "non_demande"}])
def test_without_an_accord_nothing_leaves(
    cast: Cast, principal: Membre, head: Client, missing: dict[str, str]
) -> None:
    add_clause(cast.ici, "decision_autorite", True, principal.service)
    head.post("/orientations/nouvelle/", without_place(cast, **missing))
    assert [row.envoyee_le for row in Orientation.objects.all()] == [None]


def test_only_prevention_is_offered_and_nothing_may_come_back(cast: Cast, head: Client) -> None:
    form = head.get("/orientations/nouvelle/").context["form"]
    assert [label for _, label in form.fields["vers"].choices] == ["Le Relais"]
    assert "accord_retour" not in form.fields


def test_a_school_reads_what_it_sent_and_nothing_else(cast: Cast, head: Client) -> None:
    head.post("/orientations/nouvelle/", without_place(cast))
    (line,) = head.get("/orientations/").context["lines"]
    assert line.appellation == "Yanis"
    assert head.get("/orientations/?liste=recues").status_code == 404
    for address in (
        "/accompagnements/",
        f"/accompagnements/{uuid4()}/",
        "/messages/",
        "/retraits/",
        "/notes/",
    ):
        assert head.get(address).status_code == 404, address
    other = Orientation.objects.create(
        id=uuid4(), partenariat=cast.ici, service_emetteur=cast.alm, service_destinataire=cast.relais,
        poste_emetteur=cast.karim.poste, porteur=cast.karim.poste, creee_le=cast.dpo.compte.cree_le,
    )  # fmt: skip
    assert head.get(f"/orientations/{other.pk}/").status_code == 404


def test_absences_go_to_the_mayor_without_a_name(cast: Cast, head: Client, signed_in: SignedIn) -> None:
    page = head.get("/etablissement/absences/")
    ((post, _),) = page.context["form"].fields["destinataires"].choices
    assert post == str(cast.maire.poste.pk)
    unsaid = head.post("/etablissement/absences/", {"destinataires": [post]})
    assert (unsaid.status_code, Information.objects.count()) == (422, 0)
    assert head.post("/etablissement/absences/", {"destinataires": [post], "saisie": "on"}).status_code == 302
    row = Information.objects.select_related("echange").get()
    assert (row.personne, row.contenu, row.echange.issue, row.echange.sujet) == (
        None,
        {},
        "obligatoire",
        None,
    )
    assert row.echange.verdict["fondements"] == ["EDU-L131-8"]
    paper = head.get(f"/informations/{row.pk}/papier.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert ("L. 131-8" in text, "R. 131-10-5" in text, "121-6-2" in text) == (True, True, False)
    ((seen, _),) = signed_in(cast.maire).get("/informations/").context["rows"]
    assert seen.pk == row.pk


def test_a_measure_is_not_told_to_the_mayor(cast: Cast, head: Client) -> None:
    panel = head.get("/etablissement/").context["panel"]
    assert panel.issue == "interdit"


def test_nobody_else_comes_here(cast: Cast, head: Client, signed_in: SignedIn) -> None:
    for who in ("samira", "karim", "maire", "direction_alm", "dpo"):
        client = signed_in(cast.membres[who])
        assert [client.get(f"/etablissement/{page}").status_code for page in ("", "absences/")] == [404, 404]
    assert [head.post("/etablissement/").status_code, head.get("/").status_code] == [405, 200]


def test_a_head_that_only_reads_sends_nothing(cast: Cast, principal: Membre, head: Client) -> None:
    Poste.objects.filter(pk=principal.poste.pk).update(lecture_seule=True)
    assert head.post("/orientations/nouvelle/", without_place(cast)).status_code == 403
    sent = {"destinataires": [str(cast.maire.poste.pk)], "saisie": "on"}
    assert head.post("/etablissement/absences/", sent).status_code == 403
