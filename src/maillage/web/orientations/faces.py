"""The two lists and the two faces: a service reads the side that is its own, and no other."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.transaction import atomic
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.queries import closed_to
from maillage.directory.enums import Metier, Role
from maillage.law import catalogue
from maillage.orientations.access import received_by, sent_by
from maillage.orientations.enums import EtatReception, EtatRelais, Visible
from maillage.orientations.faces import RelaisLine
from maillage.orientations.queries import received_face, received_list, sent_face, sent_list
from maillage.sharing.errors import NotArrived
from maillage.sharing.ledger import note
from maillage.sharing.models import Tache
from maillage.web import persons
from maillage.web.door import acteur_of, answered, colleagues
from maillage.web.orientations.destinations import destinations
from maillage.web.orientations.forms import DeclineForm, PorteurForm, RedirectForm, SuiteForm
from maillage.web.rules import ORIENTING

PAGE = 50
RECEIVED, SENT = "recues", "envoyees"
SENT_REASONS = [
    "Être accompagné est déjà un secret : Maillage ne dit pas à qui oriente ce qui se passe ensuite.",
    "Vous lisez « reçue », puis « close » à la date fixée à l'envoi, quoi qu'il soit arrivé.",
    "Ce qui revient passe par un accord du jeune pour ce retour, ou par un relais à trois, lui présent.",
]
RECEIPT_PHRASE = (
    "L'accord a été retiré. Confirmez que votre équipe n'utilise plus rien de ce qui lui avait été dit."
)
RECEIVED_REASONS = [
    "Vous lisez ce qui a été adressé à votre service, et lui seul.",
    "Quand un accord est retiré, ce qui reposait sur lui disparaît aussitôt des deux côtés.",
]


def list_page(request: HttpRequest) -> HttpResponse:
    """List what my service sent, or what it received; prevention opens on what waits for it."""
    acteur = acteur_of(request)
    default = RECEIVED if acteur.service.metier == Metier.PREVENTION_SPECIALISEE else SENT
    tab = request.GET.get("liste", default)
    school = acteur.role == Role.CHEF_ETABLISSEMENT
    if tab not in ({SENT} if school else {RECEIVED, SENT}):
        raise Http404
    start = _start(request)
    with answered():
        if tab == SENT:
            lines: list[object] = list(sent_list(acteur, limit=PAGE + 1, offset=start))
        else:
            lines = list(received_list(acteur, limit=PAGE + 1, offset=start))
    closed = closed_to(acteur.poste, clock.today(), acteur.partenariat_ids)
    context = {
        "tab": tab,
        "lines": lines[:PAGE],
        "after": start + PAGE if len(lines) > PAGE else None,
        "before": max(start - PAGE, 0) if start else None,
        "reasons": SENT_REASONS if tab == SENT else RECEIVED_REASONS,
        "receives": not school,
        "may_compose": acteur.role in ORIENTING and closed != acteur.partenariat_ids,
        "not_arrived": str(NotArrived()) if closed else "",
    }
    return render(request, f"orientations/{tab}.html", context)


def face_page(request: HttpRequest, orientation: UUID) -> HttpResponse:
    """Show my service's side of one orientation; 404 when neither side is mine."""
    acteur = acteur_of(request)
    if side_of(acteur, orientation) == SENT:
        return show_sent(request, acteur, orientation)
    return show_received(request, acteur, orientation)


def side_of(acteur: Acteur, orientation: UUID) -> str:
    """Say on which side of an orientation of its partnerships this post stands.

    Raises Http404 on neither; the ledger keeps that.
    """
    with answered():
        if sent_by(acteur).filter(pk=orientation).exists():
            return SENT
        if received_by(acteur).filter(pk=orientation).exists():
            return RECEIVED
    with atomic():
        note(acteur, Acte.REFUS, "orientation", orientation)
    raise Http404


def show_sent(
    request: HttpRequest,
    acteur: Acteur,
    orientation: UUID,
    *,
    porteur: PorteurForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the sending service's side; `porteur` is the form that came back with errors."""
    with answered():
        face = sent_face(acteur, orientation)
    context = {
        "face": face,
        "draft": face.visible == Visible.PREPAREE,
        "may_compose": acteur.role in ORIENTING,
        "team": acteur.role != Role.CHEF_ETABLISSEMENT,
        "closed": face.visible == Visible.CLOSE,
        "offer_relais": face.visible == Visible.RECUE and acteur.role != Role.CHEF_ETABLISSEMENT,
        "today": clock.today(),
        "porteur": porteur or PorteurForm(posts=colleagues(acteur)),
        "reasons": SENT_REASONS,
        "relais_open": _open_relais(face.relais),
        "personne_id": face.personne.id,
        "age": persons.age(face.personne.tranche_age),
        "accords": persons.accords(face.personne.accords),
    }
    return render(request, "orientations/envoyee.html", context, status=status)


def show_received(
    request: HttpRequest,
    acteur: Acteur,
    orientation: UUID,
    *,
    forms: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the receiving service's side; `forms` replaces those that came back with errors."""
    with answered():
        face = received_face(acteur, orientation)
    context: dict[str, object] = {
        "face": face,
        "waiting": face.etat == EtatReception.A_VOIR,
        "taken": face.etat == EtatReception.ACCEPTEE,
        "mine": face.referent is not None and face.referent.pk == acteur.poste.pk,
        "decline": DeclineForm(prefix="decliner"),
        "redirect": RedirectForm(prefix="rediriger", services=services_for(acteur)),
        "suite": SuiteForm(prefix="suite"),
        "reasons": RECEIVED_REASONS,
        "relais_open": _open_relais(face.relais),
        "offer_relais": face.etat == EtatReception.ACCEPTEE and not face.close,
        "today": clock.today(),
        "tasks": _tasks(acteur, orientation),
        "personne_id": face.personne.id,
        "age": persons.age(face.personne.tranche_age),
        "accords": persons.accords(face.personne.accords),
    }
    return render(request, "orientations/recue.html", context | (forms or {}), status=status)


def services_for(acteur: Acteur) -> list[tuple[str, str]]:
    """Return the services one may name when redirecting: those of one's own partnerships."""
    found = {str(option.service.pk): str(option.service) for option in destinations(acteur)}
    return list(found.items())


def _tasks(acteur: Acteur, orientation: UUID) -> list[dict[str, object]]:
    """Return what my service still owes about this orientation, in the words of the screen."""
    rows = Tache.objects.filter(
        echange__orientation=orientation, service=acteur.service, faite_le__isnull=True
    ).order_by("echeance")
    known = catalogue.labels("obligation")
    return [
        {"pk": row.pk, "echeance": row.echeance, "phrase": known.get(row.obligation, RECEIPT_PHRASE)}
        for row in rows
    ]


def _open_relais(relais: Sequence[RelaisLine]) -> RelaisLine | None:
    waiting = {EtatRelais.PROPOSE, EtatRelais.CONVENU}
    return next((line for line in relais if line.etat in waiting), None)


def _start(request: HttpRequest) -> int:
    text = request.GET.get("depuis", "0")
    return int(text) if text.isdigit() and len(text) < 7 else 0
