"""The composer: five spoken questions, a live verdict beside them, a draft, a sending."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from maillage.comptes.acteur import Acteur
from maillage.directory.models import Lieu
from maillage.directory.queries import lieux_of
from maillage.orientations.access import sent_by
from maillage.orientations.actions import prepare_orientation, send_orientation, update_draft
from maillage.orientations.enums import Visible
from maillage.orientations.faces import Answers, SentFace
from maillage.orientations.models import Orientation
from maillage.orientations.queries import examine_answers, sent_face
from maillage.sharing.errors import BadAnswer, Stale, Withheld
from maillage.web.door import acteur_of, answered
from maillage.web.orientations import words
from maillage.web.orientations.destinations import Destination, chosen, destinations
from maillage.web.orientations.forms import ComposerForm
from maillage.web.orientations.panel import DraftPanel, draft_panel
from maillage.web.rules import TERRAIN

# The questions are asked to the young person, who answers: that is how the sender knows.
SPOKEN_ORIGIN = "dit_personne_presente"
UNSAID_AGE = "inconnue"


def new_page(request: HttpRequest) -> HttpResponse:
    """Ask the five questions; keep a draft or send it."""
    acteur = acteur_of(request)
    options = _open(acteur)
    if not options:
        return render(request, "orientations/seul.html")
    form = _form(acteur, options, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(request, acteur, options, form)
    if request.POST.get("action") == "verifier" or not form.is_valid():
        return _show(request, acteur, options, form)
    return _keep(request, acteur, options, form, form.cleaned_data["cle"])


def draft_page(request: HttpRequest, orientation: UUID) -> HttpResponse:
    """Go on with a draft of one's own service; once sent, its page is the sender's face."""
    acteur = acteur_of(request)
    with answered():
        face = sent_face(acteur, orientation)
    if face.visible != Visible.PREPAREE:
        return redirect("orientations:fiche", orientation=orientation)
    options = [
        option
        for option in _open(acteur)
        if (option.partenariat.pk, option.service.pk) == (face.partenariat_id, face.destinataire.pk)
    ]
    if not options:
        raise Http404
    if request.method != "POST":
        return _show(request, acteur, options, _form(acteur, options, initial=_initial(face)), face=face)
    form = _form(acteur, options, request.POST)
    if request.POST.get("action") == "verifier" or not form.is_valid():
        return _show(request, acteur, options, form, face=face)
    return _keep(request, acteur, options, form, orientation)


def examine_fragment(request: HttpRequest) -> HttpResponse:
    """Answer the live verdict of what is being written; nothing is saved."""
    acteur = acteur_of(request)
    panel = _panel(acteur, _open(acteur), request.POST)
    return render(request, "orientations/_examen.html", {"panel": panel})


def _open(acteur: Acteur) -> list[Destination]:
    with answered():
        return destinations(acteur)


def _form(
    acteur: Acteur,
    options: list[Destination],
    data: QueryDict | None = None,
    *,
    initial: dict[str, Any] | None = None,
) -> ComposerForm:
    return ComposerForm(
        data,
        vers=[(option.value, option.label) for option in options],
        places=lieux_of(acteur.service),
        # Nothing may come back to a school: its head stands outside the two trades.
        ask_return=acteur.role in TERRAIN and any(option.return_agreed for option in options),
        initial=initial,
    )


def _show(
    request: HttpRequest,
    acteur: Acteur,
    options: list[Destination],
    form: ComposerForm,
    *,
    face: SentFace | None = None,
    stale: bool = False,
) -> HttpResponse:
    """Draw the composer with what was typed, its verdict, and what is kept if someone changed it."""
    given = form.data if form.is_bound else _spoken(form)
    checking = request.POST.get("action") == "verifier"
    status = 409 if stale else 422 if form.is_bound and not checking and not form.is_valid() else 200
    context = {
        "form": form,
        "face": face,
        "personne_id": face.personne.id if face else None,
        "stale": stale,
        "alone": options[0] if len(options) == 1 else None,
        "panel": _panel(acteur, options, given),
    }
    return render(request, "orientations/composer.html", context, status=status)


def _panel(acteur: Acteur, options: list[Destination], data: Any) -> DraftPanel | None:
    """Ask the law about these answers; None while no service is chosen."""
    option = chosen(options, data.get("vers", "")) if len(options) > 1 else options[0] if options else None
    if option is None:
        return None
    with answered():
        found = examine_answers(
            acteur,
            partenariat=option.partenariat,
            destinataire=option.service,
            answers=_answers(data, data.getlist("necessaire"), _place(acteur, data.get("lieu", ""))),
        )
    return draft_panel(found, acteur.role)


def _place(acteur: Acteur, value: str) -> Lieu | None:
    try:
        return lieux_of(acteur.service).filter(pk=UUID(value)).first() if value else None
    except ValueError:
        return None


def _answers(data: Any, elements: list[str], place: Lieu | None) -> Answers:
    """Read the answers as spoken; a question that was not asked stays not asked."""
    age = data.get("tranche_age", "")
    if age not in dict(words.AGES):
        age = UNSAID_AGE
    minor = age in words.MINORS or age == UNSAID_AGE
    link = data.get("lien", "")
    return Answers(
        appellation=data.get("appellation", ""),
        contact=data.get("contact", ""),
        besoin=data.get("besoin", ""),
        tranche_age=age,
        accord=_word(data.get("accord")),
        accords_titulaires={link or "autre": _word(data.get("accord_parent"))} if minor else {},
        accord_retour=_word(data.get("accord_retour")),
        accords_retour_titulaires={link or "autre": _word(data.get("accord_parent_retour"))} if minor else {},
        notice=bool(data.get("information")),
        origine=SPOKEN_ORIGIN,
        necessaire={code for code, _ in words.ELEMENTS} <= set(elements),
        lieu=place,
    )


def _word(value: str | None) -> str:
    return value if value in {"donne", "refuse"} else ""


def _spoken(form: ComposerForm) -> QueryDict:
    """Return a form's opening values as if they had been sent, so that its verdict is the same."""
    data = QueryDict(mutable=True)
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if isinstance(value, list):
            data.setlist(name, value)
        elif value not in (None, "", False):
            data[name] = str(value)
    return data


def _initial(face: SentFace) -> dict[str, Any]:
    """Return what a draft says, as the form's opening values."""
    person = face.personne
    said = {(accord.portee, accord.donneur): accord for accord in reversed(person.accords)}
    young, parent = said.get(("orientation", "jeune")), said.get(("orientation", "titulaire"))
    back, parent_back = said.get(("retour", "jeune")), said.get(("retour", "titulaire"))
    return {
        "version": face.version,
        "appellation": person.appellation,
        "contact": person.contact,
        "lieu": face.lieu.pk if face.lieu else None,
        "tranche_age": person.tranche_age,
        "besoin": person.besoin,
        "accord": young.etat if young else "non_demande",
        "accord_parent": parent.etat if parent else "non_demande",
        "accord_retour": back.etat if back else "non_demande",
        "accord_parent_retour": parent_back.etat if parent_back else "non_demande",
        "lien": parent.lien if parent else parent_back.lien if parent_back else "",
        "information": person.notice_le is not None,
        "necessaire": [code for code, _ in words.ELEMENTS] if face.necessaire else [],
    }


def _keep(
    request: HttpRequest, acteur: Acteur, options: list[Destination], form: ComposerForm, key: UUID
) -> HttpResponse:
    """Keep the draft, send it when asked; a second sending of the same form changes nothing."""
    option = chosen(options, form.cleaned_data["vers"])
    assert option is not None
    try:
        with answered():
            kept = _write(acteur, option, form, key)
    except _Overtaken:
        return _overtaken(request, acteur, options, form, key)
    except BadAnswer as error:
        form.add_error(error.champ if error.champ in form.fields else None, str(error))
        return _show(request, acteur, options, form)
    if kept.envoyee_le is None and request.POST.get("action") == "envoyer":
        return _send(request, acteur, kept)
    if kept.envoyee_le is None:
        messages.success(request, "Gardé. Rien n'est parti : vous pourrez compléter et envoyer.")
        return redirect("orientations:modifier", orientation=kept.pk)
    return redirect("orientations:fiche", orientation=kept.pk)


class _Overtaken(Exception):
    """Someone corrected the same draft meanwhile."""


def _write(acteur: Acteur, option: Destination, form: ComposerForm, key: UUID) -> Orientation:
    """Create the draft, or correct the one that bears this key."""
    answers = _answers(form.cleaned_data, form.cleaned_data["necessaire"], form.cleaned_data["lieu"])
    existing = sent_by(acteur).filter(pk=key).first()
    if existing is None:
        return prepare_orientation(
            by=acteur,
            partenariat=option.partenariat,
            destinataire=option.service,
            answers=answers,
            identifiant=key,
        )
    if existing.envoyee_le is not None:
        return existing
    try:
        return update_draft(
            orientation=existing, by=acteur, version=form.cleaned_data["version"], answers=answers
        )
    except Stale as error:
        raise _Overtaken from error


def _overtaken(
    request: HttpRequest, acteur: Acteur, options: list[Destination], form: ComposerForm, key: UUID
) -> HttpResponse:
    """Show both texts: what is kept, and what was typed, which a second sending would keep."""
    with answered():
        face = sent_face(acteur, key)
    typed = request.POST.copy()
    typed["version"] = str(face.version)
    return _show(request, acteur, options, _form(acteur, options, typed), face=face, stale=True)


def _send(request: HttpRequest, acteur: Acteur, kept: Orientation) -> HttpResponse:
    try:
        with answered():
            send_orientation(orientation=kept, by=acteur, version=kept.version)
    except Withheld as error:
        messages.warning(request, f"{error} Votre brouillon est gardé ; ce qui manque est dit à côté.")
        return redirect("orientations:modifier", orientation=kept.pk)
    messages.success(request, "C'est parti. L'équipe le voit dès maintenant.")
    return redirect("orientations:fiche", orientation=kept.pk)
