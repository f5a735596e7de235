"""`maillage import indicators`: published files as they are, refused rows told, nothing half-imported."""

from pathlib import Path

import pytest
from django.test import Client

from maillage.directory.imports.report import ImportRefused
from maillage.directory.models import Territoire
from maillage.directory.seed import load_study
from maillage.etude.indicators import run

PUBLISHED = Path(__file__).resolve().parents[3] / "shared/data/qpv_occitanie_2015_indicateurs.csv"
HEAD = "code_qp,nom_qp,nom_commune,pop_mun,percou,abcde,part_chomprinc\n"


def _file(folder: Path, text: str, name: str = "qpv_indicateurs.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8-sig"))
    return path


def _values(code: str) -> dict[str, object]:
    return {k: v["valeur"] for k, v in Territoire.objects.get(code=code).indicateurs.items()}


def test_a_published_file_creates_its_neighbourhoods_and_its_figures(db: None, tmp_path: Path) -> None:
    made = run(_file(tmp_path, HEAD + 'QP099001,"Le Port, haut",Brisemer,1177,692,464,"7,5"\n'))
    place = Territoire.objects.get(code="QP099001")
    assert (made.created, made.changed, made.rejected) == (1, 0, [])
    assert (place.nom, place.millesime, place.attributs) == ("Le Port, haut", 2015, {"commune": "Brisemer"})
    assert _values("QP099001") == {"pop_mun": 1177, "percou": 692, "abcde": 464, "part_chomprinc": 7.5}
    assert place.indicateurs["abcde"] == {
        "indicateur": "chomage",
        "libelle": "Demandeurs d'emploi en fin de mois, toutes catégories",
        "unite": "personnes",
        "valeur": 464,
        "annee": None,
        "source": "qpv_indicateurs.csv",
    }
    assert made.remarks[0] == (
        "Le fichier ne donne pas : Jeunes de 15 à 17 ans non scolarisés, Personnes sans diplôme, "
        "Logement social (HLM)."
    )


def test_again_the_same_file_changes_nothing_and_a_new_figure_changes_one(db: None, tmp_path: Path) -> None:
    two = HEAD + "QP099001,A,V,1177,692,464,7.5\nQP099002,B,V,1000,600,400,7.5\n"
    assert run(_file(tmp_path, two)).created == 2
    again = run(_file(tmp_path, two))
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
    changed = run(_file(tmp_path, two.replace("400", "401")))
    assert (changed.changed, changed.unchanged) == (1, 1)
    assert _values("QP099002")["abcde"] == 401


def test_a_dry_run_writes_nothing(db: None, tmp_path: Path) -> None:
    assert run(_file(tmp_path, HEAD + "QP099001,A,V,1,1,1,1\n"), dry_run=True).created == 1
    assert not Territoire.objects.filter(code="QP099001").exists()


def test_a_withheld_figure_stays_missing(db: None, tmp_path: Path) -> None:
    run(_file(tmp_path, HEAD + "QP099001,A,V,1177,s,nd,\n"))
    assert _values("QP099001") == {"pop_mun": 1177}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2A004,A,V,1,1,1,1", "le territoire 2A004 n'est pas dans l'annuaire (importez « places »)."),
        (
            "pas un code,A,V,1,1,1,1",
            "« pas un code » n'est ni un code de quartier prioritaire ni un code de commune.",
        ),
        (
            "QP099009,A,V,1,1,beaucoup,1",
            "« beaucoup » n'est pas un nombre (Demandeurs d'emploi en fin de mois, toutes catégories).",
        ),
        (
            "QP099009,A,V,1,1,1,175",
            "« 175 » est hors de ce qui est possible (Ménages qui vivent surtout d'indemnités de chômage).",
        ),
        (
            "QP099009,A,V,-4,1,1,1",
            "« -4 » est hors de ce qui est possible (Population municipale du quartier).",
        ),
        (
            "QP099009,A,V,nan,1,1,1",
            "« nan » est hors de ce qui est possible (Population municipale du quartier).",
        ),
        ("QP099001,A,V,1,1,1,1", "le territoire QP099001 est déjà donné à la ligne 2."),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_the_others_come_in(
    db: None, tmp_path: Path, row: str, reason: str
) -> None:
    made = run(_file(tmp_path, HEAD + "QP099001,A,V,1,1,1,1\n" + row + "\n"))
    assert [(r.ligne, r.motif) for r in made.rejected] == [(3, reason)]
    assert list(Territoire.objects.filter(code__startswith="QP099").values_list("code", flat=True)) == [
        "QP099001"
    ]


def test_the_dictionary_beside_the_file_says_what_a_column_means(db: None, tmp_path: Path) -> None:
    _file(tmp_path, "colonne,description\nabcde,Nombre total de demandeurs\n", "qpv_dictionnaire.csv")
    run(_file(tmp_path, HEAD + "QP099001,A,V,1,1,1,1\n"))
    assert (
        Territoire.objects.get(code="QP099001").indicateurs["abcde"]["libelle"]
        == "Nombre total de demandeurs"
    )


def test_a_mapping_names_any_other_column(db: None, tmp_path: Path) -> None:
    path = _file(tmp_path, "quartier;libellé;tx_sans_diplome\nQN09901M;A;31,4\n", "autre.csv")
    made = run(path, mapping={"code": "quartier", "nom": "libellé", "sans_diplome": "tx_sans_diplome"})
    assert made.created == 1
    assert _values("QN09901M") == {"tx_sans_diplome": 31.4}
    assert Territoire.objects.get(code="QN09901M").millesime == 2024


@pytest.mark.parametrize(
    ("text", "mapping", "reason"),
    [
        ("a,b\n1,2\n", None, "La colonne « code » manque"),
        ("code_qp,x\nQP099001,2\n", None, "ne porte aucun indicateur connu"),
        ("code_qp,x\nQP099001,2\n", {"hlm": "y"}, "La colonne « y » n'est pas dans"),
        ("code_qp,x\nQP099001,2\n", {"tristesse": "x"}, "La correspondance nomme « tristesse »"),
        ("", None, "Le fichier est vide."),
    ],
)
def test_a_file_that_measures_nothing_is_refused_whole(
    db: None, tmp_path: Path, text: str, mapping: dict[str, str] | None, reason: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        run(_file(tmp_path, text), mapping=mapping)
    assert reason in str(refused.value)


def test_a_territory_page_shows_the_figures_their_source_and_why_others_are_missing(
    db: None, tmp_path: Path, client: Client
) -> None:
    load_study()
    run(_file(tmp_path, HEAD + "QP099001,Le Port,Brisemer,1177,692,1464,7.5\n"))
    html = client.get("/etude/territoires/quartier/QP099001/").content.decode()
    assert "1\N{NARROW NO-BREAK SPACE}464\N{NO-BREAK SPACE}personnes" in html
    assert "7,5\N{NO-BREAK SPACE}%" in html
    assert html.count("qpv_indicateurs.csv, année non précisée") == 3
    assert html.count("Le fichier importé (qpv_indicateurs.csv) ne le donne pas pour ce territoire.") == 3
    empty = client.get("/etude/territoires/commune/45234/").content.decode()
    assert empty.count("Aucun fichier n&#x27;a été importé pour ce territoire") == 1
    assert empty.count("aucune mesure") == 5
    assert "Le Port" in client.get("/etude/territoires/").content.decode()


@pytest.mark.skipif(
    not PUBLISHED.is_file(), reason="FICHIER PUBLIÉ ABSENT : essai réel des indicateurs non fait"
)
def test_a_real_published_file_comes_in_whole(db: None) -> None:
    made = run(PUBLISHED)
    assert (made.created, made.rejected) == (105, [])
    assert _values("QP009001") == {"pop_mun": 1177, "percou": 692, "abcde": 255}
    libelle = Territoire.objects.get(code="QP009001").indicateurs["abcde"]["libelle"]
    assert libelle == "Nombre total de demandeurs d'emploi en fin de mois"
