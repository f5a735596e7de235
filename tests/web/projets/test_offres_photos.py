"""Photos, supporters and a bailleur's offers on screen: who sees, who writes, what a refusal keeps."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.main_courante.actions.demandes import desk_token
from maillage.main_courante.models import Guichet
from maillage.projets.models import OffreChantier, Photo, Projet
from tests.cast import Cast, Membre
from tests.projects_made import proposed

SignedIn = Callable[[Membre], Client]


def jpeg(place: str = "") -> SimpleUploadedFile:
    """Return a photo, that says where it was taken when asked."""
    kept, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = place
    Image.new("RGB", (8, 6), "red").save(kept, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_2041.HEIC", kept.getvalue())


def photo(**changed: object) -> dict[str, object]:
    return {"image": jpeg(), "moment": "avant", "legende": "Le kiosque", "sans_personne": "on"} | changed


def test_a_photo_is_left_seen_by_the_members_and_erased(cast: Cast, signed_in: SignedIn) -> None:
    row = proposed(cast)
    karim, page = signed_in(cast.karim), f"/projets/{row.pk}/"
    assert karim.post(f"{page}photos/", photo(image=jpeg("CANARI 45.83 N")))["Location"] == page
    address = f"{page}photos/{Photo.objects.get().pk}.jpg"
    for member in (cast.samira, cast.coordination, cast.lecteur):
        seen = signed_in(member).get(address)
        assert (seen.status_code, seen["Content-Type"], b"CANARI" in seen.content) == (
            200,
            "image/jpeg",
            False,
        )
    assert f'src="{address}" alt="Le kiosque"' in karim.get(page).content.decode()
    for other in (cast.educatrice_sud, cast.maire):
        assert signed_in(other).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert karim.post(address).status_code == 405
    assert karim.get(f"{page}photos/{new_id()}.jpg").status_code == 404
    assert signed_in(cast.samira).post(f"{address[:-4]}/retirer/")["Location"] == page
    assert (Photo.objects.count(), karim.get(address).status_code) == (0, 404)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sans_personne": ""}, "Une photo où quelqu&#x27;un se reconnaît ne se garde pas ici."),
        ({"image": SimpleUploadedFile("a.jpg", b"%PDF-")}, "n&#x27;est pas d&#x27;un genre accepté ici"),
        ({"image": ""}, "Choisissez un fichier."),
    ],
)
def test_a_refused_photo_says_why_and_keeps_what_was_typed(
    cast: Cast, signed_in: SignedIn, changed: dict[str, object], said: str
) -> None:
    row = proposed(cast)
    answer = signed_in(cast.karim).post(f"/projets/{row.pk}/photos/", photo(**changed))
    text = answer.content.decode()
    assert (answer.status_code, said in text, 'value="Le kiosque"' in text) == (422, True, True)
    assert Photo.objects.count() == 0


def test_a_supporter_shows_with_what_it_brings(cast: Cast, signed_in: SignedIn) -> None:
    row = proposed(cast)
    karim, page = signed_in(cast.karim), f"/projets/{row.pk}/"
    given = {"genre": "mecene", "nom": "Fondation inventée", "prevu": "1 200,50", "le": "2026-01-05"}
    assert karim.post(f"{page}soutiens/", given | {"prevu": "1200,50"})["Location"] == page
    text = karim.get(page).content.decode()
    assert ("Fondation inventée" in text, "1\u202f200,50\u202f€" in text) == (True, True)
    again = karim.post(f"{page}soutiens/", given | {"prevu": "3"})
    assert (again.status_code, "soutient déjà ce projet" in again.content.decode()) == (422, True)


@pytest.mark.parametrize("act", ["photos/", "soutiens/", f"photos/{new_id()}/retirer/"])
def test_the_litany_of_acts(cast: Cast, signed_in: SignedIn, act: str) -> None:
    address = f"/projets/{proposed(cast).pk}/{act}"
    assert signed_in(cast.karim).get(address).status_code == 405
    assert signed_in(cast.lecteur).post(address).status_code == 403
    assert signed_in(cast.coordination).post(address).status_code == 403
    assert signed_in(cast.maire).post(address).status_code == 404
    assert signed_in(cast.educatrice_sud).post(address, photo()).status_code in {404, 422}
    assert signed_in(cast.samira).post(f"/projets/{new_id()}/{act}", photo()).status_code in {404, 422}


@pytest.fixture
def desk(cast: Cast) -> Guichet:
    """A bailleur's desk, whose link opens."""
    made = Guichet.objects.create(
        service=cast.alm,
        nom="Bailleur inventé",
        courriel="b@demo.invalid",
        lien_revision=1,
        lien_jusquau=clock.today(),
    )
    made.lieux.add(cast.hall)
    return made


def offer(cast: Cast, **changed: str) -> dict[str, str]:
    soon = clock.today() + timedelta(days=20)
    given = {"id": str(new_id()), "lieu": str(cast.hall.pk), "travail": "Repeindre le hall", "jeunes": "4"}
    return given | {"debut": soon.isoformat(), "budget": "1500,50"} | changed


def test_a_bailleur_offers_by_its_link_and_reads_the_answer(
    cast: Cast, desk: Guichet, signed_in: SignedIn
) -> None:
    link, visitor = f"/projets/offrir/{desk_token(desk)}/", Client()
    assert link in visitor.get(f"/demandes/lien/{desk_token(desk)}/").content.decode()
    refused = visitor.post(link, offer(cast, jeunes="0"))
    assert (refused.status_code, "Repeindre le hall" in refused.content.decode()) == (422, True)
    assert visitor.post(link, offer(cast, lieu=str(cast.square_sud.pk))).status_code == 422
    data = offer(cast)
    assert [visitor.post(link, data)["Location"] for _ in range(2)] == [link, link]
    made = OffreChantier.objects.get()
    samira = signed_in(cast.samira)
    listed = samira.get("/projets/").content.decode()
    form = f"/projets/nouveau/?partenariat=ici&amp;offre={made.pk}"
    assert (form in listed, "1\u202f500,50\u202f€" in listed) == (True, True)
    typed = samira.get(form.replace("&amp;", "&")).context["form"].initial
    assert (typed["commanditaire"], typed["lieu"]) == ("Bailleur inventé", str(cast.hall.pk))
    sent = {**typed, "constat": "Un hall dégradé.", "partenariat": "ici", "offre": str(made.pk)}
    assert samira.post("/projets/nouveau/", sent)["Location"] == f"/projets/{Projet.objects.get().pk}/"
    assert samira.post("/projets/nouveau/", sent).status_code == 404
    seen = visitor.get(link).content.decode()
    assert ("Devient un projet" in seen, "Samira" in seen) == (True, False)


def test_an_offer_is_declined_once_by_those_it_concerns(
    cast: Cast, desk: Guichet, signed_in: SignedIn
) -> None:
    Client().post(f"/projets/offrir/{desk_token(desk)}/", offer(cast))
    address = f"/projets/offres/{OffreChantier.objects.get().pk}/decliner/"
    data = {"partenariat": "ici"}
    assert signed_in(cast.karim).get(address).status_code == 405
    assert signed_in(cast.lecteur).post(address, data).status_code == 403
    assert signed_in(cast.maire).post(address, data).status_code == 404
    assert signed_in(cast.educatrice_sud).post(address, {"partenariat": "ailleurs"}).status_code == 404
    assert signed_in(cast.karim).post(f"/projets/offres/{new_id()}/decliner/", data).status_code == 404
    assert signed_in(cast.karim).post(address, data)["Location"] == "/projets/"
    assert signed_in(cast.samira).post(address, data).status_code == 409
    assert "Pas pour nous" in Client().get(f"/projets/offrir/{desk_token(desk)}/").content.decode()


def test_a_link_that_does_not_open_looks_absent(cast: Cast, desk: Guichet) -> None:
    token = desk_token(desk)
    assert Client().get(f"/projets/offrir/{token}x/").status_code == 404
    assert Client().put(f"/projets/offrir/{token}/").status_code == 405
    desk.lien_jusquau = clock.today() - timedelta(days=1)
    desk.save()
    assert [
        Client().get(f"/projets/offrir/{token}/").status_code,
        Client().post(f"/projets/offrir/{token}/", offer(cast)).status_code,
    ] == [404, 404]
