"""The installer's first names: read from published lists, kept once, fetched by those who write."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from maillage.directory.imports.report import ImportRefused
from maillage.main_courante.garde.lexique import lexique
from maillage.main_courante.imports import prenoms
from tests.cast import Cast, Membre

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Membre], Client]
URL = "/garde/prenoms.txt"
DATA = Path(__file__).parents[4] / "shared" / "data"
INSEE = "sexe;preusuel;annais;nombre\r\n1;XYLOPHANE;1990;15\r\n2;XYLOPHANE;1991;15\r\n1;RARISSIMUS;1990;3\r\n"
INSEE += "1;KARIM;1990;900\r\n1;_PRENOMS_RARES;1990;\r\n2;ZÉLIÈNNE-ÔDA;1990;40\r\n"


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "fichiers"


@pytest.fixture
def insee(tmp_path: Path) -> Path:
    path = tmp_path / "nat.csv"
    path.write_text(INSEE, encoding="utf-8")
    return path


def _kept() -> str:
    return gzip.decompress(prenoms.given()).decode()


def test_births_are_added_up_and_the_rare_and_the_known_left_out(insee: Path) -> None:
    report = prenoms.run(insee)
    assert (report.created, report.unchanged, report.rejected) == (3, 1, [])
    assert _kept() == "oda xylophane zelienne"
    again = prenoms.run(insee)
    assert (again.created, again.unchanged) == (0, 4)


def test_a_plain_list_serves_too_and_replaces_the_one_before(insee: Path, tmp_path: Path) -> None:
    prenoms.run(insee)
    plain = tmp_path / "liste.txt"
    plain.write_text("Quirinette\nBarnabuche\n", encoding="utf-8")
    prenoms.run(plain)
    assert _kept() == "barnabuche quirinette"


def test_a_trial_writes_nothing(insee: Path) -> None:
    assert prenoms.run(insee, dry_run=True).created == 3
    assert _kept() == ""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("nom;nombre\r\nX;3\r\n", "La colonne « prenom » manque"),
        ("preusuel;nombre\r\n", "n'est pas lisible|ne contient aucun prénom"),
        (b"preusuel;nombre\r\n\xff\xfe;3\r\n", "n'est pas un fichier de texte en UTF-8"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    path = tmp_path / "faux.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ImportRefused, match=sentence):
        prenoms.run(path)
    assert _kept() == ""


def test_the_pages_that_write_fetch_it_and_their_browser_keeps_it(
    cast: Cast, signed_in: SignedIn, insee: Path
) -> None:
    nadia = signed_in(cast.nadia)
    assert gzip.decompress(nadia.get(URL).content) == b""
    prenoms.run(insee)
    answer = nadia.get(URL)
    said = (answer.status_code, answer["Content-Encoding"], answer["Cache-Control"])
    assert said == (200, "gzip", "private, max-age=604800")
    assert gzip.decompress(answer.content) == b"oda xylophane zelienne"
    assert nadia.get(URL, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert nadia.post(URL).status_code == 405
    assert URL.encode() in nadia.get("/noter/").content


def test_a_telephone_not_signed_in_fetches_it_too(client: Client, insee: Path) -> None:
    prenoms.run(insee)
    assert gzip.decompress(client.get(URL).content) == b"oda xylophane zelienne"


@pytest.mark.skipif(not DATA.is_dir(), reason="the published list is not here")
def test_our_own_list_knows_nearly_everyone_born_here() -> None:
    """Measured on INSEE's births of 1940 to 2020, by name: what we know, what counts as a weak sign."""
    own, births = lexique(), {"sure": 0, "weak": 0, "all": 0}
    for line in (DATA / "prenoms_insee_1940_2020.csv").read_text(encoding="utf-8").splitlines()[1:]:
        _, name, *periods = line.split(";")
        words = prenoms.WORD.findall(prenoms.fold(name))
        births["all"] += int(periods[-1])
        births["sure"] += int(periods[-1]) * any(word in own.prenoms for word in words)
        births["weak"] += int(periods[-1]) * any(word in own.prenoms | own.faibles for word in words)
    assert births["sure"] / births["all"] > 0.90
    assert births["weak"] / births["all"] > 0.95
