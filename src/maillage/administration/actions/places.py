"""Ground and places: a commune by its INSEE code, its quartiers, the places where the teams go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from django.db.transaction import atomic
from django.utils.text import slugify

from maillage.administration.enums import Objet
from maillage.administration.history import Moved, keep, require_administrator
from maillage.administration.typed import tidy_name
from maillage.audit.enums import Acte
from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import BadAnswer, NotYours
from maillage.directory.enums import GenreLieu, GenreTerritoire
from maillage.directory.imports.places import CODE as PRIORITY_CODE
from maillage.directory.imports.places import COMMUNE
from maillage.directory.models import Lieu, Territoire
from maillage.directory.territories import UnknownCommune, store_commune

AT_MOST = 100
NAME_MAX = 200
PLACE_MAX = 120


@atomic
def add_commune(*, by: Acteur, code: str, nom: str = "", quartiers: Sequence[str] = ()) -> Territoire:
    """Store a commune by its INSEE code, with its quartiers: a name a line, an official code before it.

    The name may be left out for a commune whose data ships. Raises NotYours, CannotWrite, BadAnswer.
    """
    require_administrator(by)
    code = code.strip().upper()
    if COMMUNE.fullmatch(code) is None:
        raise BadAnswer("code", "Un code INSEE a cinq caractères : 17300 pour La Rochelle.")
    known = Territoire.objects.filter(genre=GenreTerritoire.COMMUNE, code=code).exists()
    try:
        commune = store_commune(code, tidy_name("nom", nom, NAME_MAX) if nom.strip() else "")
    except UnknownCommune as error:
        raise BadAnswer("nom", "Nous n'avons pas le nom de cette commune : écrivez-le.") from error
    if not known:
        keep(by, Acte.CREATION, Objet.TERRITOIRE, commune.pk, commune.nom, [Moved("Commune", "", code)])
    for line in _lines("quartiers", quartiers):
        _add_quartier(by, commune, line)
    return commune


def _add_quartier(by: Acteur, commune: Territoire, line: str) -> None:
    """Store one quartier: «QN01234A Nom» is a priority one, «Nom» alone a sector of ours."""
    first, _, rest = line.partition(" ")
    official = PRIORITY_CODE.fullmatch(first.upper()) is not None
    nom = rest.strip(" -–:") if official else line
    if not nom:
        raise BadAnswer("quartiers", f"« {line} » : donnez le nom du quartier après son code.")
    genre = GenreTerritoire.QUARTIER if official else GenreTerritoire.SECTEUR
    code = first.upper() if official else f"{commune.code}-{slugify(nom)}"[:24]
    same = Territoire.objects.filter(genre=genre, code=code).first()
    if same is not None:
        if same.parent_id != commune.pk:
            raise BadAnswer("quartiers", f"« {nom} » est déjà dans une autre commune.")
        return
    row = Territoire.objects.create(genre=genre, code=code, nom=nom, parent=commune)
    keep(by, Acte.CREATION, Objet.TERRITOIRE, row.pk, nom, [Moved("Quartier", "", commune.nom)])


@atomic
def add_places(*, by: Acteur, territoire: UUID, lignes: Sequence[str], genre: str = "") -> int:
    """Add places to a territory, a name a line; return how many are new.

    Without `genre` the first word says the kind («Hall 4», «Square des Lilas»). A place put aside
    comes back. Raises NotYours (no such territory), CannotWrite, BadAnswer.
    """
    require_administrator(by)
    ground = Territoire.objects.filter(pk=territoire).first()
    if ground is None:
        raise NotYours
    if genre and genre not in GenreLieu.values:
        raise BadAnswer("genre", "Choisissez une sorte de la liste.")
    added = 0
    for nom in _lines("lignes", lignes, longest=PLACE_MAX):
        kind = genre or kind_of(nom)
        if not kind:
            raise BadAnswer("genre", f"« {nom} » : de quelle sorte ? Choisissez-la, pour cette liste.")
        added += _add_place(by, ground, nom, kind)
    return added


def _add_place(by: Acteur, ground: Territoire, nom: str, genre: str) -> int:
    known = Lieu.objects.filter(territoire=ground, nom__iexact=nom).first()
    if known is not None and known.actif:
        return 0
    row = known or Lieu(territoire=ground, nom=nom, genre=genre)
    row.actif = True
    row.save()
    said = Moved("Proposé", "non", "oui") if known else Moved("Lieu", "", ground.nom)
    keep(by, Acte.CREATION, Objet.LIEU, row.pk, nom, [said])
    return 1


@atomic
def change_place(*, by: Acteur, lieu: UUID, nom: str, genre: str, actif: bool) -> Lieu:
    """Rename a place, change its kind, put it aside or back; past notes keep it.

    Raises NotYours, CannotWrite, BadAnswer (an empty name, or the name of another place there).
    """
    require_administrator(by)
    row = Lieu.objects.select_for_update(of=("self",)).select_related("territoire").filter(pk=lieu).first()
    if row is None:
        raise NotYours
    if genre not in GenreLieu.values:
        raise BadAnswer("genre", "Choisissez une sorte de la liste.")
    tidy = tidy_name("nom", nom, PLACE_MAX)
    if Lieu.objects.filter(territoire=row.territoire, nom__iexact=tidy).exclude(pk=row.pk).exists():
        raise BadAnswer("nom", f"Il y a déjà un lieu de ce nom à {row.territoire}.")
    moved = []
    if row.nom != tidy:
        moved.append(Moved("Nom", row.nom, tidy))
    if row.genre != genre:
        moved.append(Moved("Sorte", row.get_genre_display(), GenreLieu(genre).label))
    if row.actif != actif:
        moved.append(Moved("Proposé", *(("non", "oui") if actif else ("oui", "non"))))
    row.nom, row.genre, row.actif = tidy, genre, actif
    row.save(update_fields=["nom", "genre", "actif"])
    keep(by, Acte.MODIFICATION, Objet.LIEU, row.pk, tidy, moved)
    return row


# Words by which a place is called, beside the labels of the list.
_WORDS = {
    "hall": "hall",
    "cage": "cage",
    "escalier": "cage",
    "parking": "parking",
    "cave": "cave",
    "square": "square",
    "parc": "square",
    "place": "square",
    "jardin": "square",
    "city-stade": "city_stade",
    "city": "city_stade",
    "stade": "city_stade",
    "kiosque": "kiosque",
    "cour": "cour_ecole",
    "abords": "abords_ecole",
    "collège": "abords_ecole",
    "lycée": "abords_ecole",
    "arrêt": "arret",
    "gare": "gare",
    "commerce": "commerce",
    "centre": "centre_social",
    "berge": "berge",
    "quai": "berge",
    "terrain": "terrain_vague",
    "maison": "maison",
}


def kind_of(nom: str) -> str:
    """Return the kind of place that its first word says, or nothing."""
    return _WORDS.get(re.split(r"[\s,]", nom.casefold(), maxsplit=1)[0].removesuffix("s"), "")


def _lines(champ: str, lines: Sequence[str], longest: int = NAME_MAX) -> list[str]:
    found = [tidy_name(champ, line, longest) for line in lines if line.strip()]
    if len(found) > AT_MOST:
        raise BadAnswer(champ, f"{AT_MOST} lignes au plus à la fois.")
    return found
