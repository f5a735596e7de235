"""The document of a year, as plain values: drafted from live data, frozen by the first signature."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from maillage.diagnostics.masking import PUBLISHED
from maillage.documents.content import Table
from maillage.evaluations.commandes import Regard, beside, label_of
from maillage.evaluations.enums import GenreAvis
from maillage.evaluations.faits import facts_of, presence
from maillage.evaluations.models import Avis, Commande, Evaluation
from maillage.evaluations.preuves import EVIDENCE, Annee, next_step
from maillage.evaluations.queries import Etat, around, periode_of, state_of
from maillage.evaluations.questions import PREREQUIS, Prerequis
from maillage.pilotage.reciprocite import flows_seen_by
from maillage.pilotage.reciprocite_tables import tables_of

VERSION = 1


def content_of(evaluation: Evaluation, *, standby: bool = False) -> Mapping[str, Any]:
    """Return the document: as frozen, else drafted now. Figures are masked as for publication.

    With `standby`, for a screen, it may say `arrete_le`: until when notes and outings are counted.
    """
    if evaluation.empreinte:
        return dict(evaluation.contenu)
    return draft(state_of(evaluation), standby=standby)


def draft(etat: Etat, *, standby: bool = False) -> dict[str, Any]:
    """Draft the document from live data; a round's marks stand in it once everybody gave theirs."""
    evaluation = etat.evaluation
    periode = periode_of(evaluation, standby=standby)
    sens = flows_seen_by(None, periode.partenariat, periode.debut, periode.fin, threshold=PUBLISHED)
    facts, regard = facts_of(periode), beside(periode)
    year = Annee(periode, {one.cle: one for one in facts}, sens, regard, PUBLISHED)
    opinions = etat.readable()
    return {
        "version": VERSION,
        "partenariat": periode.partenariat.nom,
        "periode": evaluation.periode,
        "debut": periode.debut.isoformat(),
        "fin": periode.fin.isoformat(),
        "seuil": PUBLISHED,
        "faits": [{"cle": one.cle, "nom": one.nom, "valeur": one.valeur} for one in facts],
        "presence": [
            {"service": str(one.service), "sorties": one.sorties, "notes": one.notes}
            for one in presence(periode)
        ],
        "reciprocite": [_table(one) for one in tables_of(sens, PUBLISHED)],
        "commandes": _orders(regard),
        "prerequis": [_prerequisite(one, year, opinions) for one in PREREQUIS],
        "mots": [
            {"qui": str(one.service), "genre": one.genre, "mot": one.mot} for one in opinions if one.mot
        ],
        "entours": around(evaluation) if any(one.genre == GenreAvis.DIRECTION for one in opinions) else [],
        **({"arrete_le": until} if (until := periode.dehors.arrete_le) else {}),
    }


def seal_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a document, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _prerequisite(one: Prerequis, year: Annee, opinions: Sequence[Avis]) -> dict[str, Any]:
    step = next_step(year, one.lettre)
    return {
        "lettre": one.lettre,
        "nom": one.nom,
        "question": one.question,
        "preuves": EVIDENCE[one.lettre](year),
        "etape": {"texte": step.texte, "etude": step.etude},
        "notes": [
            {"qui": str(said.service), "genre": said.genre, "note": said.notes[one.lettre]}
            for said in opinions
        ],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "titre": table.caption,
        "colonnes": list(table.headers),
        "lignes": [list(row) for row in table.rows],
    }


def _orders(regard: Regard) -> dict[str, Any]:
    return {
        "suivies": [[*_order(one.commande), one.fait] for one in regard.suivis],
        "sans_activite": [" : ".join(_order(one)[::2]) for one in regard.sans_activite],
        "sans_commande": [[one.registre, one.metier, one.fait] for one in regard.sans_commande],
    }


def _order(row: Commande) -> list[str]:
    where = f", {row.territoire}" if row.territoire else ""
    return [row.commanditaire, label_of(row.metier, row.registre) + where, row.objet]
