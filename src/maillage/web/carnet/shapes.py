"""What the notebook receives: its words, its places, its crew, tonight's notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.directory.enums import Metier
from maillage.directory.models import Lieu, Poste
from maillage.directory.names import names_apart
from maillage.main_courante.enums import Liste
from maillage.main_courante.gestes import Geste
from maillage.main_courante.jours import slot, work_day
from maillage.main_courante.queries import (
    colleagues,
    current_sortie,
    destinataires,
    listes_of,
    notes_of_service,
    recent_places,
)
from maillage.main_courante.queries.carnet import mine_of_day, ticked_on_day
from maillage.main_courante.queries.consignes import consignes_of
from maillage.main_courante.queries.notes import NoteLine, frequent_categories
from maillage.main_courante.queries.passages import places_asked, unusual_places

RECENT = 6
NOTES = 60


def people(postes: Iterable[Poste], names: Mapping[UUID, str]) -> list[dict[str, str]]:
    """Say who, as colleagues call them."""
    return [{"poste": str(poste.pk), "prenom": names[poste.pk]} for poste in postes]


def reference(acteur: Acteur) -> dict[str, Any]:
    """Return what the notebook needs to write without a network; no note, nothing about a person."""
    listes = listes_of(acteur.service)
    recent, others = recent_places(acteur, RECENT)
    sortie = current_sortie(acteur)
    crew = [] if sortie is None else list(sortie.equipage.select_related("professionnel").order_by("pk"))
    team = colleagues(acteur)
    names = names_apart([acteur.poste, *team, *crew])
    towards = {one.service.pk: str(one.service) for one in destinataires(acteur)}
    return {
        **people([acteur.poste], names)[0],
        "service": str(acteur.service),
        "prevention": acteur.service.metier == Metier.PREVENTION_SPECIALISEE,
        "jour": work_day(clock.now(), acteur.role).isoformat(),
        "recents": [_place(place) for place in recent],
        "autres": [_place(place) for place in others],
        "usuels": frequent_categories(acteur),
        "listes": {
            liste.value: [
                {"code": entry.code, "libelle": entry.libelle, "famille": entry.famille}
                for entry in listes.entries(liste)
            ]
            for liste in Liste
        }
        | {"geste": [{"code": code, "libelle": name, "famille": ""} for code, name in Geste.choices]},
        "equipe": people(team, names),
        "destinataires": [{"id": str(pk), "nom": name} for pk, name in towards.items()],
        "sortie": sortie
        and {
            "id": str(sortie.pk),
            "debut": sortie.debut.isoformat(),
            "equipage": people(crew, names),
        },
        "consignes": [
            {"id": str(line.id), "lieu": line.lieu.nom, "texte": line.texte, "de": line.geste_libelle}
            for line in consignes_of(acteur)
        ],
        "ou_passer": _where_to_pass(acteur),
    }


def _where_to_pass(acteur: Acteur) -> list[dict[str, str]]:
    unusual = unusual_places(acteur, clock.today(), slot(clock.now()))
    return [
        {"lieu": detour.lieu.nom, "pourquoi": detour.pourquoi} for detour in [*places_asked(acteur), *unusual]
    ]


def tonight(acteur: Acteur) -> list[dict[str, Any]]:
    """Return the service's notes of this working day, newest first; leaves a ledger line."""
    jour = work_day(clock.now(), acteur.role)
    mine, ticked = mine_of_day(acteur, jour), ticked_on_day(acteur, jour)
    page = notes_of_service(acteur, jour=jour, limite=NOTES)
    return [
        _note(line)
        | {"a_nous": line.id in mine}
        | dict(zip(("publics", "suites"), ticked[line.id], strict=True))
        for line in page.lignes
    ]


def _place(lieu: Lieu) -> dict[str, str]:
    return {"id": str(lieu.pk), "nom": lieu.nom, "quartier": lieu.territoire.nom}


def _note(line: NoteLine) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "lieu": line.lieu.nom,
        "lieu_id": str(line.lieu.pk),
        "heure": line.observee_le.astimezone(clock.PARIS).strftime("%H h %M"),
        "categorie": line.categorie,
        "categorie_code": line.categorie_code,
        "ambiance": line.ambiance,
        "ambiance_code": line.ambiance_code,
        "effectif": line.effectif,
        "effectif_code": line.effectif_code,
        "origine_code": line.origine_code,
        "contacts_nouveaux": line.contacts_nouveaux,
        "texte": line.texte,
        "rivale": line.rivale,
    }
