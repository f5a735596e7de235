"""Publishing a year of a partnership, choosing what goes with it, receiving one of another city."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import Max
from django.db.transaction import atomic

from maillage.audit import PLATEFORME
from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.conventions.errors import BadAnswer, CannotWrite, NotYours
from maillage.conventions.models import Clause, Partenariat
from maillage.conventions.queries import members
from maillage.directory.enums import Role
from maillage.directory.queries import active_on, lieux_of
from maillage.main_courante.garde.lecture import read as names_in
from maillage.reseau.bundle import FIGURES, FORMAT, SHEETS, TEXT, TITLE, VERSION, Bundle, seal, unseal
from maillage.reseau.counting import city_name, figures
from maillage.reseau.envelope import BundleRefused
from maillage.reseau.models import GenrePartage, LotPublie, LotRecu, Partage, VilleConnue

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

# Before, nothing was ever written here; a bundle of an older year would not be readable either.
OLDEST = 2000


@atomic
def publish(*, partenariat: Partenariat, annee: int) -> str:
    """Return the signed file of a finished year: its figures counted once, the sheets given today.

    Asked again, the same file comes back while the sheets are the same; otherwise the same figures
    under the next number. Raises BundleRefused for a year that is not finished.
    """
    if not OLDEST <= annee < clock.today().year:
        raise BundleRefused(f"L'année {annee} ne se publie pas : il faut une année finie.")
    Partenariat.objects.select_for_update().get(pk=partenariat.pk)
    _note(Acte.EXPORT, partenariat.pk)
    published = LotPublie.objects.filter(partenariat=partenariat)
    lot = published.filter(annee=annee).first() or LotPublie(partenariat=partenariat, annee=annee)
    told = unseal(lot.fichier).contenu if lot.fichier else figures(partenariat, annee)
    sheets = sheets_of(partenariat)
    if lot.fichier and all(told[name] == sheets[name] for name in sheets):
        return lot.fichier
    lot.sequence = (published.aggregate(last=Max("sequence"))["last"] or 0) + 1
    lot.publie_le = clock.now()
    lot.fichier = seal(content_of(lot, told, sheets))
    lot.save()
    return lot.fichier


def content_of(lot: LotPublie, told: Mapping[str, Any], sheets: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a bundle says: who, which year, its figures, the sheets that go with them."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": str(new_id()),
        "sequence": lot.sequence,
        "ville": city_name(lot.partenariat),
        "partenariat": lot.partenariat.code,
        "annee": lot.annee,
        "invente": lot.partenariat.invente or settings.MAILLAGE_DEMO,
        **{name: told[name] for name in FIGURES},
        **{name: sheets[name] for name in ("pratiques", "clauses")},
    }


@atomic
def receive(bundle: Bundle) -> LotRecu:
    """Keep a bundle; a year told again replaces it when its figures are the same.

    Raises BundleRefused for a key that is not believed, a bundle received before, older, or that
    contradicts the figures already told.
    """
    content = bundle.contenu
    # A ledger line locks the platform's chain: two imports go one after the other.
    _note(Acte.CREATION, None)
    _believed(bundle)
    theirs = LotRecu.objects.filter(cle_publique=bundle.cle_publique, partenariat=content["partenariat"])
    if LotRecu.objects.filter(pk=content["id"]).exists():
        raise BundleRefused("Ce lot a déjà été reçu.")
    if theirs.filter(sequence__gte=content["sequence"]).exists():
        raise BundleRefused("Un lot plus récent de cette ville a déjà été reçu.")
    before = theirs.filter(annee=content["annee"]).first()
    if before is not None:
        if any(before.contenu[name] != content[name] for name in FIGURES):
            raise BundleRefused(f"Cette ville a déjà dit d'autres chiffres pour {content['annee']}.")
        before.delete()
    return LotRecu.objects.create(
        id=content["id"],
        cle_publique=bundle.cle_publique,
        partenariat=content["partenariat"],
        annee=content["annee"],
        sequence=content["sequence"],
        contenu=dict(content),
        recu_le=clock.now(),
    )


@atomic
def share_practice(*, by: Acteur, partenariat: Partenariat, titre: str, texte: str) -> Partage:
    """Give a practice sheet to the other cities. Raises NotYours, CannotWrite, BadAnswer."""
    _direction(by, partenariat)
    titre, texte = titre.strip(), texte.replace("\r\n", "\n").strip()
    if not titre or len(titre) > TITLE:
        raise BadAnswer("titre", f"Donnez un titre, de {TITLE} signes au plus.")
    if not texte or len(texte) > TEXT:
        raise BadAnswer("texte", f"Racontez la pratique, en {TEXT} signes au plus.")
    for field, said in (("titre", titre), ("texte", texte)):
        _nobody_named(field, said, partenariat)
    return _share(by, partenariat, GenrePartage.PRATIQUE, titre, texte, None)


@atomic
def share_clause(*, by: Acteur, partenariat: Partenariat, clause: UUID) -> Partage:
    """Give a clause in force, in its words of today. Raises NotYours, CannotWrite, BadAnswer."""
    _direction(by, partenariat)
    row = Clause.objects.filter(active_on(clock.today()), pk=clause, partenariat=partenariat).first()
    if row is None:
        raise BadAnswer("clause", "Choisissez une clause en vigueur.")
    if Partage.objects.filter(clause=row, repris_le=None).exists():
        raise BadAnswer("clause", "Cette clause est déjà donnée.")
    texte = row.texte or row.titre
    _nobody_named("clause", texte, partenariat)
    return _share(by, partenariat, GenrePartage.CLAUSE, row.titre, texte[:TEXT], row)


@atomic
def take_back(*, by: Acteur, partage: UUID) -> None:
    """Give a sheet no more, from the next bundle on. Raises NotYours, CannotWrite."""
    row = Partage.objects.select_related("partenariat").filter(pk=partage).first()
    if row is None:
        raise NotYours
    _direction(by, row.partenariat)
    if row.repris_le is None:
        row.repris_le = clock.now()
        row.save(update_fields=["repris_le"])
        _trace(by, Acte.RETRAIT, row)


def _share(
    by: Acteur,
    partenariat: Partenariat,
    genre: GenrePartage,
    titre: str,
    texte: str,
    clause: Clause | None,
) -> Partage:
    if Partage.objects.filter(partenariat=partenariat, genre=genre, repris_le=None).count() >= SHEETS:
        raise BadAnswer("titre", f"Un lot porte {SHEETS} fiches de chaque sorte au plus.")
    row = Partage.objects.create(
        partenariat=partenariat,
        genre=genre,
        titre=titre,
        texte=texte,
        clause=clause,
        poste=by.poste,
        le=clock.now(),
    )
    _trace(by, Acte.PARTAGE, row)
    return row


def sheets_of(partenariat: Partenariat) -> Mapping[str, list[dict[str, str]]]:
    """Return what a partnership gives today, as a bundle carries it: {"pratiques", "clauses"}."""
    given = list(Partage.objects.filter(partenariat=partenariat, repris_le=None))
    return {
        name: [{"titre": one.titre, "texte": one.texte} for one in given if one.genre == genre]
        for name, genre in (("pratiques", GenrePartage.PRATIQUE), ("clauses", GenrePartage.CLAUSE))
    }


def _believed(bundle: Bundle) -> None:
    code, city = bundle.contenu["partenariat"], bundle.contenu["ville"]
    known = VilleConnue.objects.filter(partenariat=code).first()
    if known is None:
        raise BundleRefused(f"La clé de « {city} » n'est pas connue ici : demandez sa carte à la ville.")
    if known.cle_publique != bundle.cle_publique:
        raise BundleRefused(f"« {known.nom} » signe d'habitude avec une autre clé.")
    if known.confirmee_le is None:
        raise BundleRefused(f"La clé de « {known.nom} » attend d'être confirmée de vive voix.")


def _direction(by: Acteur, partenariat: Partenariat) -> None:
    if partenariat.pk not in by.partenariat_ids or by.service not in members(partenariat):
        raise NotYours
    if by.role != Role.DIRECTION or by.lecture_seule:
        raise CannotWrite("La direction d'un des deux services choisit ce qui se donne.")


def _nobody_named(field: str, text: str, partenariat: Partenariat) -> None:
    places = [*lieux_of(partenariat).values_list("nom", flat=True), partenariat.nom]
    found = names_in(text, lieux=places)
    if found:
        raise BadAnswer(field, f"« {found[0].mots} » ferait reconnaître quelqu'un : dites-le autrement.")


def _note(acte: Acte, objet: UUID | None) -> None:
    record(
        chaine=PLATEFORME,
        acte=acte,
        acteur=None,
        objet_genre="lot",
        objet=objet,
        detail={"genre": "lot"},
    )


def _trace(by: Acteur, acte: Acte, row: Partage) -> None:
    record(chaine=by.service.pk, acte=acte, acteur=by.professionnel_id, objet_genre="partage", objet=row.pk)
