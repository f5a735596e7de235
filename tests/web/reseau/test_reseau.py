"""The network of cities on screen: what the network receives, what a direction gives, who sees neither."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from maillage.base import clock
from maillage.conventions.models import Clause
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.directory.seed import load_study
from maillage.reseau.bundle import seal, unseal
from maillage.reseau.cards import write_card
from maillage.reseau.models import LotRecu, Partage, VilleConnue
from tests.cast import Cast, Membre
from tests.reseau.bundles import content, take, welcome

SignedIn = Callable[[Membre], Client]


@pytest.fixture
def network(cast: Cast, signed_in: SignedIn) -> Client:
    """The network's account."""
    Poste.objects.filter(pk=cast.maire.poste.pk).update(role=Role.RESEAU)
    cast.maire.poste.refresh_from_db()
    return signed_in(cast.maire)


def send(client: Client, text: str) -> tuple[int, str]:
    file = SimpleUploadedFile("lot.json", text.encode(), content_type="application/json")
    answer = client.post("/reseau/recevoir/", {"fichier": file}, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_card_then_its_bundles(network: Client) -> None:
    lot = seal(content(partenariat="ici", ville="Villeneuve"))
    status, page = send(network, lot)
    assert (status, "n&#x27;est pas connue ici" in page) == (422, True)
    assert send(network, write_card())[0] == 200
    status, page = send(network, lot)
    assert (status, "attend d&#x27;être confirmée de vive voix" in page) == (422, True)
    key = VilleConnue.objects.filter(partenariat="ici").values_list("cle_publique", flat=True)[0]
    assert network.post("/reseau/cles/confirmer/", {"cle": key}).status_code == 302
    assert "Lot reçu" in send(network, lot)[1]
    for again, said in ((lot, "Ce lot a déjà été reçu."), (lot.replace("60000", "60001"), "changé en route")):
        status, page = send(network, again)
        assert (status, said in page) == (422, True)
    for bad in ("", "x" * 64, key.replace(key[0], "g")):
        assert network.post("/reseau/cles/oublier/", {"cle": bad}).status_code == 404
    assert network.post("/reseau/cles/oublier/", {"cle": key}).status_code == 302
    assert (VilleConnue.objects.count(), LotRecu.objects.count()) == (0, 1)


def test_cities_come_by_name_on_the_page(network: Client) -> None:
    for code, nom, many in (("z", "Zuydcoote", 1), ("a", "Amiens", 400), ("m", "Metz", 9000)):
        welcome(code)
        take(partenariat=code, ville=nom, reunions=many)
    page = network.get("/reseau/").content.decode()
    assert re.findall(r'rowheader"><a [^>]*>([^<]+)<', page) == ["Amiens", "Metz", "Zuydcoote"]
    for asked in ("?forme=x", "?taille=x"):
        assert network.get(f"/reseau/{asked}").status_code == 400
    assert network.get("/reseau/?edition=1999").status_code == 404
    one = network.get("/reseau/villes/a/?edition=2025").content.decode()
    assert re.findall(r'class="title" href="/reseau/villes/(\w)/', one) == ["m", "z"]
    assert network.get("/reseau/villes/q/").status_code == 404


def test_the_study_is_the_first_edition(network: Client) -> None:
    load_study()
    page = network.get("/reseau/").content.decode()
    assert "Première édition" in page
    assert sorted(re.findall(r'rowheader"><a [^>]*>([^<]+)<', page)) == [
        "La Rochelle", "Le Teil", "Limoges", "Lorient", "Marseille", "Orléans"
    ]  # fmt: skip
    assert re.findall(r'<h2 id="forme-\d">([^<]+)<', page) == [
        "Informel", "Conventionné", "Pilotage unique"
    ]  # fmt: skip
    city = network.get("/reseau/villes/marseille/?edition=2017").content.decode()
    assert ("/etude/villes/marseille/" in city, "non donné" in city) == (True, True)


def test_a_direction_chooses_what_goes_out(cast: Cast, signed_in: SignedIn) -> None:
    clause = Clause.objects.create(
        partenariat=cast.ici,
        titre="Se voir",
        texte="Toutes les six semaines.",
        fait="notice_rgpd",
        valeur="oui",
        preuve="x",
        debut=clock.today(),
    )
    client = signed_in(cast.direction_alm)
    page = "/reseau/chez-nous/"
    typed = {"titre": "Se croiser", "texte": "Un café, le lundi."}
    assert client.post(page, typed).status_code == 302
    refused = client.post(page, typed | {"texte": "Yanis Belkacem y est."})
    assert (refused.status_code, "Yanis Belkacem y est." in refused.content.decode()) == (422, True)
    assert client.post(f"{page}clause/", {"clause": str(clause.pk)}).status_code == 302
    assert client.post(f"{page}clause/", {"clause": str(clause.pk)}).status_code == 422
    lot = client.post(f"{page}lot/")
    told = unseal(lot.content.decode()).contenu
    assert ([one["titre"] for one in told["pratiques"]], len(told["clauses"])) == (["Se croiser"], 1)
    assert json.loads(client.get(f"{page}carte-de-ville.json").content)["carte"]["format"] == "maillage.cle"
    given = Partage.objects.get(genre="pratique")
    assert client.post(f"{page}{given.pk}/reprendre/").status_code == 302
    assert "Se croiser" not in client.get(page).content.decode()


def test_who_sees_nothing(cast: Cast, signed_in: SignedIn, network: Client) -> None:
    given = Partage.objects.create(
        partenariat=cast.ici, genre="pratique", titre="x", texte="x", poste=cast.karim.poste, le=clock.now()
    )
    for member, path, status in (
        (cast.karim, "/reseau/", 404),
        (cast.cheffe_alm, "/reseau/", 200),
        (cast.cheffe_alm, "/reseau/chez-nous/", 404),
        (cast.direction_alm, "/reseau/recevoir/", 404),
        (cast.direction_alm, "/reseau/partages/", 200),
    ):
        assert signed_in(member).get(path).status_code == status, path
    assert network.get("/reseau/chez-nous/").status_code == 404
    assert network.put("/reseau/recevoir/").status_code == 405
    elsewhere = signed_in(cast.direction_sud)
    assert elsewhere.post(f"/reseau/chez-nous/{given.pk}/reprendre/").status_code == 404
    assert elsewhere.get("/reseau/chez-nous/?partenariat=ici").status_code == 404
