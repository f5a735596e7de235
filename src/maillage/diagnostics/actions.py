"""Writing a diagnosis by two: counted once, each service signs its part, published for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction

from maillage.audit.actions import lock_chains, record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import ensure_key, seal
from maillage.base.enums import Portee
from maillage.comptes.acteur import Acteur
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import members
from maillage.diagnostics.counting import month_counts, months_between, next_month, places_of
from maillage.diagnostics.errors import DiagnosticError, NotYet
from maillage.diagnostics.figures import figures_of
from maillage.diagnostics.masking import INSIDE, PUBLISHED
from maillage.diagnostics.models import Diagnostic, Edition, Marche, MoisArrete, PointDeMarche, Recit
from maillage.diagnostics.queries import ground_of, may_write, parts, seal_of
from maillage.main_courante.garde.lecture import read as names_in
from maillage.sharing.errors import NotVisible, ReadOnly

LONGEST = 12
LONGEST_TEXT = 6000


@transaction.atomic
def open_diagnostic(
    *, by: Acteur, partenariat: Partenariat, titre: str, debut: date, fin: date
) -> Diagnostic:
    """Open a diagnosis of whole finished months; its figures are counted now, once for good.

    `debut` and `fin` are days of the first and last months. Raises NotVisible or ReadOnly, DiagnosticError
    for a bad title or period, NotYet when it overlaps another diagnosis: the difference between the two
    would tell the months they do not share.
    """
    _allowed(by, partenariat)
    Partenariat.objects.select_for_update().get(pk=partenariat.pk)
    titre, first, last = titre.strip(), debut.replace(day=1), fin.replace(day=1)
    _check_period(titre, first, last)
    if Diagnostic.objects.filter(partenariat=partenariat, debut__lte=last, fin__gte=first).exists():
        raise NotYet(
            "Un diagnostic porte déjà sur un de ces mois : comparés, les deux feraient reconnaître quelqu'un."
        )
    for month in months_between(first, last):
        MoisArrete.objects.get_or_create(
            partenariat=partenariat,
            mois=month,
            defaults={"comptes": month_counts(partenariat, month), "arrete_le": clock.now()},
        )
    made = Diagnostic(partenariat=partenariat, titre=titre, debut=first, fin=last, arrete_le=clock.now())
    made.figures = _decided(made)
    made.save(force_insert=True)
    for service in members(partenariat):
        ensure_key(Portee.SERVICE, service.pk)
        Recit.objects.create(diagnostic=made, service=service)
    _trace(by, Acte.CREATION, "diagnostic", made.pk)
    return made


@transaction.atomic
def write_part(
    *, by: Acteur, diagnostic: Diagnostic, texte: str, divergence: str, version: int, sign: bool
) -> Recit:
    """Write one's service's part; `sign` signs it as it is. Writing again takes the signature away.

    Raises NotYet when a colleague wrote meanwhile (`version`), DiagnosticError for a text that is missing,
    too long, or names someone.
    """
    _allowed(by, diagnostic.partenariat)
    row = Recit.objects.select_for_update().filter(diagnostic=diagnostic, service=by.service).first()
    if row is None:
        raise NotVisible
    if row.version != version:
        raise NotYet("Un collègue a écrit entre-temps : relisez sa version avant d'enregistrer la vôtre.")
    texte, divergence = (_checked(text, diagnostic.partenariat) for text in (texte, divergence))
    if sign and not texte:
        raise DiagnosticError("Écrivez ce que votre service a vu avant de signer.")
    row.texte_scelle = seal(row, "texte_scelle", texte)
    row.divergence_scelle = seal(row, "divergence_scelle", divergence)
    row.version += 1
    row.signe_par, row.signe_le = (by.poste, clock.now()) if sign else (None, None)
    row.save()
    _trace(by, Acte.DECISION if sign else Acte.MODIFICATION, "recit", row.pk)
    return row


@transaction.atomic
def publish(*, by: Acteur, diagnostic: Diagnostic) -> Edition:
    """Publish an edition: figures from eleven up, each part as signed. Raises NotYet until all signed."""
    _allowed(by, diagnostic.partenariat)
    Diagnostic.objects.select_for_update().get(pk=diagnostic.pk)
    waiting = [
        str(row.service) for row in diagnostic.recits.select_related("service") if row.signe_le is None
    ]
    if waiting:
        raise NotYet(f"Il manque une signature : {', '.join(sorted(waiting))}.")
    content = _content(diagnostic)
    last = diagnostic.editions.aggregate(last=models.Max("numero"))["last"] or 0
    made = Edition.objects.create(
        diagnostic=diagnostic,
        numero=last + 1,
        contenu=content,
        empreinte=seal_of(content),
        publiee_le=clock.now(),
    )
    _trace(by, Acte.PARTAGE, "edition", made.pk)
    return made


@transaction.atomic
def plan_walk(
    *, by: Acteur, partenariat: Partenariat, titre: str, jour: date, lieux: Sequence[UUID]
) -> Marche:
    """Prepare a «diagnostic en marchant»: its day and its points, in order. Raises DiagnosticError."""
    _allowed(by, partenariat)
    known = places_of(partenariat).in_bulk(list(lieux))
    if not titre.strip() or not known or len(known) != len(lieux):
        raise DiagnosticError("Donnez un titre et choisissez au moins un lieu, chacun une fois.")
    ensure_key(Portee.PARTENARIAT, partenariat.pk)
    marche = Marche.objects.create(partenariat=partenariat, titre=titre.strip()[:120], jour=jour)
    PointDeMarche.objects.bulk_create(
        PointDeMarche(marche=marche, partenariat=partenariat, lieu=known[pk], rang=rank)
        for rank, pk in enumerate(lieux, start=1)
    )
    _trace(by, Acte.CREATION, "marche", marche.pk)
    return marche


@transaction.atomic
def report_walk(*, by: Acteur, marche: Marche, constats: Mapping[UUID, str]) -> None:
    """Write what was seen at each point ({point: text}); DiagnosticError when a text names someone."""
    _allowed(by, marche.partenariat)
    lock_chains([by.service.pk])
    for point in marche.points.all():
        if point.pk in constats:
            text = _checked(constats[point.pk], marche.partenariat)
            point.constat_scelle = seal(point, "constat_scelle", text)
            point.save(update_fields=["constat_scelle"])
    _trace(by, Acte.MODIFICATION, "marche", marche.pk)


def _decided(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return what members read, and under `publiables` what every edition will say.

    Both are drawn from the same ground, today's: a place that later changes quartier, appears or goes would
    make two drawings of the same months, and their difference would tell what is hidden.
    """
    ground = ground_of(diagnostic)
    inside = figures_of(ground, INSIDE)
    published = figures_of(ground, PUBLISHED, inside["masques"])
    del published["masques"]
    return {**inside, "publiables": published}


def _content(diagnostic: Diagnostic) -> dict[str, Any]:
    known = diagnostic.figures if "publiables" in diagnostic.figures else _decided(diagnostic)
    written = [
        {
            "service": part["service"],
            "texte": part["texte"],
            "divergence": part["divergence"],
            "signe_par": part["signe_par"],
            "signe_le": part["signe_le"].isoformat(),
        }
        for part in parts(diagnostic, only_signed=True)
    ]
    return {
        "partenariat": diagnostic.partenariat.nom,
        "titre": diagnostic.titre,
        "debut": diagnostic.debut.isoformat(),
        "fin": diagnostic.fin.isoformat(),
        "arrete_le": diagnostic.arrete_le.isoformat(),
        "figures": known["publiables"],
        "recits": written,
    }


def _allowed(by: Acteur, partenariat: Partenariat) -> None:
    if partenariat.pk not in by.partenariat_ids or by.service not in members(partenariat):
        raise NotVisible
    if not may_write(by, partenariat):
        raise ReadOnly


def _check_period(titre: str, first: date, last: date) -> None:
    if not titre or len(titre) > 120:
        raise DiagnosticError("Donnez un titre, de 120 signes au plus.")
    if last < first or len(months_between(first, min(last, date(first.year + 2, 1, 1)))) > LONGEST:
        raise DiagnosticError("La période va d'un mois au même mois ou à un mois d'après, sur un an au plus.")
    if next_month(last) > clock.today():
        raise DiagnosticError("Un diagnostic porte sur des mois finis : un mois en cours change encore.")


def _checked(text: str, partenariat: Partenariat) -> str:
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        raise DiagnosticError(f"Le texte dépasse {LONGEST_TEXT} signes ; raccourcissez-le.")
    places = list(places_of(partenariat).values_list("nom", flat=True))
    found = names_in(text, lieux=[*places, partenariat.nom])
    if found:
        raise DiagnosticError(f"« {found[0].mots} » ferait reconnaître quelqu'un : dites-le autrement.")
    return text


def _trace(by: Acteur, acte: Acte, genre: str, objet: UUID) -> None:
    record(chaine=by.service.pk, acte=acte, acteur=by.professionnel_id, objet_genre=genre, objet=objet)
