"""The signed paper: sniffed, stripped, sealed with the partnership's key, given back only to save."""

from __future__ import annotations

import html
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.audit.models import Ligne
from maillage.base import clock
from maillage.base.encryption import Unreadable, unseal_bytes
from maillage.conventions.actions.numerisations import MOST
from maillage.conventions.enums import EtatConvention
from maillage.conventions.models import Convention, Numerisation
from tests.cast import Cast, Membre
from tests.documents.test_attachments import CANARY, PDF, telling

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S-34")]
SignedIn = Callable[[Membre], Client]
PAGE = "/convention/ici/"
ATTACH = f"{PAGE}version-1/exemplaire/"


@pytest.fixture
def settled(cast: Cast) -> Convention:
    """A version signed today."""
    today = clock.today()
    return Convention.objects.create(
        partenariat=cast.ici,
        version=1,
        etat=EtatConvention.SIGNEE,
        ouverte_le=clock.now(),
        ouverte_par=cast.karim.poste,
        texte_du=today,
        debut=today,
        fin=today.replace(year=today.year + 1, day=1),
        revue_le=today,
    )


def _file(raw: bytes = PDF, name: str = "signée.pdf") -> dict[str, SimpleUploadedFile]:
    return {"fichier": SimpleUploadedFile(name, raw, content_type="text/html")}


def _address(row: Numerisation, sorte: str = "pdf") -> str:
    return f"/convention/exemplaires/{row.pk}.{sorte}"


def test_a_scan_is_sealed_and_comes_back_as_it_was(
    cast: Cast, signed_in: SignedIn, settled: Convention
) -> None:
    director = signed_in(cast.direction_alm)
    assert director.post(ATTACH, _file()).status_code == 302
    row = Numerisation.objects.get()
    assert (row.genre, row.octets, PDF in bytes(row.contenu_scelle)) == ("application/pdf", len(PDF), False)
    member = signed_in(cast.samira)
    assert _address(row) in member.get(PAGE).content.decode()
    answer = member.get(_address(row))
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer["Content-Disposition"] == ('attachment; filename="convention-ici-version-1-signee.pdf"')
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
        "nosniff",
        "default-src 'none'; sandbox",
    )
    lines = Ligne.objects.filter(objet_genre="numerisation").order_by("acte")
    assert [(one.acte, one.chaine_id) for one in lines] == [
        ("creation", cast.alm.pk),
        ("lecture", cast.relais.pk),
    ]


def test_a_picture_loses_where_it_was_taken_and_is_only_saved(
    cast: Cast, signed_in: SignedIn, settled: Convention
) -> None:
    raw = telling("JPEG")
    assert CANARY.encode() in raw
    client = signed_in(cast.direction_relais)
    assert client.post(ATTACH, _file(raw, "photo.pdf")).status_code == 302
    row = Numerisation.objects.get()
    answer = client.get(_address(row, "jpg"))
    assert (CANARY.encode() in answer.content, answer["Content-Type"]) == (False, "image/jpeg")
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(_address(row, "pdf")).status_code == 404


def test_another_partnership_s_key_does_not_open_it(
    cast: Cast, signed_in: SignedIn, settled: Convention
) -> None:
    signed_in(cast.direction_alm).post(ATTACH, _file())
    row = Numerisation.objects.get()
    row.partenariat = cast.ailleurs
    with pytest.raises(Unreadable):
        unseal_bytes(row, "contenu_scelle")


def test_what_is_not_a_scan_is_one_sentence_and_nothing_is_kept(
    cast: Cast, signed_in: SignedIn, settled: Convention
) -> None:
    client = signed_in(cast.direction_alm)
    cases = (
        (_file(b"<script>1</script>"), "Ce fichier n'est pas d'un genre accepté ici"),
        (_file(PDF.replace(b"/Catalog", b"/JavaScript")), "Ce PDF contient autre chose que des pages"),
        (_file(PDF[:-8]), "Ce PDF est abîmé"),
        ({}, "Choisissez un fichier."),
    )
    for given, said in cases:
        answer = client.post(ATTACH, given)
        assert (answer.status_code, said in html.unescape(answer.content.decode())) == (422, True), said
    assert Numerisation.objects.count() == 0


def test_a_version_still_in_the_workshop_has_no_signed_paper(
    cast: Cast, signed_in: SignedIn, settled: Convention
) -> None:
    Convention.objects.update(etat=EtatConvention.ATELIER)
    answer = signed_in(cast.direction_alm).post(ATTACH, _file())
    assert (answer.status_code, Numerisation.objects.count()) == (409, 0)


def test_a_file_too_many_is_refused(cast: Cast, signed_in: SignedIn, settled: Convention) -> None:
    client = signed_in(cast.direction_alm)
    answers = [client.post(ATTACH, _file()).status_code for _ in range(MOST + 1)]
    assert (answers[-2:], Numerisation.objects.count()) == ([302, 422], MOST)


def test_a_paper_taken_back_is_emptied(cast: Cast, signed_in: SignedIn, settled: Convention) -> None:
    client = signed_in(cast.direction_alm)
    client.post(ATTACH, _file())
    row = Numerisation.objects.get()
    away = f"/convention/exemplaires/{row.pk}/retirer/"
    assert signed_in(cast.karim).post(away).status_code == 404
    assert client.post(away).status_code == 302
    row.refresh_from_db()
    assert (bytes(row.contenu_scelle), row.octets, client.get(_address(row)).status_code) == (b"", 0, 404)
    assert client.post(away).status_code == 404


def test_who_attaches_and_who_opens(cast: Cast, signed_in: SignedIn, settled: Convention) -> None:
    signed_in(cast.direction_alm).post(ATTACH, _file())
    row = Numerisation.objects.get()
    readers = [(cast.karim, 200), (cast.dpo, 200), (cast.maire, 404), (cast.mediateur_sud, 404)]
    for member, status in readers:
        assert signed_in(member).get(_address(row)).status_code == status, member
    writers = [(cast.karim, 404), (cast.direction_sud, 404), (cast.direction_relais, 302)]
    for member, status in writers:
        assert signed_in(member).post(ATTACH, _file()).status_code == status, member
    client = signed_in(cast.direction_alm)
    assert client.post(f"{PAGE}version-9/exemplaire/", _file()).status_code == 404
    assert client.get(f"/convention/exemplaires/{uuid4()}.pdf").status_code == 404
    assert (client.get(ATTACH).status_code, client.post(_address(row)).status_code) == (405, 405)
    cast.direction_alm.poste.lecture_seule = True
    cast.direction_alm.poste.save()
    assert signed_in(cast.direction_alm).post(ATTACH, _file()).status_code == 403


def test_the_page_lists_papers_without_reading_them(
    cast: Cast, signed_in: SignedIn, settled: Convention
) -> None:
    client, counted = signed_in(cast.direction_alm), []
    for _ in range(2):
        client.post(ATTACH, _file())
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counted.append(len(queries))
        assert [one["sql"] for one in queries if "contenu_scelle" in one["sql"]] == []
    assert counted[0] == counted[1]
