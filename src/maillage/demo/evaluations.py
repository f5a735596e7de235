"""Public orders in each city, a signed evaluation at La Rochelle, one in progress at Orléans: invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from random import Random
from uuid import UUID

from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.demo.persons import moment
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste
from maillage.directory.queries import active_on
from maillage.evaluations.contenu import draft, seal_of
from maillage.evaluations.enums import STRUCTURES, Entourage, GenreAvis
from maillage.evaluations.models import Avis, Commande, Entour, Evaluation, SignatureEvaluation
from maillage.evaluations.queries import state_of
from maillage.evaluations.questions import LETTERS, MARKS, THREE

ORDERS = (
    (Metier.MEDIATION_SOCIALE, "La ville", "presence", "Être présent le soir là où l'on se rassemble."),
    (Metier.MEDIATION_SOCIALE, "Un bailleur", "veille", "Signaler ce qui est à réparer dans les halls."),
    (Metier.MEDIATION_SOCIALE, "La ville", "concertation", "Préparer les conseils de quartier."),
    (
        Metier.PREVENTION_SPECIALISEE,
        "Le département",
        "travail_de_rue",
        "Aller vers les jeunes qu'on ne voit nulle part ailleurs.",
    ),
    (Metier.PREVENTION_SPECIALISEE, "Le département", "chantier_educatif", "Mener des chantiers éducatifs."),
)
# What each one marks: teams a little lower on what is written, directions a little higher on their own will.
TEAM_MARKS = {"a": "2", "b": "3", "c": "3", "d": "2", "e": "3", "f": "3"}
OTHER_TEAM_MARKS = {"a": "2", "b": "2", "c": "3", "d": "3", "e": "2", "f": "4"}
DIRECTION_MARKS = {"a": "3", "b": "4", "c": "3", "d": "2", "e": "4", "f": "3"}
OTHER_DIRECTION_MARKS = {"a": "2", "b": "4", "c": "2", "d": "3", "e": "3", "f": "3"}
WORDS = {
    Metier.MEDIATION_SOCIALE.value: "On s'appelle plus vite qu'avant. Ce qui revient reste rare.",
    Metier.PREVENTION_SPECIALISEE.value: "Les nouvelles de lieux nous servent chaque semaine.",
}
AROUND = (
    (Entourage.BAILLEUR, "Bailleur social", ("4", "3", "3")),
    (Entourage.COLLEGE, "Collège du quartier", ("3", "2", "3")),
)
CROWDS = ((Entourage.JEUNES, 14), (Entourage.PARENTS, 3))


def write_orders(partenariat: Partenariat, today: date) -> None:
    """Write what is asked of each trade since two years."""
    Commande.objects.bulk_create(
        Commande(
            partenariat=partenariat,
            metier=metier,
            commanditaire=who,
            registre=registre,
            objet=objet,
            preuve="Lettre de mission (inventée)",
            debut=today.replace(day=1, month=1) - timedelta(days=365),
            invente=True,
        )
        for metier, who, registre, objet in ORDERS
    )


def write_evaluation(partenariat: Partenariat, rng: Random, today: date, *, signed: bool) -> Evaluation:
    """Write the evaluation of the last twelve finished months: whole and signed, or awaiting directions."""
    first = today.replace(day=1)
    made = Evaluation.objects.create(
        partenariat=partenariat,
        debut=first.replace(year=first.year - 1),
        fin=first - timedelta(days=1),
        ouverte_le=moment(today - timedelta(days=18), 10),
        invente=True,
    )
    services = members(partenariat)
    for service in services:
        other = service.metier == Metier.PREVENTION_SPECIALISEE
        _opinion(
            made,
            GenreAvis.EQUIPE,
            service.pk,
            OTHER_TEAM_MARKS if other else TEAM_MARKS,
            moment(today - timedelta(days=12), 14),
            WORDS[service.metier],
        )
    _around(made, rng)
    if not signed:
        return made
    leaders = Poste.objects.filter(active_on(today), service__in=services, role=Role.DIRECTION)
    posts = {one.service_id: one for one in leaders.select_related("service").order_by("pk")}
    for post in posts.values():
        other = post.service.metier == Metier.PREVENTION_SPECIALISEE
        marks = OTHER_DIRECTION_MARKS if other else DIRECTION_MARKS
        _opinion(made, GenreAvis.DIRECTION, post.service_id, marks, moment(today - timedelta(days=7), 9))
    made.contenu = draft(state_of(made))
    made.empreinte = seal_of(made.contenu)
    for rank, post in enumerate(posts.values()):
        made.signee_le = moment(today - timedelta(days=4 - rank % 3), 11)
        SignatureEvaluation.objects.create(
            evaluation=made, service=post.service, poste=post, le=made.signee_le
        )
    made.save()
    return made


def _opinion(
    evaluation: Evaluation,
    genre: GenreAvis,
    service: UUID,
    marks: Mapping[str, str],
    when: datetime,
    word: str = "",
) -> None:
    notes = {one: marks[one] for one in LETTERS}
    Avis.objects.create(
        evaluation=evaluation, genre=genre, service_id=service, notes=notes, mot=word, le=when
    )


def _around(evaluation: Evaluation, rng: Random) -> None:
    """Answers of those around; fewer than five parents came: their sum is not readable."""
    for qui, nom, marks in AROUND:
        counts = {
            cle: {mark: int(mark == given) for mark in MARKS}
            for (cle, _), given in zip(THREE[qui], marks, strict=True)
        }
        _entour(evaluation, qui, nom, counts)
    for crowd, people in CROWDS:
        drawn = {cle: Counter(rng.choices(list(MARKS), (1, 2, 5, 4), k=people)) for cle, _ in THREE[crowd]}
        counts = {cle: {mark: found[mark] for mark in MARKS} for cle, found in drawn.items()}
        _entour(evaluation, crowd, "", counts)


def _entour(evaluation: Evaluation, qui: Entourage, nom: str, counts: dict[str, dict[str, int]]) -> None:
    assert bool(nom) == (qui in STRUCTURES)
    Entour.objects.create(
        evaluation=evaluation,
        qui=qui,
        nom=nom,
        # The digest of nothing anybody holds: these links are spent.
        empreinte=sha256(f"{evaluation.pk}-{qui}-{nom}".encode()).hexdigest(),
        comptes=counts,
        cree_le=evaluation.ouverte_le,
    )
