"""Facts about the person of a case: age band, accords, notices, dated appreciations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from maillage.base import clock
from maillage.directory.queries import Source
from maillage.dossiers import queries as dossiers
from maillage.dossiers.enums import Donneur, EtatAccord, PorteeAccord
from maillage.dossiers.models import Accord, Constat, Personne
from maillage.sharing.views import Fact

SITUATION = "situation."


def person_facts(
    personne: UUID,
    *,
    portee: str,
    emetteur: UUID,
    destinataire: UUID,
    on: date,
    temoins: Iterable[UUID] = (),
) -> dict[str, Fact]:
    """Return what is established about a person for an exchange of this scope between two services."""
    row = Personne.objects.get(pk=personne)
    # A meeting of three has no single recipient: each side may have written the other's name.
    parties = {emetteur, destinataire} if portee == PorteeAccord.RELAIS else {destinataire}
    accords = dossiers.latest_accords([personne, *temoins], portee=portee, destinataires=parties)
    facts = {"sujet.tranche_age": _age(row), **accord_facts(accords, majeur=is_majeur(row.tranche_age))}
    notice = dossiers.last_notice(personne)
    if notice is not None:
        facts["information_rgpd"] = Fact(
            True, Source("notice", str(notice.pk), f"Notice donnée le {_day(notice.le)}")
        )
    information = dossiers.last_information(personne)
    if information is not None:
        label = f"{information.get_etat_display()}, le {_day(information.le)}"
        facts["information_prealable"] = Fact(
            information.etat, Source("information", str(information.pk), label)
        )
    facts.update(_situation(dossiers.constats_of(personne), on))
    return facts


def is_majeur(tranche_age: str) -> bool:
    """Tell whether the age band is one of adults; an unknown age is not."""
    return tranche_age in dossiers.MAJEURS


def accord_facts(accords: Sequence[Accord], *, majeur: bool) -> dict[str, Fact]:
    """Return both accords from the latest event of each giver (law, sections 3 and 11).

    A withdrawal counts as a refusal. One holder's refusal outweighs another's agreement, and no
    holder's agreement stands for the young person's. Nobody asked leaves the default.
    """
    facts = {}
    for event in accords:
        if event.donneur == Donneur.JEUNE:
            facts["accord_personne"] = _accord(event, "Le jeune")
    holders = [event for event in accords if event.donneur == Donneur.TITULAIRE and event.titulaire]
    if majeur:
        facts["accord_titulaire"] = Fact("sans_objet", Source("age", "", "La personne est majeure"))
    elif holders:
        refusing = [event for event in holders if event.etat != EtatAccord.DONNE]
        event = (refusing or holders)[-1]
        assert event.titulaire is not None
        facts["accord_titulaire"] = _accord(event, event.titulaire.get_lien_display())
    return facts


def _accord(event: Accord, who: str) -> Fact:
    label = f"{who} : {event.get_etat_display().lower()} {event.get_forme_display().lower()}"
    value = "donne" if event.etat == EtatAccord.DONNE else "refuse"
    return Fact(value, Source("accord", str(event.pk), f"{label}, le {_day(event.le)}"))


def _age(row: Personne) -> Fact:
    """Return the age band; an exchange outlives the person's file, so its source names nobody."""
    said = f", dit le {row.tranche_age_au:%d/%m/%Y}" if row.tranche_age_au else ""
    return Fact(row.tranche_age, Source("personne", "", f"Tranche d'âge{said}"))


def _situation(constats: Iterable[Constat], on: date) -> dict[str, Fact]:
    """Return the latest appreciation of each fact still standing that day."""
    facts: dict[str, Fact] = {}
    for row in constats:
        if not row.fait.startswith(SITUATION):
            continue
        facts.pop(row.fait, None)
        if row.fin is None or row.fin >= on:
            label = f"Constat de {row.par.intitule}, le {_day(row.le)}"
            facts[row.fait] = Fact(row.valeur, Source("constat", str(row.pk), label))
    return facts


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(clock.PARIS):%d/%m/%Y}"
