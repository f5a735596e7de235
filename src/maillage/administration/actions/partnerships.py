"""Partnerships: who, on what ground, at what rhythm. Form, clauses and readings belong to the directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.transaction import atomic

from maillage.administration.enums import GenreDemande, Objet
from maillage.administration.history import Moved, keep, require_administrator
from maillage.administration.models import Demande
from maillage.administration.typed import free_code, tidy_name
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.comptes.installation import CODE
from maillage.conventions.enums import Place
from maillage.conventions.errors import BadAnswer, NotNow, NotYours
from maillage.conventions.models import Partenariat, Participation
from maillage.conventions.queries import TRADES
from maillage.conventions.regles import too_short
from maillage.directory.models import Service, Territoire

NAME_MAX = 200
DELAYS = ("delai_reponse_jours", "delai_cloture_jours")
# Field, French name, least, most: weeks then days.
RHYTHM = {
    "rythme_reunion_semaines": ("Réunion toutes les … semaines", 1, 26),
    "delai_reponse_jours": ("Réponse attendue en … jours", 1, 60),
    "delai_cloture_jours": ("Clôture après … jours", 7, 180),
}


@dataclass(frozen=True)
class PartenariatVoulu:
    """What an administrator types of a partnership; its rhythm takes the study's figures unless given."""

    nom: str
    territoires: Sequence[UUID]
    services: Sequence[UUID]
    rythme: dict[str, int] = field(default_factory=dict)


@atomic
def create_partnership(*, by: Acteur, voulu: PartenariatVoulu) -> Partenariat:
    """Create a partnership that begins today; both trades are members, other services associated.

    Nothing exists in it yet, so that nothing is opened. Raises NotYours, CannotWrite, BadAnswer.
    """
    require_administrator(by)
    nom = tidy_name("nom", voulu.nom, NAME_MAX)
    if Partenariat.objects.filter(nom__iexact=nom).exists():
        raise BadAnswer("nom", "Un partenariat porte déjà ce nom.")
    ground = list(Territoire.objects.filter(pk__in=voulu.territoires))
    services = list(Service.objects.filter(pk__in=voulu.services).exclude(code=CODE).order_by("code"))
    if not ground:
        raise BadAnswer("territoires", "Choisissez au moins un territoire.")
    if not {service.metier for service in services} >= TRADES:
        raise BadAnswer("services", "Un partenariat a au moins un service de chaque métier.")
    row = Partenariat.objects.create(
        code=free_code(nom, lambda one: Partenariat.objects.filter(code=one).exists()),
        nom=nom,
        **_checked(voulu.rythme),
    )
    row.territoires.set(ground)
    Participation.objects.bulk_create(_place(row, service) for service in services)
    said = [
        Moved("Services", "", ", ".join(map(str, services))),
        Moved("Territoire", "", ", ".join(map(str, ground))),
    ]
    keep(by, Acte.CREATION, Objet.PARTENARIAT, row.pk, nom, said)
    return row


@atomic
def change_rhythm(*, by: Acteur, partenariat: UUID, rythme: dict[str, int]) -> Partenariat:
    """Change the rhythm of meetings and the delays: what is already sent keeps its dates.

    Raises NotYours, CannotWrite, BadAnswer.
    """
    require_administrator(by)
    row = Partenariat.objects.select_for_update().filter(pk=partenariat).first()
    if row is None:
        raise NotYours
    values = _checked(rythme)
    moved = [
        Moved(RHYTHM[name][0], str(getattr(row, name)), str(value))
        for name, value in values.items()
        if getattr(row, name) != value
    ]
    delays = any(getattr(row, name) != values.get(name, getattr(row, name)) for name in DELAYS)
    for name, value in values.items():
        setattr(row, name, value)
    if delays:
        _check_clauses(row)
    row.save(update_fields=list(values))
    keep(by, Acte.MODIFICATION, Objet.PARTENARIAT, row.pk, row.nom, moved)
    return row


@atomic
def ask_participation(*, by: Acteur, partenariat: UUID, service: UUID) -> Demande:
    """Ask that a service joins a partnership, whose messages and meetings it will then see.

    Waits for a second administrator. Raises NotYours, CannotWrite, BadAnswer, NotNow (asked already).
    """
    require_administrator(by)
    row = Partenariat.objects.filter(pk=partenariat).first()
    joining = Service.objects.filter(pk=service).exclude(code=CODE).first()
    if row is None:
        raise NotYours
    if joining is None or row.participations.filter(service=joining).exists():
        raise BadAnswer("service", "Choisissez un service qui n'en est pas déjà.")
    content = {"partenariat": str(row.pk), "service": str(joining.pk)}
    if Demande.objects.filter(genre=GenreDemande.PARTICIPATION, contenu=content).exists():
        raise NotNow("Cette demande attend déjà une seconde personne.")
    return Demande.objects.create(
        genre=GenreDemande.PARTICIPATION,
        contenu=content,
        resume=f"{joining} entre dans « {row} »"[:250],
        demandee_le=clock.now(),
        demandee_par=by.poste,
    )


@atomic
def join(by: Acteur, demande: Demande) -> None:
    """Carry out a confirmed participation. Raises NotNow when it makes no sense any more."""
    row = Partenariat.objects.filter(pk=demande.contenu["partenariat"]).first()
    service = Service.objects.filter(pk=demande.contenu["service"]).first()
    if row is None or service is None or row.participations.filter(service=service).exists():
        raise NotNow("Ce service est déjà dans ce partenariat : écartez cette demande.")
    _place(row, service).save(force_insert=True)
    keep(
        by,
        Acte.OUVERTURE,
        Objet.PARTENARIAT,
        row.pk,
        row.nom,
        [Moved("Service", "", str(service))],
        asked_by=demande.demandee_par,
    )


def _place(row: Partenariat, service: Service) -> Participation:
    place = Place.MEMBRE if service.metier in TRADES else Place.ASSOCIE
    return Participation(partenariat=row, service=service, place=place, debut=clock.today())


def _check_clauses(row: Partenariat) -> None:
    """Refuse delays that a clause would contradict: an answer due after the orientation is closed."""
    found = too_short(row, clock.today())
    if found is not None:
        answer, closing = found
        raise BadAnswer(
            "delai_cloture_jours",
            f"Avec ce qu'écrit la convention, une réponse serait attendue sous {answer} jours alors que "
            f"l'orientation se ferme après {closing} : changez la clause à l'atelier, ou ce délai.",
        )


def _checked(rythme: dict[str, int]) -> dict[str, int]:
    for name, value in rythme.items():
        _label, least, most = RHYTHM[name]
        if not least <= value <= most:
            raise BadAnswer(name, f"De {least} à {most}.")
    answer, closing = (rythme.get(name) for name in DELAYS)
    if answer is not None and closing is not None and answer >= closing:
        raise BadAnswer("delai_reponse_jours", "La réponse vient avant la clôture de l'orientation.")
    return dict(rythme)
