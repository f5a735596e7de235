"""Published lists of neighbourhoods: every known form comes in, once, and what is wrong is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import shape

from maillage.audit.models import Ligne
from maillage.directory.imports import places
from maillage.directory.imports.report import ImportRefused, Rejection
from maillage.directory.models import Territoire

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[3] / "shared" / "data"
published = pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not here")
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]}


def _geojson(path: Path, *features: tuple[dict[str, Any], Any], **extra: Any) -> Path:
    listed = [{"type": "Feature", "properties": cells, "geometry": outline} for cells, outline in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed} | extra), encoding="utf-8")
    return path


def _counts(path: Path, **options: Any) -> tuple[int, int, int, int]:
    report = places.run(path, **options)
    return report.created, report.changed, report.unchanged, len(report.rejected)


def _quartiers() -> list[tuple[str, str, int | None]]:
    found = Territoire.objects.filter(genre="quartier").order_by("code")
    return [(one.code, one.nom, one.millesime) for one in found]


def test_the_official_csv_of_2024(tmp_path: Path) -> None:
    file = tmp_path / "qpv.csv"
    file.write_bytes(
        "\ufeffcode_qp;lib_qp;insee_dep;insee_com;lib_com\r\n"
        'QN00101M;"Grande Reyssouze";="01";="01053";Bourg-en-Bresse\r\n'
        'QN00103M;Les Courbes;="01";="01004;01005";Ambérieu;Autre\r\n'.replace(
            "Ambérieu;Autre", '"Ambérieu;Autre"'
        ).encode()
    )
    assert _counts(file) == (2, 0, 0, 0)
    assert _quartiers() == [("QN00101M", "Grande Reyssouze", 2024), ("QN00103M", "Les Courbes", 2024)]
    spanning = Territoire.objects.get(code="QN00103M")
    assert spanning.parent is not None
    assert spanning.parent.code == "01004"
    assert set(spanning.communes.values_list("code", "nom")) == {("01004", "Ambérieu"), ("01005", "Autre")}
    assert _counts(file) == (0, 0, 2, 0)


def test_the_2015_geojson_in_capitals(tmp_path: Path) -> None:
    cells = {"CODE_QP": "QP066007", "NOM_QP": "Bas-Vernet", "COMMUNE_QP": "Perpignan"}
    assert _counts(_geojson(tmp_path / "q.geojson", (cells, SQUARE))) == (1, 0, 0, 0)
    assert _quartiers() == [("QP066007", "Bas-Vernet", 2015)]


def test_a_crossed_outline_is_mended_and_named(tmp_path: Path) -> None:
    file = _geojson(
        tmp_path / "q.geojson",
        ({"code_qp": "QN01301M", "lib_qp": "Droit"}, SQUARE),
        ({"code_qp": "QN01302M", "lib_qp": "Croisé"}, BOW_TIE),
        ({"code_qp": "QN01303M", "lib_qp": "Sans"}, None),
    )
    report = places.run(file)
    assert report.remarks == [
        "1 contour(s) réparé(s) : QN01302M.",
        "À vérifier, surface changée de plus de 1 % : QN01302M.",
        "1 quartier(s) sans contour dans le fichier.",
    ]
    mended = Territoire.objects.get(code="QN01302M")
    assert mended.attributs == {"contour": "repare"}
    assert shape(mended.geometrie).is_valid
    assert shape(mended.geometrie).area == pytest.approx(0.5)


def test_a_file_without_outlines_does_not_lose_those_we_have(tmp_path: Path) -> None:
    cells = {"code_qp": "QN01301M", "lib_qp": "Droit"}
    places.run(_geojson(tmp_path / "avec.geojson", (cells, SQUARE)))
    assert _counts(_geojson(tmp_path / "sans.geojson", (cells, None))) == (0, 0, 1, 0)
    assert Territoire.objects.get(code="QN01301M").geometrie is not None


def test_wrong_rows_are_refused_with_their_line_and_the_others_come_in(tmp_path: Path) -> None:
    file = tmp_path / "q.csv"
    file.write_text(
        "code_qp;lib_qp;insee_com\n"
        "QN01301M;Bon;13055\n"
        "1,2E+13;Mangé;13055\n"
        "QN01302M;;13055\n"
        "QN01303M;Zéro perdu;1004\n"
        "QN01301M;Autre nom;13055\n"
        ";;\n"
        "QN01304M;Bon aussi;\n",
        encoding="utf-8",
    )
    report = places.run(file)
    assert report.rejected == [
        Rejection(3, "« 1,2E+13 » n'est pas un code de quartier prioritaire."),
        Rejection(4, "le quartier QN01302M n'a pas de nom utilisable."),
        Rejection(5, "« 1004 » n'est pas un code de commune (cinq caractères)."),
        Rejection(6, "le quartier QN01301M porte déjà le nom « Bon »."),
    ]
    assert [code for code, _, _ in _quartiers()] == ["QN01301M", "QN01304M"]


@pytest.mark.parametrize(
    ("outline", "said"),
    [
        ({"type": "Point", "coordinates": [1, 2]}, "le contour n'est pas une surface."),
        ({"type": "Polygon", "coordinates": "x"}, "le contour est illisible."),
        (
            {"type": "Polygon", "coordinates": [[[7e5, 6e6], [7e5, 7e6], [8e5, 7e6], [7e5, 6e6]]]},
            "le contour sort du monde : les coordonnées ne sont pas en longitude et latitude.",
        ),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]},
            "le contour n'a pas de surface.",
        ),
    ],
)
def test_an_impossible_outline_refuses_its_row(tmp_path: Path, outline: Any, said: str) -> None:
    file = _geojson(tmp_path / "q.geojson", ({"code_qp": "QN01301M", "lib_qp": "Q"}, outline))
    assert places.run(file).rejected == [Rejection(1, said)]
    assert _quartiers() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Le fichier est vide."),
        (b"a;b\n1;2\n", "La colonne « code » manque"),
        (b"code_qp;code_qp\n", "La colonne « code_qp » est là deux fois."),
        (b"{", "Le fichier commence comme un GeoJSON"),
        (b'{"type": "Feature"}', "n'est pas une « FeatureCollection »"),
        (b"PK\x03\x04\0", "n'est ni un CSV ni un GeoJSON"),
    ],
)
def test_an_unusable_file_is_refused_whole(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "q"
    file.write_bytes(content)
    with pytest.raises(ImportRefused, match=said):
        places.run(file)


def test_a_projected_geojson_is_refused(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    file = _geojson(tmp_path / "q.geojson", ({"code_qp": "QN01301M", "lib_qp": "Q"}, SQUARE), crs=crs)
    with pytest.raises(ImportRefused, match="WGS 84"):
        places.run(file)


def test_a_mapping_names_other_columns(tmp_path: Path) -> None:
    file = tmp_path / "q.csv"
    file.write_text("identifiant,quartier\nQN01301M,Nord\n", encoding="utf-8")
    assert _counts(file, mapping={"code": "identifiant", "nom": "quartier"}) == (1, 0, 0, 0)
    with pytest.raises(ImportRefused, match="nomme « truc »"):
        places.run(file, mapping={"truc": "x"})


def test_a_dry_run_says_all_and_writes_nothing(tmp_path: Path) -> None:
    file = _geojson(tmp_path / "q.geojson", ({"code_qp": "QN01301M", "lib_qp": "Q"}, SQUARE))
    assert _counts(file, dry_run=True) == (1, 0, 0, 0)
    assert (_quartiers(), Ligne.objects.count()) == ([], 0)


def test_nothing_is_half_imported_when_the_end_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("panne")

    monkeypatch.setattr(places, "_link", fail)
    file = _geojson(tmp_path / "q.geojson", ({"code_qp": "QN01301M", "lib_qp": "Q"}, SQUARE))
    with pytest.raises(RuntimeError, match="panne"):
        places.run(file)
    assert (_quartiers(), Ligne.objects.count()) == ([], 0)


def test_the_import_leaves_one_line_in_the_ledger(tmp_path: Path) -> None:
    places.run(_geojson(tmp_path / "q.geojson", ({"code_qp": "QN01301M", "lib_qp": "Q"}, SQUARE)))
    line = Ligne.objects.get()
    assert (line.acte, line.objet_genre, line.detail) == (
        "modification",
        "import",
        {"genre": "places", "ajoutes": 1, "modifies": 0, "refuses": 0},
    )


@published
def test_the_published_files_come_in_as_they_are() -> None:
    assert _counts(DATA / "qpv.geojson") == (63, 0, 0, 0)
    assert _counts(DATA / "qpv_2024_national.csv") == (1430, 0, 63, 0)
    report = places.run(DATA / "qpv_occitanie_2015.geojson")
    assert (report.created, report.rejected) == (105, [])
    assert report.remarks[0].startswith("32 contour(s) réparé(s) : ")
    outlines = Territoire.objects.filter(geometrie__isnull=False).values_list("geometrie", flat=True)
    assert [shape(outline).is_valid for outline in outlines] == [True] * 105
    assert _counts(DATA / "qpv_2024_national.csv") == (0, 0, 1493, 0)
    assert _counts(DATA / "qpv_occitanie_2015.geojson") == (0, 0, 105, 0)
    several = Territoire.communes.through.objects.values_list("from_territoire", flat=True)
    assert len(several) - len(set(several)) == 1684 - 1493
