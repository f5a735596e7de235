"""The path of arrival: short cards drawn from the partnership as it stands, the module, the charters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from django.db.models import Q

from maillage.base import clock
from maillage.conventions.faits import say_fact
from maillage.conventions.models import Partenariat, SignatureCharte
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
from maillage.conventions.regles import regle_lines
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
    Metier.MEDIATION_SOCIALE: "va vers tous, dans la rue et dans les halls",
    Metier.PREVENTION_SPECIALISEE: "accompagne, sans mandat, les jeunes qui le veulent bien",
}
INFORMAL = (
    "Aucune convention n'est en vigueur : l'entente tient aux personnes. Le droit, lui, ne change pas : "
    "il demande les mêmes accords qu'ailleurs."
)
MODULE_TITLE = "Le module, sur des cas"
MODULE_LINES = (
    "Des situations de terrain, jugées par le droit, les clauses et les lectures d'ici. Vous répondez, le "
    "droit répond et dit pourquoi. Une erreur n'est jamais gardée : le cas revient.",
)
PRUDENT = (
    "Aucune lecture n'est adoptée : partout où les textes se discutent, c'est la lecture prudente qui vaut."
)
NAMED = (
    "D'un lieu, sans nommer personne, tout se dit, et l'autre équipe répond le jour même.",
    "De quelqu'un, il faut son accord, celui d'un parent s'il est mineur, et rien que le nécessaire.",
    "Un danger n'attend aucun accord : le bouton rouge est sur tous les écrans, dès le premier jour.",
)


class Genre(Enum):
    """How a step is done: a card is read, the module is learnt on cases, a charter is signed."""

    CARTE = "carte"
    MODULE = "module"
    CHARTE = "charte"


@dataclass(frozen=True)
class Etape:
    """One step: what it says, when it was done, what opens after it.

    `code` is a card's value, or a charter's identifier. `ouverte`: it may be done now, as the server
    will accept it.
    """

    genre: Genre
    code: str
    titre: str
    lignes: Sequence[str]
    faite_le: date | None
    ouverte: bool = False
    apres: str = ""


@dataclass(frozen=True)
class Parcours:
    """One post's path in one partnership; `ferme`: nothing about a person is exchanged yet.

    `suivi`: a newcomer takes each step in its turn, until the module is done.
    """

    partenariat: Partenariat
    etapes: Sequence[Etape]
    ferme: bool
    suivi: bool

    @property
    def ici(self) -> Etape | None:
        """Return the step where one stands: the first that may be done."""
        return next((etape for etape in self.etapes if etape.ouverte), None)

    @property
    def fini(self) -> bool:
        """Say whether every step is done."""
        return all(etape.faite_le for etape in self.etapes)


def parcours(acteur: Acteur, partenariat: Partenariat) -> Parcours:
    """Return the path of the person signed in, each card written from what holds today."""
    on, poste = clock.today(), acteur.poste
    ferme = bool(closed_to(poste, on, [partenariat.pk]))
    suivi = bool(on_the_way(poste, on, [partenariat.pk]))
    steps = list(_steps(poste, partenariat, on))
    chained = [
        replace(
            step,
            ouverte=_may_be_done(steps, rank, suivi=suivi),
            apres=_after(steps, rank, ferme=ferme, suivi=suivi),
        )
        for rank, step in enumerate(steps)
    ]
    return Parcours(partenariat, chained, ferme, suivi)


def cards_left(acteur: Acteur) -> Partenariat | None:
    """Return a partnership whose cards this newcomer has to read before any case; None without any.

    A post that only reads cannot say that a card is read: nothing waits for it.
    """
    if acteur.lecture_seule:
        return None
    waiting = on_the_way(acteur.poste, clock.today(), acteur.partenariat_ids)
    for one in Partenariat.objects.filter(pk__in=waiting).order_by("nom", "pk"):
        if len(cards_read(acteur.poste, one)) < len(Carte):
            return one
    return None


def _may_be_done(steps: Sequence[Etape], rank: int, *, suivi: bool) -> bool:
    """Say whether a step may be done now: in its turn, or at any time where no path is asked.

    A card always waits for the card before it.
    """
    step, before = steps[rank], steps[:rank]
    if step.faite_le is not None:
        return False
    return (not suivi and step.genre is not Genre.CARTE) or all(one.faite_le for one in before)


def _after(steps: Sequence[Etape], rank: int, *, ferme: bool, suivi: bool) -> str:
    """Say what opens once this step is done, in French; what is open already stays so."""
    opened = [_opens(one) for one in steps[rank + 1 : rank + 2] if suivi or one.genre is Genre.CARTE]
    if not ferme:
        return f"{opened[0]}." if opened else "rien de plus, tout vous est déjà ouvert."
    left = [one for one in steps if one.faite_le is None and (suivi or one.genre is Genre.CHARTE)]
    if left[-1] is steps[rank] and (suivi or len(left) == 1):
        return "l'échange au sujet d'une personne s'ouvre."
    return "".join(f"{one} ; " for one in opened) + "rien encore au sujet d'une personne."


def _opens(step: Etape) -> str:
    if step.genre is Genre.CHARTE:
        return "la signature des chartes s'ouvre"
    return f"«\N{NO-BREAK SPACE}{step.titre}\N{NO-BREAK SPACE}» s'ouvre"


def cards_read(poste: Poste, partenariat: Partenariat) -> dict[Carte, date]:
    """Return when the post read each card of this partnership."""
    rows = EtapeArrivee.objects.filter(poste=poste, partenariat=partenariat)
    return {Carte(row.carte): row.le for row in rows}


def _steps(poste: Poste, partenariat: Partenariat, on: date) -> Iterator[Etape]:
    """Write the steps in order: the cards, the module, the charters in force."""
    read = cards_read(poste, partenariat)
    for carte in Carte:
        lines = _written(carte, partenariat, on)
        yield Etape(Genre.CARTE, carte.value, str(carte.label), lines, read.get(carte))
    yield Etape(Genre.MODULE, "", MODULE_TITLE, MODULE_LINES, poste.module_valide_le)
    signed = dict(SignatureCharte.objects.filter(poste=poste).values_list("charte", "le"))
    for row in charters(partenariat, on) if must_sign(poste) else []:
        yield Etape(Genre.CHARTE, str(row.pk), str(row), row.texte.split("\n\n"), signed.get(row.pk))


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
        f"Le partenariat est {form}.",
        *(f"{line.dit} : {line.valeur}." for line in regle_lines(partenariat, on)),
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
    module: bool
    chartes: bool

    @property
    def ferme(self) -> bool:
        """Say whether nothing about a person is exchanged with this post yet."""
        return self.a_venir or self.module or self.chartes


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
            module=poste.module_valide_le is None and any(first <= poste.debut for first in since),
            chartes=any((poste.pk, row.pk) not in signed for row in rows),
        )
        for poste in posts
        if must_sign(poste)
    ]
    return [one for one in found if one.ferme]
