"""Public orders: what is asked in writing of each trade; a direction adds those of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.base import clock
from maillage.conventions.errors import BadAnswer
from maillage.conventions.queries import partenariats_of
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Territoire
from maillage.evaluations.commandes import label_of
from maillage.evaluations.ordres import LIMITS, CommandeData, record_order
from maillage.evaluations.queries import current_orders
from maillage.pilotage.registres import OTHER, registers
from maillage.web.door import acteur_of
from maillage.web.reunions.views import answered, chosen_partnership

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OrderForm(forms.Form):
    """An order made to one's trade."""

    commanditaire = forms.CharField(label="Qui demande", max_length=LIMITS["commanditaire"])
    registre = forms.ChoiceField(label="Dans quel registre")
    objet = forms.CharField(label="Ce qui est demandé, en une phrase", max_length=LIMITS["objet"])
    territoire = forms.ChoiceField(label="Où", required=False)
    preuve = forms.CharField(
        label="Où c'est écrit",
        max_length=LIMITS["preuve"],
        help_text="Convention, lettre de mission, marché.",
    )
    debut = forms.DateField(label="À partir du", widget=DATE)
    fin = forms.DateField(label="Jusqu'au", required=False, widget=DATE)

    def __init__(self, metier: str, territoires: Iterable[Territoire], *args: Any, **kwargs: Any) -> None:
        """Offer the registers of the trade and the grounds of the partnership."""
        super().__init__(*args, **kwargs)
        where = [("", "Partout où va le partenariat"), *((str(one.pk), one.nom) for one in territoires)]
        for name, choices in (
            ("registre", [row for row in registers(metier) if row[0] != OTHER]),
            ("territoire", where),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def data_of(self) -> CommandeData:
        """Return the order as the room takes it; call once valid."""
        where = self.cleaned_data["territoire"]
        return CommandeData(**{**self.cleaned_data, "territoire": UUID(where) if where else None})


def page(request: HttpRequest) -> HttpResponse:
    """Show the orders of a partnership; POST records one."""
    acteur = acteur_of(request)
    partenariat = chosen_partnership(request, acteur)
    writes = acteur.role in {Role.DIRECTION, Role.CHEF_DE_SERVICE} and not acteur.lecture_seule
    grounds = partenariat.territoires.order_by("nom")
    form = OrderForm(acteur.service.metier, grounds, request.POST or None, initial={"debut": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            with answered():
                record_order(by=acteur, partenariat=partenariat, data=form.data_of())
            messages.success(request, "La commande est notée.")
            return redirect(f"{reverse('evaluation:commandes')}?partenariat={partenariat.code}")
        except BadAnswer as error:
            form.add_error(error.champ if error.champ in form.fields else None, str(error))
    today = clock.today()
    context = {
        "partenariats": list(partenariats_of(acteur)),
        "partenariat": partenariat,
        "trades": [
            (
                metier.label,
                [
                    (row, label_of(row.metier, row.registre), row.fin is not None and row.fin < today)
                    for row in current_orders(partenariat)
                    if row.metier == metier
                ],
            )
            for metier in (Metier.MEDIATION_SOCIALE, Metier.PREVENTION_SPECIALISEE)
        ],
        "form": form if writes else None,
    }
    return render(request, "evaluation/commandes.html", context, status=422 if form.errors else 200)
