"""Photos of a project's place: left by a member, seen by members only, and nobody to recognise on them."""

from __future__ import annotations

from uuid import UUID

from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.encryption import seal_bytes, unseal_bytes
from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import BadAnswer, NotNow, NotYours
from maillage.documents.attachments import Attachment, Genre
from maillage.projets.actions import locked_project, trace
from maillage.projets.enums import EtatProjet, MomentPhoto
from maillage.projets.models import Photo

MOST = 12
LEGENDE_MAX = 160


@atomic
def add_photo(
    *, by: Acteur, projet: UUID, image: Attachment, moment: str, legende: str, sans_personne: bool
) -> Photo:
    """Keep a photo of the place, sealed under the partnership's key.

    `image` comes from `documents.attachments.cleaned`; `sans_personne` is the word of whoever leaves it
    that nobody is recognisable. Raises NotYours, CannotWrite, NotNow (given up, twelve already), BadAnswer.
    """
    row = locked_project(by, projet)
    said = legende.strip()
    if not sans_personne:
        raise BadAnswer(
            "sans_personne", "Regardez la photo : si quelqu'un s'y reconnaît, elle ne se garde pas."
        )
    if image.genre != Genre.JPEG:
        raise BadAnswer("image", "Choisissez une photo.")
    if moment not in MomentPhoto.values:
        raise BadAnswer("moment", "Dites si c'est avant, pendant ou après.")
    if not said or len(said) > LEGENDE_MAX:
        raise BadAnswer("legende", f"Dites ce qu'elle montre, en {LEGENDE_MAX} caractères au plus.")
    if row.etat == EtatProjet.ABANDONNE:
        raise NotNow("Ce projet est abandonné.")
    if row.photos.count() >= MOST:
        raise NotNow(f"Un projet garde {MOST} photos : retirez-en une d'abord.")
    made = Photo(
        projet=row,
        partenariat=row.partenariat,
        service=by.service,
        poste=by.poste,
        moment=moment,
        legende=said,
        deposee_le=clock.now(),
    )
    made.image_scellee = seal_bytes(made, "image_scellee", image.content)
    made.save(force_insert=True)
    trace(by, Acte.CREATION, row)
    return made


@atomic
def remove_photo(*, by: Acteur, projet: UUID, photo: UUID) -> None:
    """Erase a photo, whoever left it: a doubt is enough. Raises NotYours, CannotWrite."""
    row = locked_project(by, projet)
    deleted, _ = row.photos.filter(pk=photo).delete()
    if not deleted:
        raise NotYours
    trace(by, Acte.EFFACEMENT, row)


def photos_of(projet: UUID) -> list[Photo]:
    """Return a project's photos without their pictures, in the order they came."""
    return list(Photo.objects.filter(projet=projet).select_related("service").defer("image_scellee"))


def picture_of(acteur: Acteur, projet: UUID, photo: UUID) -> Attachment:
    """Return the picture of a photo of one of the reader's partnerships. Raises NotYours."""
    found = Photo.objects.filter(
        pk=photo, projet=projet, projet__partenariat__in=acteur.partenariat_ids
    ).first()
    if found is None:
        raise NotYours
    return Attachment(unseal_bytes(found, "image_scellee"), Genre.JPEG)
