"""The officer's papers say what the database says that day, and leave to people what only they know."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.base import clock
from maillage.conventions.errors import BadAnswer, NotYours
from maillage.conventions.models import LectureAdoptee, Participation
from maillage.directory.enums import Metier
from maillage.directory.models import Structure, Titre
from maillage.documents.content import Bullets, Document, Heading, Paragraph, Table
from maillage.pilotage.dpo.etat import SEEN, read_state, traitements
from maillage.pilotage.dpo.mots import words_of, write_word
from maillage.pilotage.dpo.papiers import PAPERS, agreement_document, register_document
from maillage.pilotage.models import MotDPO
from tests.cast import Cast
from tests.door import acteur, add_clause
from tests.reunions_made import late_orientation, planned

pytestmark = pytest.mark.django_db


def _said(document: Document) -> str:
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            lines.append(block.text)
        elif isinstance(block, Bullets):
            lines += block.items
        elif isinstance(block, Table):
            lines += [" | ".join(row) for row in block.rows]
    return "\n".join(lines)


def test_every_processing_has_its_sign_of_use() -> None:
    assert [one.cle for one in traitements()] == list(SEEN)
    assert all(set(one.metiers) <= set(Metier.values) for one in traitements())


def test_the_state_is_the_database_of_that_day(cast: Cast) -> None:
    before = read_state(cast.ici)
    assert [one.cle for one in traitements() if before.usages[one.cle]] == ["journal", "comptes"]
    assert [str(one.service) for one in before.equipes] == ["ALM", "La Nuit", "Le Relais"]
    assert [one.titre for one in before.equipes if one.titre] == ["Habilitation (CASF L. 313-8, L. 121-2)"]
    assert before.manques == [
        "Aucune clause n'écrit l'information commune remise aux personnes (RGPD 13 et 14).",
        *(f"{one} : le SIRET de sa structure n'est pas inscrit." for one in ("ALM", "La Nuit", "Le Relais")),
    ]
    late_orientation(cast)
    planned(cast)
    add_clause(cast.ici, "information_rgpd", True)
    Structure.objects.update(siret="12345678901234")
    Titre.objects.all().delete()
    LectureAdoptee.objects.create(
        partenariat=cast.ici, question="U-10", valeur="rapport", preuve="Écrit", debut=date(2024, 1, 1)
    )
    after = read_state(cast.ici)
    used = {one.cle for one in traitements() if after.usages[one.cle]}
    assert used == {"journal", "comptes", "reunions", "orientations", "echanges"}
    assert after.echanges == [("ALM", "Le Relais")]
    assert after.manques[0] == "Le Relais : aucun titre du département n'est inscrit."
    assert after.manques[1].startswith("Lecture U-10 adoptée. Son prix : ")
    assert len(after.manques) == 2


def test_a_service_that_left_is_in_no_paper(cast: Cast) -> None:
    state = read_state(cast.ici)
    assert all("La Nuit" in _said(make(state, {})) for _, make in PAPERS.values())
    Participation.objects.filter(service=cast.services["nuit"]).update(fin=date(2024, 1, 1))
    state = read_state(cast.ici, clock.today())
    assert not any("La Nuit" in _said(make(state, {})) for _, make in PAPERS.values())


def test_what_only_the_officer_knows_waits_for_the_officer(cast: Cast) -> None:
    state = read_state(cast.ici)
    assert "[À compléter : le point de contact des personnes, et l'hébergeur]" in _said(
        agreement_document(state, words_of(cast.ici))
    )
    dpo = acteur(cast.dpo)
    write_word(by=dpo, partenariat=cast.ici, cle="accord.contact", texte="Une boîte commune.\n")
    write_word(by=dpo, partenariat=cast.ici, cle="accord.contact", texte="Une boîte commune, relevée.")
    assert words_of(cast.ici) == {"accord.contact": "Une boîte commune, relevée."}
    assert b"relev" not in bytes(MotDPO.objects.get().texte_scelle)
    said = _said(agreement_document(state, words_of(cast.ici)))
    assert ["Une boîte commune, relevée." in said, "le point de contact des personnes" in said] == [
        True,
        False,
    ]
    assert "Une boîte commune" not in _said(register_document(state, words_of(cast.ici)))
    with pytest.raises(BadAnswer):
        write_word(by=dpo, partenariat=cast.ici, cle="autre", texte="x")
    with pytest.raises(BadAnswer):
        write_word(by=dpo, partenariat=cast.ici, cle="aipd.avis", texte="x" * 4001)
    for who, here in ((cast.cheffe_alm, cast.ici), (cast.dpo, cast.ailleurs)):
        with pytest.raises(NotYours):
            write_word(by=acteur(who), partenariat=here, cle="aipd.avis", texte="x")
