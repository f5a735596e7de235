"""The path of arrival: short cards drawn from the partnership as it stands today, then its charters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from maillage.base import clock
from maillage.conventions.faits import say_fact
from maillage.conventions.models import Charte, Partenariat, SignatureCharte
from maillage.conventions.queries import (
    PRUDENTE,
    charters,
    closed_to,
    convention_in_force,
    facts,
    forme_row,
    lectures_rows,
    members,
    must_sign,
    on_the_way,
    partenariats_of,
    path_since,
    wordings,
)
from maillage.directory.enums import Metier
from maillage.directory.models import Poste
from maillage.directory.queries import active_on
from maillage.equipes.enums import Carte
from maillage.equipes.models import EtapeArrivee
from maillage.law.catalogue import question

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

SOON = timedelta(days=60)
TRADE_IN_A_LINE = {
    Metier.MEDIATION_SOCIALE: "va vers tous, dans la rue et les halls, et apaise ; tient le journal du lieu",
    Metier.PREVENTION_SPECIALISEE: "accompagne, sans mandat, les jeunes qui le veulent bien",
}
INFORMAL = (
    "Aucune convention n'est en vigueur : l'entente tient aux personnes. Le droit, lui, ne change pas : "
    "il demande les mêmes accords qu'ailleurs."
)
PRUDENT = (
    "Aucune lecture n'est adoptée : partout où les textes se discutent, c'est la lecture prudente qui vaut."
)
NAMED = (
    "D'un lieu, sans nommer personne, tout se dit, et l'autre équipe répond le jour même.",
    "De quelqu'un, il faut son accord, celui d'un parent s'il est mineur, et rien que le nécessaire.",
    "Un danger n'attend aucun accord : le bouton rouge est sur tous les écrans, dès le premier jour.",
)


@dataclass(frozen=True)
class Etape:
    """One step: a card (`charte` None) or a charter to sign, when it was done, what it opens.

    `ouverte`: it may be done now. `ouvre` ends the sentence « Après : ».
    """

    code: str
    titre: str
    lignes: Sequence[str]
    faite_le: date | None
    ouverte: bool
    ouvre: str
    charte: Charte | None = None


@dataclass(frozen=True)
class Parcours:
    """One post's path in one partnership.

    `ferme`: nothing about a person is exchanged yet; `exige`: finishing it is what opens that.
    """

    partenariat: Partenariat
    etapes: Sequence[Etape]
    ferme: bool
    exige: bool

    @property
    def fini(self) -> bool:
        """Say whether every step is done."""
        return all(etape.faite_le for etape in self.etapes)

    @property
    def restent(self) -> int:
        """Return how many steps are left."""
        return sum(etape.faite_le is None for etape in self.etapes)


def parcours(acteur: Acteur, partenariat: Partenariat) -> Parcours:
    """Return the path of the person signed in, each card written from what holds today."""
    on, poste = clock.today(), acteur.poste
    read = cards_read(poste, [partenariat.pk])
    signed = dict(SignatureCharte.objects.filter(poste=poste).values_list("charte", "le"))
    texts = charters(partenariat, on) if must_sign(poste) else []
    done: list[date | None] = [read.get((partenariat.pk, carte)) for carte in Carte]
    done += [signed.get(row.pk) for row in texts]
    titles = [f"la carte « {carte.label} »" for carte in Carte]
    titles += [f"la signature : {row.get_genre_display().lower()}" for row in texts]
    ferme = partenariat.pk in closed_to(poste, on, [partenariat.pk])
    etapes = []
    for rank, when in enumerate(done):
        charte = texts[rank - len(Carte)] if rank >= len(Carte) else None
        etapes.append(
            Etape(
                code=str(charte.pk) if charte else list(Carte)[rank].value,
                titre=str(charte) if charte else str(list(Carte)[rank].label),
                lignes=charte.texte.split("\n\n") if charte else _written(list(Carte)[rank], partenariat, on),
                faite_le=when,
                ouverte=when is None and all(done[:rank]),
                ouvre=titles[rank + 1] if rank + 1 < len(done) else "",
                charte=charte,
            )
        )
    return Parcours(partenariat, etapes, ferme, partenariat.pk in on_the_way(poste, on, [partenariat.pk]))


def cards_read(poste: Poste, partenariats: Collection[UUID]) -> dict[tuple[UUID, Carte], date]:
    """Return when the post read each card, by (partnership, card)."""
    rows = EtapeArrivee.objects.filter(poste=poste, partenariat__in=partenariats)
    return {(row.partenariat_id, Carte(row.carte)): row.le for row in rows}


def _written(carte: Carte, partenariat: Partenariat, on: date) -> Sequence[str]:
    """Write one card from what the partnership is that day."""
    if carte == Carte.EQUIPES:
        return _teams(partenariat, on)
    if carte == Carte.CONVENTION:
        return _convention(partenariat, on)
    if carte == Carte.LECTURES:
        return _readings(partenariat, on)
    return NAMED


def _teams(partenariat: Partenariat, on: date) -> Sequence[str]:
    row = forme_row(partenariat, on)
    lines = [
        f"{service.nom} {TRADE_IN_A_LINE[Metier(service.metier)]}." for service in members(partenariat, on)
    ]
    form = row.get_forme_display().lower() if row else "informel"
    return [
        *lines,
        f"Le partenariat est {form}. Les deux équipes se réunissent toutes les "
        f"{partenariat.rythme_reunion_semaines} semaines.",
        f"Une orientation attend sa réponse {partenariat.delai_reponse_jours} jours, et se clôt au bout de "
        f"{partenariat.delai_cloture_jours} jours quoi qu'il arrive.",
    ]


def _convention(partenariat: Partenariat, on: date) -> Sequence[str]:
    """Say each clause of the convention in force, or each fact written without one, or that none is."""
    version = convention_in_force(partenariat, on)
    if version is not None:
        return [f"{row.titre}. {row.texte}" for row in wordings(version).values()]
    written = [f"{fact.titre} ({say_fact(fact.fait, fact.valeur)})." for fact in facts(partenariat, on)]
    return [INFORMAL, *written]


def _readings(partenariat: Partenariat, on: date) -> Sequence[str]:
    rows = [row for row in lectures_rows(partenariat, on).values() if row.valeur != PRUDENTE]
    asked = [question(row.question) for row in sorted(rows, key=lambda row: row.question)]
    return [f"{one.titre} : {one.rapport}" for one in asked] or [PRUDENT]


@dataclass(frozen=True)
class EnChemin:
    """The state of one post on its way: what is left, never a count to compare."""

    poste: Poste
    a_venir: bool
    cartes: bool
    chartes: bool

    @property
    def ferme(self) -> bool:
        """Say whether nothing about a person is exchanged with this post yet."""
        return self.a_venir or self.cartes or self.chartes


def arriving(acteur: Acteur) -> Sequence[EnChemin]:
    """Return my service's posts that begin soon, or have something left before they exchange; by first day.

    The number of queries does not depend on the number of posts.
    """
    on = clock.today()
    since = path_since(acteur.partenariat_ids, on).values()
    rows = [row for one in partenariats_of(acteur) for row in charters(one, on)]
    signed = set(SignatureCharte.objects.filter(charte__in=rows).values_list("poste", "charte"))
    coming = Q(debut__gt=on, debut__lte=on + SOON)
    posts = (
        Poste.objects.filter(active_on(on) | coming, service=acteur.service, lecture_seule=False)
        .select_related("professionnel", "service")
        .order_by("debut", "professionnel__nom", "professionnel__prenom", "pk")
    )
    found = [
        EnChemin(
            poste=poste,
            a_venir=poste.debut > on,
            cartes=poste.module_valide_le is None and any(first <= poste.debut for first in since),
            chartes=any((poste.pk, row.pk) not in signed for row in rows),
        )
        for poste in posts
        if must_sign(poste)
    ]
    return [one for one in found if one.ferme]
