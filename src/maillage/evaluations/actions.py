"""Writing an evaluation: opened, teams first, directions apart, answers from around, signed for good."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.directory.enums import Role
from maillage.directory.queries import lieux_of
from maillage.enquetes.queries import FIELD, SMALLEST
from maillage.evaluations.contenu import draft, seal_of
from maillage.evaluations.enums import STRUCTURES, Entourage
from maillage.evaluations.models import Avis, Entour, Evaluation, SignatureEvaluation
from maillage.evaluations.queries import (
    OPEN,
    Etat,
    answers_in,
    both_trades,
    digest,
    entour_of,
    evaluation_of,
    round_of,
    services_with,
    state_of,
)
from maillage.evaluations.questions import LETTERS, MARKS, THREE
from maillage.main_courante.garde.lecture import read as names_in

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

LONGEST_WORD = 600
# Enough for a college; beyond, a link that leaked would drown the others' answers.
MOST_ANSWERS = 400
OPENERS = frozenset({Role.DIRECTION, Role.CHEF_DE_SERVICE})


def years_to_evaluate(partenariat: Partenariat) -> list[tuple[date, date]]:
    """Return the years that may be opened: the last calendar one, the last twelve finished months.

    Two evaluations never share a month: the difference between them would tell the rest.
    """
    first = clock.today().replace(day=1)
    last = first - timedelta(days=1)
    rolling = (first.replace(year=first.year - 1), last)
    calendar = (date(first.year - 1, 1, 1), date(first.year - 1, 12, 31))
    offered = [calendar] if first.month == 1 else [rolling, calendar]
    taken = list(Evaluation.objects.filter(partenariat=partenariat).values_list("debut", "fin"))
    return [
        (debut, fin)
        for debut, fin in offered
        if not any(debut <= end and begun <= fin for begun, end in taken)
    ]


@atomic
def open_evaluation(*, by: Acteur, partenariat: Partenariat, debut: date) -> Evaluation:
    """Open the evaluation of one of `years_to_evaluate`. Raises NotYours, CannotWrite, NotNow, BadAnswer."""
    _require_member(by, partenariat)
    if by.role not in OPENERS:
        raise CannotWrite("Une direction ou un·e chef·fe de service ouvre l'évaluation.")
    Partenariat.objects.select_for_update().get(pk=partenariat.pk)
    services = members(partenariat)
    for roles, said in ((FIELD, "une équipe de terrain"), (frozenset({Role.DIRECTION}), "une direction")):
        if not both_trades(services_with(services, roles)):
            raise NotNow(f"Il faut {said} dans chacun des deux métiers.")
    fin = dict(years_to_evaluate(partenariat)).get(debut)
    if fin is None:
        raise BadAnswer(
            "debut", "Choisissez une année proposée ; une année déjà évaluée ne l'est pas deux fois."
        )
    made = Evaluation.objects.create(
        partenariat=partenariat, debut=debut, fin=fin, ouverte_le=clock.now(), invente=partenariat.invente
    )
    _trace(by, Acte.CREATION, made.pk)
    return made


@atomic
def give_opinion(*, by: Acteur, evaluation: UUID, notes: Mapping[str, str], mot: str = "") -> Avis:
    """Write one's team's sheet, or one's direction's marks, when it is that round's turn.

    It may be written again until everybody of the round has spoken. Raises NotYours, CannotWrite,
    NotNow, BadAnswer.
    """
    etat = _locked(by, evaluation)
    genre = round_of(by, etat)
    if genre is None:
        raise NotNow(_not_your_turn(by, etat))
    missing = [one for one in LETTERS if notes.get(one) not in MARKS]
    if missing:
        raise BadAnswer("notes", f"Il manque {len(missing)} note{'s' if len(missing) > 1 else ''} sur six.")
    kept, _ = Avis.objects.update_or_create(
        evaluation=etat.evaluation,
        genre=genre,
        service=by.service,
        defaults={
            "notes": {one: notes[one] for one in LETTERS},
            "mot": _checked(mot, etat.evaluation.partenariat),
            "le": clock.now(),
        },
    )
    _trace(by, Acte.MODIFICATION, etat.evaluation.pk)
    return kept


@atomic
def ask_around(*, by: Acteur, evaluation: UUID, qui: str, nom: str = "") -> str:
    """Make a link for one of those around; return its token, shown once. Asked again, the old link ends.

    Raises NotYours, CannotWrite, NotNow, BadAnswer.
    """
    etat = _locked(by, evaluation)
    if by.role not in OPENERS | {Role.COORDINATION}:
        raise CannotWrite("Une direction ou un·e chef·fe de service demande l'avis des autres.")
    if etat.phase not in OPEN:
        raise NotNow("Les deux directions ont parlé : les liens sont fermés.")
    if qui not in Entourage.values:
        raise BadAnswer("qui", "Dites à qui vous demandez.")
    nom = nom.strip()
    if qui in STRUCTURES and not 0 < len(nom) <= 80:
        raise BadAnswer("nom", "Nommez la structure, 80 signes au plus.")
    token = secrets.token_urlsafe(24)
    row, made = Entour.objects.get_or_create(
        evaluation=etat.evaluation,
        qui=qui,
        nom=nom if qui in STRUCTURES else "",
        defaults={"empreinte": digest(token), "cree_le": clock.now()},
    )
    if not made:
        row.empreinte = digest(token)
        row.save(update_fields=["empreinte"])
    _trace(by, Acte.OUVERTURE, etat.evaluation.pk)
    return token


@atomic
def answer(*, token: str, answers: Mapping[str, str]) -> None:
    """Add three answers to a link's sums; a structure's replace its former ones. Nothing else is kept.

    Raises NotYours when the link opens nothing, BadAnswer when an answer is missing, NotNow when full.
    """
    found = entour_of(token)
    if found is None:
        raise NotYours
    row = Entour.objects.select_for_update().get(pk=found.pk)
    questions = THREE[Entourage(row.qui)]
    if any(answers.get(cle) not in MARKS for cle, _ in questions):
        raise BadAnswer("reponses", "Il manque une réponse sur trois.")
    if row.qui in STRUCTURES:
        row.comptes = {}
    elif answers_in(row) >= MOST_ANSWERS:
        raise NotNow("Ce lien a reçu toutes les réponses qu'il peut prendre.")
    for cle, _ in questions:
        counts = row.comptes.setdefault(cle, dict.fromkeys(MARKS, 0))
        counts[answers[cle]] += 1
    row.save(update_fields=["comptes"])


@atomic
def sign(*, by: Acteur, evaluation: UUID) -> Evaluation:
    """Sign for one's direction: the first signature freezes the document, the last one locks it.

    Raises NotYours, CannotWrite, NotNow.
    """
    etat = _locked(by, evaluation)
    row = etat.evaluation
    if by.role != Role.DIRECTION or by.service.pk not in {one.pk for one in etat.directions}:
        raise CannotWrite("Une direction signe pour son service.")
    if etat.phase not in {"signature", "signee"}:
        raise NotNow("Chaque équipe, puis chaque direction, dit d'abord ce qu'elle en pense.")
    if by.service.pk in etat.signatures:
        raise NotNow("Votre signature est déjà là.")
    if row.fin >= clock.today():
        raise NotNow("Cette année n'est pas finie.")
    if not etat.frozen:
        row.contenu = draft(etat)
        row.empreinte = seal_of(row.contenu)
        _forget_the_few(row)
    SignatureEvaluation.objects.create(evaluation=row, service=by.service, poste=by.poste, le=clock.now())
    if {one.pk for one in etat.directions} <= etat.signatures | {by.service.pk}:
        row.signee_le = clock.now()
    row.save(update_fields=["contenu", "empreinte", "signee_le"])
    _trace(by, Acte.DECISION, row.pk)
    return row


def _forget_the_few(evaluation: Evaluation) -> None:
    """Erase sums that are too small to be read."""
    for one in evaluation.entours.exclude(qui__in=STRUCTURES):
        if answers_in(one) < SMALLEST:
            one.comptes = {}
            one.save(update_fields=["comptes"])


def _locked(by: Acteur, evaluation: UUID) -> Etat:
    row = evaluation_of(by, evaluation)
    _require_member(by, row.partenariat)
    locked = Evaluation.objects.select_for_update().get(pk=row.pk)
    locked.partenariat = row.partenariat
    return state_of(locked)


def _require_member(by: Acteur, partenariat: Partenariat) -> None:
    if partenariat.pk not in by.partenariat_ids:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire.")


def _not_your_turn(by: Acteur, etat: Etat) -> str:
    if etat.frozen:
        return "Le document est figé : rien n'y change plus."
    if by.role == Role.DIRECTION and etat.teams_missing:
        waiting = ", ".join(str(one) for one in etat.teams_missing)
        return f"Les équipes d'abord : on attend la feuille de {waiting}."
    return "Ce tour est fini : tout le monde y a parlé."


def _checked(mot: str, partenariat: Partenariat) -> str:
    mot = mot.replace("\r\n", "\n").strip()
    if len(mot) > LONGEST_WORD:
        raise BadAnswer("mot", f"Le mot dépasse {LONGEST_WORD} signes ; raccourcissez-le.")
    places = [one.nom for one in lieux_of(partenariat)]
    found = names_in(mot, lieux=[*places, partenariat.nom, *(str(one) for one in members(partenariat))])
    if found:
        raise BadAnswer("mot", f"« {found[0].mots} » ferait reconnaître quelqu'un : dites-le autrement.")
    return mot


def _trace(by: Acteur, acte: Acte, objet: UUID) -> None:
    record(
        chaine=by.service.pk,
        acte=acte,
        acteur=by.professionnel_id,
        objet_genre="evaluation",
        objet=objet,
    )
