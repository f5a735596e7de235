"""The living style page."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.web.forms import CHOOSE
from maillage.web.panels import TITLES, Condition, Ground, Missing, VerdictPanel

ICONS = (
    "accueil noter lieu message orientation personne equipe droit annuaire partenariat journal reciprocite "
    "danger telephone recherche plus fermer menu retour suite coche permis obligatoire incomplet question "
    "interdit info attente calendrier cadenas oeil lune soleil sortir document etude filtre carte_visite "
    "reglages envoyer hors_ligne graphique"
).split()


class ExampleForm(forms.Form):
    """One field of each kind."""

    lieu = forms.CharField(label="Lieu", help_text="Un hall, un square, un arrêt ; jamais une personne.")
    ambiance = forms.ChoiceField(
        label="Ambiance",
        choices=[("calme", "Calme"), ("anime", "Animé"), ("tendu", "Tendu")],
        widget=forms.RadioSelect,
    )
    creneau = forms.ChoiceField(label="Moment", choices=[CHOOSE, ("soir", "Soirée"), ("nuit", "Nuit")])
    precision = forms.CharField(label="Précision", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    accord = forms.BooleanField(label="La personne est d'accord pour être orientée")


@dataclass(frozen=True)
class AppearingActeur:
    """Someone signed in, for the frame of the page only."""

    service: str = "Médiation, service inventé"


def style_page(request: HttpRequest) -> HttpResponse:
    """Show every component; exists in a demonstration only (404 elsewhere)."""
    if not settings.MAILLAGE_DEMO:
        raise Http404
    context = {
        "form": ExampleForm(request.GET or None),
        "verdicts": [_example(issue) for issue in TITLES],
        "icons": ICONS,
        "reasons": [
            "Vous voyez ce qui concerne votre service et vos partenariats.",
            "Le suivi des personnes reste dans le service qui les accompagne.",
        ],
    }
    if "invite" not in request.GET:
        context |= {
            "acteur": AppearingActeur(),
            "menu": _menu(),
            "bottom_bar": _menu()[:4],
            "danger_url": "#",
        }
        context["more_menu"] = _menu()[4:]
    return render(request, "style/page.html", context)


def _menu() -> list[dict[str, object]]:
    names = [("Aujourd'hui", "accueil"), ("Noter", "noter"), ("Nouvelles", "message")]
    names += [("Orientations", "orientation"), ("Droit", "droit"), ("Annuaire", "annuaire")]
    return [{"label": label, "icon": icon, "url": "#", "here": icon == "accueil"} for label, icon in names]


def _example(issue: str) -> VerdictPanel:
    if issue != "incomplet":
        return VerdictPanel(issue=issue, sentence="Une phrase dit pourquoi, dans les mots du métier.")
    return VerdictPanel(
        issue=issue,
        sentence="Vous pourrez l'orienter dès que sa mère aura dit oui.",
        missing=(
            Missing("L'accord d'un parent à cette orientation", "le titulaire de l'autorité parentale"),
        ),
        duties=("S'en tenir à l'identité, au contact et au besoin exprimé",),
        instead=("Proposer un relais à trois, la personne présente",),
        grounds=(
            Ground(
                article="Code civil, article 9",
                sentence="Chacun décide de ce qui se dit de sa vie privée.",
                conditions=(
                    Condition("la personne est d'accord", met=True),
                    Condition("un parent aussi", met=False),
                ),
            ),
        ),
    )
