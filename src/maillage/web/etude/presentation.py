"""What the study's pages show: items with the screen that opens, figures as charts, dates and euros in
words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from maillage.documents.charts import Bar, bar_chart
from maillage.documents.content import Chart
from maillage.etude.ecrans import ECRANS
from maillage.etude.enums import Geste, Ville
from maillage.etude.items import Item
from maillage.etude.pratiques import pratique
from maillage.etude.queries import Part, Poste, ServiceEtudie, VilleEtudiee
from maillage.law import catalogue
from maillage.law.verdict import cite_rule
from maillage.web.areas import rule_table

_NAMED_ADDRESSES = {"ville": "etude:ville", "pratique": "etude:pratique", "regle": "droit:regle"}


@dataclass(frozen=True)
class ItemView:
    """An item as a page shows it: what to do with its screen, its address, the words to say.

    `compte`: the screen asks for an account.
    """

    item: Item
    geste: Geste
    url: str
    libelle: str
    passage: str
    compte: bool


@dataclass(frozen=True)
class Lien:
    """A screen: its address, its label, whether it asks for an account."""

    url: str
    libelle: str
    compte: bool = False


def show(items: Iterable[Item]) -> list[ItemView]:
    """Prepare items for a page."""
    return [_show(one) for one in items]


def screen(name: str) -> Lien:
    """Where a screen named by an item opens."""
    room, _, key = name.partition(":")
    if key:
        return Lien(reverse(_NAMED_ADDRESSES[room], args=(key,)), _named_label(room, key))
    ecran = ECRANS[name]
    return Lien(reverse(ecran.vue), ecran.libelle, not rule_table()[ecran.vue].public)


def _show(one: Item) -> ItemView:
    passage = one.passage
    text = passage.texte if passage is not None else ""
    if not one.ecran:
        return ItemView(one, Geste.REFUSER, "", one.droit, text, compte=False)
    found = screen(one.ecran)
    return ItemView(one, Geste.OUVRIR, found.url, found.libelle, text, compte=found.compte)


def _named_label(room: str, key: str) -> str:
    if room == "ville":
        return Ville(key).libelle  # type: ignore[call-arg]  # looked up by value
    if room == "regle":
        return f"La règle : {cite_rule(catalogue.rule(key))}"
    return f"La pratique « {pratique(key).titre} »"


def people(poste: Poste) -> str:
    """Say a number of people: «10», «entre 20 et 30», «non donné»."""
    if poste.nombre is None:
        return "non donné"
    return f"entre {poste.nombre} et {poste.maximum}" if poste.maximum else str(poste.nombre)


def share(part: Part) -> str:
    """Say a funder's share: «60 %», «environ 20 %», «10 000 €», «part non donnée»."""
    if part.pourcentage is not None:
        return f"{'environ ' if part.environ else ''}{part.pourcentage}\N{NO-BREAK SPACE}%"
    if part.montant is not None:
        return f"{int(part.montant):_}".replace("_", "\N{NARROW NO-BREAK SPACE}") + "\N{NO-BREAK SPACE}€"
    return "part non donnée"


def team_chart(service: ServiceEtudie) -> Chart | None:
    """The team of one service as bars; None when the report gives no exact number."""
    if service.total is None:
        return None
    bars = [Bar(_capital(p.fonction), float(p.nombre or 0)) for p in service.equipe]
    return bar_chart(bars, caption=f"L'équipe : {service.nom}", label="Fonction", value="Personnes")


def funding_chart(service: ServiceEtudie) -> Chart | None:
    """The funders of one service as bars; None unless every share is given."""
    if not service.financement or any(p.pourcentage is None for p in service.financement):
        return None
    bars = [Bar(_capital(p.financeur), float(p.pourcentage or 0)) for p in service.financement]
    return bar_chart(bars, caption=f"Qui paie : {service.nom}", label="Financeur", value="Part (%)")


def cities_chart(cities: Sequence[VilleEtudiee]) -> Chart | None:
    """People of both trades, city by city; a trade that the report does not count is left out, and said."""
    trades = (("prevention_specialisee", "Prévention"), ("mediation_sociale", "Médiation"))
    bars = [
        Bar(city.ville.libelle, float(total), label)
        for city in cities
        for trade, label in trades
        if (total := city.total(trade)) is not None
    ]
    if not bars:
        return None
    return bar_chart(
        bars,
        caption="Effectifs que le tableau du rapport permet de compter",
        label="Ville",
        value="Personnes",
        series="Métier",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
