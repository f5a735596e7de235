"""What went out about one person, what others could see, who read: the part held by the door itself."""

from __future__ import annotations

from collections import Counter

from django.db.models import Q

from maillage.audit.enums import Acte
from maillage.audit.models import Ligne
from maillage.audit.pseudonyms import pseudonym
from maillage.base import clock
from maillage.directory.models import Service
from maillage.dossiers.models import Accompagnement, Personne
from maillage.law import catalogue
from maillage.sharing.demandes.passages import Passage, Rubrique, day, said, span
from maillage.sharing.enums import Alinea, MotifReserve, ObjetConfidence, SujetCoordination
from maillage.sharing.models import (
    Carte,
    DemandeAcces,
    Designation,
    Echange,
    Information,
    Ouverture,
    TransmissionDanger,
)

DANGER = (MotifReserve.DANGER,)
OF_DANGER = frozenset({"information_preoccupante", "fait_de_transmission"})


def shared_rubriques(personne: Personne, support: Accompagnement | None) -> list[Rubrique]:
    """Return what went out and what was opened about this person, by category, never its content."""
    return [
        Rubrique("Ce qui est parti, ce qui est venu", _exchanges(personne, support)),
        Rubrique("Qui pouvait voir quelque chose", _openings(personne)),
        Rubrique("Le maire, le département, la coordination", [*_informations(personne), *_acts(personne)]),
        Rubrique("Une transmission pour protéger", _transmissions(personne)),
        Rubrique("La carte et les demandes d'accès", [*_cards(personne), *_requests(personne)]),
        Rubrique("Qui a ouvert la fiche", _reads(personne, support)),
    ]


def _exchanges(personne: Personne, support: Accompagnement | None) -> list[Passage]:
    about = Q(sujet=personne.pk)
    if support is not None and support.orientation is not None:
        about |= Q(orientation=support.orientation)
    rows = Echange.objects.filter(about).filter(
        Q(service_emetteur=personne.service) | Q(service_destinataire=personne.service, statut="transmis")
    )
    found = []
    for one in rows.select_related("service_emetteur", "service_destinataire").order_by("le", "pk"):
        found.append(
            Passage(
                f"echange.{one.pk}",
                f"De {one.service_emetteur} à {one.service_destinataire}",
                _exchange_text(one),
                day(one.le),
                objet=ObjetConfidence.ECHANGES,
                reserves=DANGER if one.nature in OF_DANGER else (),
            )
        )
    return found


def _exchange_text(one: Echange) -> str:
    kind = catalogue.value_label("contenu.nature", one.nature).lower()
    grounds = ", ".join(str(code) for code in one.verdict.get("fondements", ()))
    return f"{kind} : {one.get_statut_display().lower()}" + (f" ({grounds})" if grounds else "")


def _openings(personne: Personne) -> list[Passage]:
    rows = Ouverture.objects.filter(personne=personne.pk).select_related("service").order_by("debut", "pk")
    found = []
    for one in rows:
        why = f", {one.get_cause_fin_display().lower()}" if one.cause_fin else ""
        text = f"{one.get_portee_display().lower()}, {span(one.debut, one.fin)}{why}"
        found.append(Passage(f"ouverture.{one.pk}", str(one.service), text, objet=ObjetConfidence.ECHANGES))
    return found


def _informations(personne: Personne) -> list[Passage]:
    rows = Information.objects.filter(personne=personne.pk).order_by("le", "pk")
    return [
        Passage(
            f"autorite.{one.pk}",
            one.get_autorite_display(),
            f"{one.get_alinea_display().lower()}, {one.mandat}",
            day(one.le),
            objet=ObjetConfidence.ECHANGES,
            reserves=DANGER if one.alinea == Alinea.FAIT else (),
        )
        for one in rows
    ]


def _acts(personne: Personne) -> list[Passage]:
    rows = Designation.objects.filter(perimetre__personne=personne.pk, signee_le__isnull=False)
    found = []
    for one in rows.select_related("coordonnateur").order_by("saisie_le", "pk"):
        subjects = ", ".join(str(SujetCoordination(code).label).lower() for code in one.sujets)
        assert one.debut is not None
        text = f"{one.coordonnateur.intitule}, {subjects}, {span(one.debut, day(one.finie_le) or one.fin)}"
        found.append(Passage(f"acte.{one.pk}", "Un coordonnateur désigné par le maire", text))
    return found


def _transmissions(personne: Personne) -> list[Passage]:
    """Return that it happened and to whom; never by whom: who reports is masked."""
    rows = TransmissionDanger.objects.filter(personne=personne.pk).order_by("le", "pk")
    return [
        Passage(
            f"transmission.{one.pk}",
            "Transmise à",
            one.get_destinataire_display(),
            day(one.le),
            reserves=DANGER,
        )
        for one in rows
    ]


def _cards(personne: Personne) -> list[Passage]:
    rows = Carte.objects.filter(personne=personne.pk).order_by("le", "pk")
    return [
        Passage(
            f"carte.{one.pk}",
            "Carte",
            span(one.le, one.finie_le or one.expire_le),
            soi=True,
        )
        for one in rows
    ]


def _requests(personne: Personne) -> list[Passage]:
    rows = DemandeAcces.objects.filter(personne=personne.pk).order_by("le", "pk")
    return [
        Passage(
            f"demande.{one.pk}",
            "Demande d'accès",
            f"{one.get_demandeur_display().lower()}, "
            + (f"répondue le {said(one.repondue_le)}" if one.repondue_le else "en cours"),
            day(one.le),
            tiers="" if one.demandeur == "personne" else one.demandeur,
        )
        for one in rows
    ]


def _reads(personne: Personne, support: Accompagnement | None) -> list[Passage]:
    """Count the ledger's lines about the person's own sheet, by service; never by whom."""
    marks = [pseudonym(personne.pk), *([pseudonym(support.pk)] if support else [])]
    lines = list(Ligne.objects.filter(objet__in=marks, acte=Acte.LECTURE).values_list("chaine", "le"))
    names = {one.pk: str(one) for one in Service.objects.filter(pk__in={chain for chain, _ in lines})}
    counts = Counter(chain for chain, _ in lines)
    last = {chain: max(le for one, le in lines if one == chain) for chain in counts}
    return [
        Passage(f"lecture.{chain}", names[chain], f"{counts[chain]} fois, la dernière le {said(last[chain])}",
                clock.day_of(last[chain]))
        for chain in sorted(counts, key=lambda one: (names.get(one, ""), str(one)))
        if chain in names
    ]  # fmt: skip
