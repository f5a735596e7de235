"""The card by which a city gives its key, and the keys that an installation believes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.transaction import atomic

from maillage.audit import PLATEFORME
from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.reseau import envelope
from maillage.reseau.counting import city_name
from maillage.reseau.envelope import BundleRefused, is_text
from maillage.reseau.models import VilleConnue

FORMAT, VERSION, MARK = "maillage.cle", 1, b"maillage.cle.1\n"
MOST = 200


def write_card() -> str:
    """Return this installation's card: the partnerships it speaks for, signed by its key."""
    cities = [
        {"partenariat": one.code, "nom": city_name(one)} for one in Partenariat.objects.order_by("code")
    ]
    return envelope.write("carte", MARK, {"format": FORMAT, "version": VERSION, "villes": cities})


def read_card(text: str) -> tuple[str, dict[str, str]]:
    """Return (key, {code: name}) of a card. Raises BundleRefused."""
    key, content = envelope.read("carte", MARK, text)
    if not isinstance(content, dict) or not _shaped(content):
        raise BundleRefused("Cette carte n'a pas la forme attendue.")
    return key, {one["partenariat"]: one["nom"] for one in content["villes"]}


@atomic
def learn(text: str, *, confirmed: bool) -> list[VilleConnue]:
    """Keep the key of each city of a card; `confirmed` when it was heard aloud.

    A city already known by another key is refused, and the whole card with it. Raises BundleRefused.
    """
    key, cities = read_card(text)
    record(chaine=PLATEFORME, acte=Acte.CREATION, acteur=None, objet_genre="cle", detail={"genre": "cle"})
    found = []
    for code, name in cities.items():
        row = VilleConnue.objects.select_for_update().filter(partenariat=code).first()
        if row is None:
            row = VilleConnue(partenariat=code, cle_publique=key, ajoutee_le=clock.now())
        if row.cle_publique != key:
            raise BundleRefused(f"« {row.nom} » signe d'habitude avec une autre clé.")
        row.nom = name
        if confirmed and row.confirmee_le is None:
            row.confirmee_le = clock.now()
        row.save()
        found.append(row)
    return found


@atomic
def confirm(key: str) -> int:
    """Believe a key heard aloud; return for how many cities."""
    record(chaine=PLATEFORME, acte=Acte.DECISION, acteur=None, objet_genre="cle", detail={"genre": "cle"})
    return VilleConnue.objects.filter(cle_publique=key, confirmee_le=None).update(confirmee_le=clock.now())


@atomic
def forget(key: str) -> int:
    """Believe a key no more; what it signed before stays. Return for how many cities."""
    record(chaine=PLATEFORME, acte=Acte.FERMETURE, acteur=None, objet_genre="cle", detail={"genre": "cle"})
    return VilleConnue.objects.filter(cle_publique=key).delete()[0]


def spoken(key: str) -> str:
    """Return a key in groups of four, to be read aloud."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def is_card(text: str) -> bool:
    """Say whether a file announces itself as a card, before anything in it is believed."""
    return envelope.peek("carte", text, FORMAT) is not None


def _shaped(content: Mapping[str, Any]) -> bool:
    cities = content.get("villes")
    return (
        set(content) == {"format", "version", "villes"}
        and content["format"] == FORMAT
        and content["version"] == VERSION
        and isinstance(cities, list)
        and 0 < len(cities) <= MOST
        and all(
            isinstance(one, dict)
            and set(one) == {"partenariat", "nom"}
            and is_text(one["partenariat"], 60)
            and is_text(one["nom"], 200)
            for one in cities
        )
    )
