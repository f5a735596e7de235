"""Posts and contracts of a service: what ends soon, who is qualified, what certification may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, F, Max, Prefetch, Q

from maillage.base import clock
from maillage.conventions.queries import (
    charters,
    convention_in_force,
    has_signed,
    must_sign,
    partenariats_of,
)
from maillage.directory.enums import Contrat, Role
from maillage.directory.models import Poste, Service
from maillage.directory.queries import active_on
from maillage.equipes.enums import Exigence
from maillage.equipes.models import EmployeurPartenaire, PreuveNorme, Qualification
from maillage.equipes.queries import THREE_MONTHS
from maillage.law.verdict import say_date
from maillage.main_courante.models import Signalement, Sortie
from maillage.reunions.queries import meetings_held
from maillage.sharing.errors import NotVisible

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

YEAR = timedelta(days=365)
# A contract of these kinds has a last day from the start.
WITH_TERM = frozenset({Contrat.ADULTE_RELAIS, Contrat.CONTRAT_AIDE, Contrat.CDD})
QUALIFICATIONS = Prefetch(
    "professionnel__qualifications", queryset=Qualification.objects.order_by("-obtenue_le", "pk")
)
HEADS = frozenset({Role.CHEF_DE_SERVICE, Role.DIRECTION})


@dataclass(frozen=True)
class Exige:
    """One demand: what this installation knows of it today, and the pieces kept, the latest first."""

    exigence: Exigence
    faits: Sequence[str]
    pieces: Sequence[PreuveNorme]


def require_head(acteur: Acteur) -> None:
    """Refuse whoever is neither head of service nor direction. Raises NotVisible."""
    if acteur.role not in HEADS:
        raise NotVisible


def posts(acteur: Acteur) -> Sequence[Poste]:
    """Return my service's posts of today and to come, those that end first; qualifications included.

    Raises NotVisible.
    """
    require_head(acteur)
    rows = Poste.objects.filter(Q(fin__isnull=True) | Q(fin__gte=clock.today()), service=acteur.service)
    return list(
        rows.select_related("professionnel")
        .prefetch_related(QUALIFICATIONS)
        .order_by(F("fin").asc(nulls_last=True), "professionnel__nom", "professionnel__prenom", "pk")
    )


def ends_soon(found: Sequence[Poste]) -> Sequence[Poste]:
    """Return those of these posts that end within three months, the first to end first."""
    last = clock.today() + THREE_MONTHS
    return [poste for poste in found if poste.fin is not None and poste.fin <= last]


def post_of(acteur: Acteur, poste: UUID) -> Poste:
    """Return one post of my service, qualifications included. Raises NotVisible."""
    require_head(acteur)
    rows = Poste.objects.filter(pk=poste, service=acteur.service).select_related("professionnel", "service")
    found = rows.prefetch_related(QUALIFICATIONS).first()
    if found is None:
        raise NotVisible
    return found


def employers(acteur: Acteur) -> Sequence[EmployeurPartenaire]:
    """Return the employers my service may turn to, by name. Raises NotVisible."""
    require_head(acteur)
    rows = EmployeurPartenaire.objects.filter(service=acteur.service, retire_le=None)
    return list(rows.select_related("structure").order_by("structure__nom", "pk"))


def certification(acteur: Acteur) -> Sequence[Exige]:
    """Return each demand with today's facts and the pieces kept: facts and dates, nobody in particular.

    Raises NotVisible.
    """
    require_head(acteur)
    facts = _facts(acteur, clock.today())
    rows = PreuveNorme.objects.filter(service=acteur.service).order_by("-le", "-pk")
    pieces: dict[str, list[PreuveNorme]] = {}
    for row in rows:
        pieces.setdefault(row.exigence, []).append(row)
    return [Exige(one, facts.get(one, ()), pieces.get(one.value, ())) for one in Exigence]


def _facts(acteur: Acteur, on: date) -> Mapping[Exigence, Sequence[str]]:
    """Count what is written: posts, signatures, outings, reports, conventions, meetings."""
    service = acteur.service
    field = [
        poste
        for poste in Poste.objects.filter(active_on(on), service=service).select_related("service")
        if must_sign(poste)
    ]
    return {
        Exigence.PRINCIPES: _signed(acteur, field, on),
        Exigence.EMPLOIS: _trained(field, on),
        Exigence.CADRE: _in_pairs(service, on),
        Exigence.PRESENCE: _presence(service, on),
        Exigence.VEILLE: _watch(service, on),
        Exigence.PARTENARIAT: _partnerships(acteur, on),
    }


def _signed(acteur: Acteur, field: Sequence[Poste], on: date) -> Sequence[str]:
    lines = []
    for one in partenariats_of(acteur):
        texts = charters(one, on)
        if texts:
            done = sum(has_signed(poste, on, one) for poste in field)
            since = say_date(max(row.debut for row in texts))
            lines.append(f"{one.nom} : {done} postes sur {len(field)} ont signé les chartes du {since}.")
    return lines


def _trained(field: Sequence[Poste], on: date) -> Sequence[str]:
    dated = [poste.module_valide_le for poste in field if poste.module_valide_le is not None]
    people = {poste.professionnel_id for poste in field}
    valid = Qualification.objects.filter(Q(fin__isnull=True) | Q(fin__gte=on), professionnel__in=people)
    qualified = valid.values("professionnel").distinct().count()
    lines = [
        f"{qualified} personnes sur {len(people)} ont une qualification inscrite.",
        f"{len(dated)} postes sur {len(field)} ont fait le module sur le droit du partenariat.",
    ]
    return [*lines, f"Le dernier module est du {say_date(max(dated))}."] if dated else lines


def _in_pairs(service: Service, on: date) -> Sequence[str]:
    rows = Sortie.objects.filter(service=service, jour__gt=on - YEAR, jour__lte=on)
    crews = list(rows.annotate(size=Count("equipage")).values_list("size", flat=True))
    pairs = sum(size >= 2 for size in crews)
    return [f"{pairs} sorties sur {len(crews)} à deux ou plus, en douze mois."] if crews else []


def _presence(service: Service, on: date) -> Sequence[str]:
    rows = Sortie.objects.filter(service=service, jour__gt=on - YEAR, jour__lte=on)
    found = rows.aggregate(days=Count("jour", distinct=True), last=Max("jour"))
    if not found["days"]:
        return []
    last = say_date(found["last"])
    return [f"Une sortie écrite {found['days']} jours en douze mois ; la dernière le {last}."]


def _watch(service: Service, on: date) -> Sequence[str]:
    rows = Signalement.objects.filter(service=service, jour__gt=on - YEAR, jour__lte=on)
    found = rows.aggregate(sent=Count("pk"), mended=Count("pk", filter=Q(repare_le__isnull=False)))
    if not found["sent"]:
        return []
    return [f"{found['sent']} signalements en douze mois, dont {found['mended']} dits réparés."]


def _partnerships(acteur: Acteur, on: date) -> Sequence[str]:
    lines = []
    for one in partenariats_of(acteur):
        version = convention_in_force(one, on)
        if version is not None and version.debut and version.fin:
            lines.append(
                f"{one.nom} : convention signée, du {say_date(version.debut)} au {say_date(version.fin)}."
            )
        held = meetings_held(one, on - YEAR, on)
        if held:
            last = max(clock.day_of(row.le) for row in held)
            lines.append(f"{one.nom} : {len(held)} réunions en douze mois, la dernière le {say_date(last)}.")
    return lines
