"""Writes of a partnership's form and of the titles under it: number, date, term, never two on one day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.conventions.actions.atelier import note
from maillage.conventions.enums import Forme
from maillage.conventions.errors import BadAnswer, CannotWrite, NotNow, NotYours
from maillage.conventions.models import FormePartenariat, Partenariat
from maillage.conventions.queries import SIGNING_CAMPS, TRADES, camp_of, members
from maillage.directory.enums import GenreTitre, Metier, Role
from maillage.directory.models import Titre
from maillage.directory.queries import overlaps

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

PROOF_MAX = 250
NUMBER_MAX = 60
OLDEST = date(1950, 1, 1)
DAY = timedelta(days=1)
# The department hands its task over in one way at a time: in its name, or in its place.
EITHER = frozenset({GenreTitre.DELEGATION, GenreTitre.TRANSFERT})


@atomic
def record_form(
    *,
    by: Acteur,
    partenariat: Partenariat,
    forme: str,
    preuve: str,
    debut: date,
    fin: date | None = None,
    corrects: int | None = None,
) -> FormePartenariat:
    """Write the form that holds from `debut`; the one before ends the day before.

    `corrects` names the latest form when its line is written again instead of followed.
    Raises NotYours (not a direction of a member), CannotWrite, BadAnswer, NotNow (two on one day).
    """
    _require_direction(by, partenariat)
    Partenariat.objects.select_for_update().get(pk=partenariat.pk)
    _check_words("preuve", preuve, PROOF_MAX, "Dites ce qui prouve cette forme")
    _check_span(debut, fin)
    _check_form(partenariat, forme)
    rows = list(partenariat.formes.order_by("debut", "pk"))
    row = FormePartenariat(partenariat=partenariat)
    if corrects is not None:
        if not rows or rows[-1].pk != corrects:
            raise NotNow("Seule la dernière forme écrite se corrige : les autres sont l'histoire.")
        row = rows.pop()
    _make_room(rows, debut, fin, was=row.debut)
    row.forme, row.preuve, row.debut, row.fin = forme, preuve.strip(), debut, fin
    row.save()
    acte = Acte.CREATION if corrects is None else Acte.MODIFICATION
    note(by, acte, "forme", partenariat.pk, {"forme": forme})
    return row


@atomic
def record_title(
    *,
    by: Acteur,
    partenariat: Partenariat,
    genre: str,
    numero: str,
    preuve: str,
    debut: date,
    fin: date | None = None,
) -> Titre:
    """Write the title of one's own prevention service: habilitation, delegation or transfer.

    Raises NotYours, CannotWrite, BadAnswer, NotNow (a title that it contradicts holds one of these days).
    """
    _require_direction(by, partenariat)
    if by.service.metier != Metier.PREVENTION_SPECIALISEE:
        raise NotYours
    if genre not in GenreTitre.values:
        raise BadAnswer("genre", "Choisissez le titre dans la liste.")
    _check_words("numero", numero, NUMBER_MAX, "Donnez le numéro de l'acte")
    _check_words("preuve", preuve, PROOF_MAX, "Dites quel acte prouve ce titre")
    _check_span(debut, fin)
    against = EITHER if genre in EITHER else {genre}
    for other in by.service.titres.select_for_update().filter(genre__in=against):
        if overlaps(other.debut, other.fin, debut, fin):
            raise NotNow(_contradicts(other, genre))
    row = Titre.objects.create(
        service=by.service, genre=genre, numero=numero.strip(), preuve=preuve.strip(), debut=debut, fin=fin
    )
    note(by, Acte.CREATION, "titre", by.service.pk, {"genre": genre})
    return row


@atomic
def end_title(*, by: Acteur, titre: int, fin: date) -> Titre:
    """Give a title of one's own service its term. Raises NotYours, CannotWrite, BadAnswer."""
    row = Titre.objects.select_for_update().filter(pk=titre, service=by.service).first()
    if row is None or by.role != Role.DIRECTION:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire la forme.")
    if fin < row.debut:
        raise BadAnswer("fin", f"Ce titre commence le {row.debut:%d/%m/%Y} : il ne finit pas avant.")
    if row.fin is not None and fin > row.fin:
        raise BadAnswer("fin", f"Ce titre finit le {row.fin:%d/%m/%Y} : le prolonger est un nouvel acte.")
    row.fin = fin
    row.save(update_fields=["fin"])
    note(by, Acte.CLOTURE, "titre", by.service.pk, {"genre": row.genre})
    return row


def _require_direction(by: Acteur, partenariat: Partenariat) -> None:
    if camp_of(by, partenariat) not in SIGNING_CAMPS:
        raise NotYours
    if by.lecture_seule:
        raise CannotWrite("Votre poste permet de lire, pas d'écrire la forme.")


def _check_words(champ: str, said: str, longest: int, asked: str) -> None:
    if not said.strip() or len(said.strip()) > longest:
        raise BadAnswer(champ, f"{asked}, {longest} caractères au plus.")


def _check_span(debut: date, fin: date | None) -> None:
    if not OLDEST <= debut <= clock.today() + timedelta(days=366):
        raise BadAnswer("debut", "Le premier jour va de 1950 à un an d'ici.")
    if fin is not None and fin < debut:
        raise BadAnswer("fin", "Le terme vient avant le premier jour : l'un des deux est faux.")


def _check_form(partenariat: Partenariat, forme: str) -> None:
    if forme not in Forme.values:
        raise BadAnswer("forme", "Choisissez une des trois formes.")
    trades = {service.metier for service in members(partenariat)}
    if forme != Forme.INFORMEL and trades != TRADES:
        raise BadAnswer("forme", "Cette forme lie les deux métiers : un seul est membre aujourd'hui.")


def _make_room(rows: list[FormePartenariat], debut: date, fin: date | None, *, was: date | None) -> None:
    """End the day before what holds that day; what ended the eve of the corrected line follows it."""
    for other in rows:
        if other.debut >= debut:
            if overlaps(other.debut, other.fin, debut, fin):
                raise NotNow(
                    f"« {other.get_forme_display()} » commence le {other.debut:%d/%m/%Y} : "
                    "deux formes ne valent pas le même jour."
                )
        elif other.fin is None or other.fin >= debut or (was is not None and other.fin == was - DAY):
            other.fin = debut - DAY
            other.save(update_fields=["fin"])


def _contradicts(other: Titre, genre: str) -> str:
    term = f"jusqu'au {other.fin:%d/%m/%Y}" if other.fin else "sans terme écrit"
    said = f"« {other.get_genre_display()} » vaut depuis le {other.debut:%d/%m/%Y}, {term}"
    if other.genre == genre:
        return f"{said} : deux fois le même titre ne valent pas le même jour."
    return f"{said} : une compétence n'est pas déléguée et transférée le même jour."
