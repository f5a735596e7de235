"""The State's yearly file of adulte-relais posts, as published: exact totals, and nothing twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from maillage.cli import main
from maillage.directory.adultes_relais import posts_of, say_euros, totaux
from maillage.directory.imports import adultes_relais
from maillage.directory.imports.adultes_relais import PostsReport, parse_cents
from maillage.directory.imports.report import ImportRefused, Rejection
from maillage.directory.models import PosteAdulteRelais, Structure

pytestmark = pytest.mark.django_db
NEAR = (one / "shared" / "data" for one in Path(__file__).resolve().parents)
DATA = next((one for one in NEAR if one.is_dir()), Path("absent"))
HEADER = "annee;id_poste;siret;raison_sociale;montant;code_contrat_ville;departement;region"
ALPMS, OTHER, MOVED = "42310040300025", "77555992500042", "77555992500059"
# One post paid to two employers in a year, one employer under two spellings, a year later.
LINES = (
    f"2020;01720R000100;{ALPMS};MEDIATION DU PORT ASSOC;19875,06;CV001;17;75",
    f"2020;01720R000200;{ALPMS};MEDIATION DU PORTS ASSOC;19875,06;CV001;17;75",
    f"2020;01319R051500;{OTHER};SYNERGIE;19875,06;CV049;13;93",
    f"2020;01319R051500;{MOVED};SYNERGIE;19875,06;CV049;13;93",
    f"2021;01319R051500;{MOVED};SYNERGIE;20071,82;;13;93",
)


def _file(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "adultes_relais.csv"
    file.write_bytes(("\ufeff" + "\r\n".join((HEADER, *lines)) + "\r\n").encode())
    return file


def _counts(report: PostsReport) -> tuple[int, int, int, int]:
    return report.created, report.changed, report.unchanged, len(report.rejected)


def test_the_totals_are_exact_to_the_cent(tmp_path: Path) -> None:
    report = adultes_relais.run(_file(tmp_path, *LINES))
    assert _counts(report) == (5, 0, 0, 0)
    assert [one.as_json() for one in report.totaux] == [
        {
            "annee": 2020,
            "departement": "13",
            "lignes": 2,
            "postes_distincts": 1,
            "montant": 39750.12,
            "employeurs": 2,
        },
        {
            "annee": 2020,
            "departement": "17",
            "lignes": 2,
            "postes_distincts": 2,
            "montant": 39750.12,
            "employeurs": 1,
        },
        {
            "annee": 2021,
            "departement": "13",
            "lignes": 1,
            "postes_distincts": 1,
            "montant": 20071.82,
            "employeurs": 1,
        },
    ]
    assert (
        "2020, 13 : 2 lignes, 1 postes, 39\N{NARROW NO-BREAK SPACE}750,12\N{NO-BREAK SPACE}€, 2 employeurs."
        in report.lines()
    )


def test_two_spellings_are_one_employer(tmp_path: Path) -> None:
    report = adultes_relais.run(_file(tmp_path, *LINES))
    found = Structure.objects.get(siret=ALPMS)
    assert (found.nom, found.variantes) == ("MEDIATION DU PORT ASSOC", ["MEDIATION DU PORTS ASSOC"])
    assert "1 employeur(s) complété(s) ou sous une autre orthographe, gardée." in report.remarks


def test_read_again_adds_nothing_and_a_new_amount_is_a_change(tmp_path: Path) -> None:
    adultes_relais.run(_file(tmp_path, *LINES))
    assert _counts(adultes_relais.run(_file(tmp_path, *LINES))) == (0, 0, 5, 0)
    later = LINES[0].replace("19875,06", "20 000")
    assert _counts(adultes_relais.run(_file(tmp_path, later))) == (0, 1, 0, 0)
    assert PosteAdulteRelais.objects.get(numero="01720R000100").montant_centimes == 2_000_000
    assert Structure.objects.count() == 3


def test_a_dry_run_says_the_totals_and_writes_nothing(tmp_path: Path) -> None:
    report = adultes_relais.run(_file(tmp_path, *LINES), dry_run=True)
    assert (report.created, len(report.totaux)) == (5, 3)
    assert (PosteAdulteRelais.objects.count(), Structure.objects.count()) == (0, 0)


def test_a_repeated_row_counts_once_and_a_contradiction_is_said(tmp_path: Path) -> None:
    report = adultes_relais.run(_file(tmp_path, LINES[0], LINES[0], LINES[0].replace("19875,06", "1,00")))
    assert _counts(report) == (1, 0, 0, 1)
    assert report.remarks == ["1 ligne(s) répétée(s) telle(s) quelle(s), comptée(s) une fois."]
    assert report.rejected == [Rejection(4, "le poste 01720R000100 de 2020 est déjà ligne 2.")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (ALPMS, "4,231E+13", "SIRET « 4,231E+13 » abrégé par un tableur : remettez ses 14 chiffres."),
        (ALPMS, "42310040300026", "SIRET « 42310040300026 » : la clé de contrôle ne tombe pas juste."),
        (ALPMS, "", "« siret » manque."),
        ("2020", "20", "« 20 » n'est pas une année."),
        ("01720R000100", "=1+1", "« =1+1 » n'est pas un numéro de poste."),
        ("19875,06", "1,9E+4", "« 1,9E+4 » n'est pas un montant en euros."),
        ("19875,06", "-3", "« -3 » n'est pas un montant en euros."),
        ("19875,06", "1,005", "« 1,005 » n'est pas un montant en euros et centimes."),
        (";17;", ";X9;", "« X9 » n'est pas un code de département."),
    ],
)
def test_a_bad_row_is_said_and_the_others_come_in(tmp_path: Path, old: str, new: str, said: str) -> None:
    report = adultes_relais.run(_file(tmp_path, LINES[0].replace(old, new, 1), LINES[2]))
    assert report.rejected == [Rejection(2, said)]
    assert PosteAdulteRelais.objects.count() == 1


def test_what_a_spreadsheet_does_to_codes_is_mended(tmp_path: Path) -> None:
    line = LINES[0].replace(";17;75", ";7;84").replace(ALPMS, f'"{ALPMS[:3]} {ALPMS[3:]}"')
    assert _counts(adultes_relais.run(_file(tmp_path, line))) == (1, 0, 0, 0)
    assert PosteAdulteRelais.objects.get().departement == "07"


def test_a_file_without_its_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "autre.csv"
    file.write_text("annee;siret\n2020;1\n", encoding="utf-8")
    with pytest.raises(ImportRefused, match="numero"):
        adultes_relais.run(file)


def test_a_legal_person_reads_its_posts_whatever_its_siret(tmp_path: Path) -> None:
    adultes_relais.run(_file(tmp_path, *LINES))
    assert posts_of(Structure.objects.get(siret=OTHER)) == [(2020, 1, 3_975_012), (2021, 1, 2_007_182)]
    assert posts_of(Structure.objects.create(nom="Sans SIRET")) == []
    assert say_euros(578_364_246) == "5_783_642,46\N{NO-BREAK SPACE}€".replace(
        "_", "\N{NARROW NO-BREAK SPACE}"
    )
    assert [parse_cents(text) for text in ("19875,06", "19 875,06 €", "7", "0,5")] == [
        1_987_506,
        1_987_506,
        700,
        50,
    ]


def test_the_command_says_it_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "adultes-relais", str(_file(tmp_path, *LINES)), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["totaux"][2]["montant"] == 20071.82


@pytest.mark.skipif(not DATA.is_dir(), reason="the published file is not here")
def test_the_published_file_gives_its_published_totals() -> None:
    report = adultes_relais.run(DATA / "adultes_relais_2020_2023.csv")
    assert _counts(report) == (1944, 0, 0, 0)
    years = json.loads((DATA / "adultes_relais_totaux.json").read_text(encoding="utf-8"))["annees"]
    published = {
        (int(year), code): said for year, all_ in years.items() for code, said in all_["departements"].items()
    }
    found = {(one.annee, one.departement): dict(one.as_json()) for one in totaux()}
    for key, one in found.items():
        assert (one.pop("annee"), one.pop("departement")) == key
    assert found == published
    assert _counts(adultes_relais.run(DATA / "adultes_relais_2020_2023.csv")) == (0, 0, 1944, 0)
