"""Notes kept elsewhere come in once, whole or not at all, and what cannot come in is said; they go out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import Workbook, load_workbook

from maillage.audit.models import Ligne
from maillage.base.encryption import unseal
from maillage.comptes.acteur import Acteur
from maillage.directory.imports.report import ImportRefused, Rejection
from maillage.directory.models import Lieu
from maillage.main_courante.actions.notes import cancel_note, correct_note, write_note
from maillage.main_courante.exports import HEADERS, export_notes
from maillage.main_courante.imports import notes
from maillage.main_courante.imports.correspondance import recall
from maillage.main_courante.imports.tableur import parse_date, parse_degrees, parse_hour
from maillage.main_courante.models import Correspondance, Note
from maillage.main_courante.saisie import NoteData
from tests.cast import Cast, Membre

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[3] / "shared" / "data"
published = pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not here")
HEAD = "Jour;Heure;Endroit;Motif;Ambiance;Nombre;Commentaire"
FRENCH = {"service=": "alm"}


def _csv(path: Path, *rows: str, head: str = HEAD, encoding: str = "utf-8-sig") -> Path:
    path.write_bytes("\r\n".join([head, *rows, ""]).encode(encoding))
    return path


def _counts(path: Path, **options: Any) -> tuple[int, int, int]:
    report = notes.run(path, **options)
    return report.created, report.unchanged, len(report.rejected)


def _reasons(path: Path, **options: Any) -> list[tuple[int, str]]:
    return [(one.ligne, one.motif) for one in notes.run(path, **options).rejected]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "notes.csv"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_a_french_table_becomes_notes(cast: Cast, file: Path, encoding: str) -> None:
    row = '01/02/2024;21h30;hall 4;Éclairage;RAS;7;"Lampe ""éteinte"";\nà l’entrée"'
    assert _counts(_csv(file, row, encoding=encoding), mapping={**FRENCH, "ambiance:RAS": "ras"}) == (1, 0, 0)
    note = Note.objects.get()
    kept = (
        note.service.code,
        note.lieu,
        note.jour,
        note.creneau,
        note.categorie,
        note.ambiance,
        note.effectif,
    )
    assert kept == ("alm", cast.hall, date(2024, 2, 1), "nuit", "eclairage", "ras", "5_9")
    assert note.observee_le.isoformat() == "2024-02-01T20:30:00+00:00"
    assert unseal(note, "texte_scelle") == 'Lampe "éteinte";\nà l’entrée'
    (line,) = Ligne.objects.filter(chaine__id=cast.alm.pk)
    assert (line.acte, line.objet_genre) == ("creation", "import")
    assert b"teinte" not in bytes(note.texte_scelle)


def test_the_same_file_again_adds_nothing_and_twins_are_two_notes(cast: Cast, file: Path) -> None:
    row = "01/02/2024;21:30;Hall 4;regroupement;;2;"
    _csv(file, row, row, "02/02/2024;1h;Hall 4;regroupement;;25;")
    assert _counts(file, mapping=FRENCH) == (3, 0, 0)
    assert _counts(file) == (0, 3, 0)
    assert Note.objects.count() == 3
    night = Note.objects.get(creneau="nuit_profonde")
    assert (night.jour, night.effectif, night.ambiance) == (date(2024, 2, 1), "20_plus", "ras")


def test_the_mapping_is_kept_for_the_same_columns_only(cast: Cast, file: Path) -> None:
    _csv(file, "01/02/2024;21:30;Hall 4;regroupement;;2;")
    assert _counts(file, mapping=FRENCH) == (1, 0, 0)
    report = notes.run(_csv(file, "03/02/2024;21:30;Hall 4;rodeo;;2;"))
    assert (report.created, report.remarks) == (
        1,
        ["Correspondance gardée la dernière fois, reprise pour ces colonnes."],
    )
    assert recall(HEAD.split(";")[:-1]) is None
    with pytest.raises(ImportRefused, match="Dites à quelle équipe"):
        notes.run(_csv(file, "03/02/2024;Hall 4;rodeo", head="jour;lieu;motif"))


def test_a_trial_writes_nothing(cast: Cast, file: Path) -> None:
    mapping = {**FRENCH, "lieux=": "créer", "territoire=": "QP99001"}
    _csv(file, "01/02/2024;21:30;Nouveau square;regroupement;;2;")
    assert _counts(file, mapping=mapping, dry_run=True) == (1, 0, 0)
    assert (Note.objects.count(), Correspondance.objects.count(), Ligne.objects.count()) == (0, 0, 0)
    assert set(Lieu.objects.values_list("nom", flat=True)) == {"Hall 4", "Square"}


def test_every_refused_row_says_why_and_the_others_come_in(cast: Cast, file: Path) -> None:
    good = "01/02/2024;21:30;Hall 4;regroupement;;2;"
    _csv(
        file,
        good,
        "31/02/2024;21:30;Hall 4;regroupement;;2;",
        "01/02/2024;25h;Hall 4;regroupement;;2;",
        "01/02/2024;;Hall 4;regroupement;;2;",
        "01/02/2024;21:30;Square;regroupement;;2;",
        "01/02/2024;21:30;;regroupement;;2;",
        "01/02/2024;21:30;Hall 4;danse;;2;",
        "01/02/2024;21:30;Hall 4;;;2;",
        "01/02/2124;21:30;Hall 4;regroupement;;2;",
        ";21:30;Hall 4;regroupement;;2;",
    )
    assert _reasons(file, mapping=FRENCH) == [
        (3, "« 31/02/2024 » n'est pas une date (jour/mois/année)."),
        (4, "« 25h » n'est pas une heure."),
        (5, "ni heure ni créneau (« creneau= » en donne un à tout le fichier)."),
        (6, "le lieu « Square » n'est pas dans le territoire de l'équipe."),
        (7, "le lieu manque."),
        (8, "« danse » n'est pas dans la liste « Motifs » de l'équipe."),
        (9, "« Motifs » manque."),
        (10, "« 01/02/2124 » n'est pas encore passé."),
        (11, "la date manque."),
    ]
    assert Note.objects.count() == 1


def test_a_reference_told_twice_or_changed_is_refused(cast: Cast, file: Path) -> None:
    head = f"Identifiant;{HEAD}"
    row = "{};01/02/2024;21:30;Hall 4;{};;2;"
    _csv(file, row.format(7, "rodeo"), row.format(7, "rodeo"), row.format(8, "tag"), head=head)
    assert _reasons(file, mapping=FRENCH) == [(3, "la référence « 7 » est là deux fois.")]
    _csv(file, row.format(7, "rixe"), row.format(8, "tag"), head=head)
    report = notes.run(file)
    assert report.rejected == [Rejection(2, "déjà importée avec un autre contenu ; l'ancienne est gardée.")]
    assert (report.created, report.unchanged) == (0, 1)
    assert Note.objects.get(categorie="rodeo").effectif == "2_4"


def test_nothing_of_a_person_enters(cast: Cast, file: Path) -> None:
    head = "Prénom*;Nom*;Téléphone;jour;creneau;lieu;motif;texte"
    row = "Charlie;Fondue;0639981234;01/02/2024;soiree;Hall 4;rodeo;{}"
    _csv(file, row.format("Vu Karim"), row.format("Rue Jean Jaurès"), head=head)
    for field in ("texte", "lieu"):
        with pytest.raises(ImportRefused, match="« Prénom\\* » parle d'une personne"):
            notes.run(file, mapping={**FRENCH, field: "Prénom*"})
    assert notes.run(file, mapping=FRENCH).remarks == [
        "1 texte(s) à relire, des mots y désignent peut-être quelqu'un : ligne(s) 2.",
        "Colonnes laissées de côté, elles parlent de personnes : Prénom*, Nom*, Téléphone.",
    ]


def test_a_list_of_persons_is_not_a_table_of_notes(cast: Cast, file: Path) -> None:
    _csv(file, "Charlie;Fondue;22/04/1997", head="Prénom*;Nom*;Date de naissance*")
    said = "Ce fichier parle de personnes (Prénom*, Nom*, Date de naissance*) et n'a pas de « date »"
    with pytest.raises(ImportRefused) as refused:
        notes.run(file, mapping=FRENCH)
    assert str(refused.value).startswith(said)
    assert Note.objects.count() == 0


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"service=": "inconnue"}, "Aucune équipe n'a le code « inconnue »."),
        ({**FRENCH, "quoi": "Motif"}, "La correspondance nomme « quoi »"),
        ({**FRENCH, "texte": "Absente"}, "La colonne « Absente » n'est pas dans le fichier."),
        ({**FRENCH, "dates=": "JJ"}, "« dates= » vaut JMA, MJA ou AMJ."),
        (
            {**FRENCH, "lieux=": "créer", "territoire=": "99002"},
            "« territoire= » doit donner le code d'une commune ou d'un quartier de l'équipe, pour y créer "
            "les lieux : QP99001 (Port-Rouge).",
        ),
    ],
)
def test_a_wrong_mapping_refuses_the_whole_file(
    cast: Cast, file: Path, mapping: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        notes.run(_csv(file, "01/02/2024;21:30;Hall 4;rodeo;;2;"), mapping=mapping)
    assert str(refused.value).startswith(sentence)


def test_places_are_created_with_the_coordinates_that_can_be(cast: Cast, file: Path) -> None:
    head = "date;heure;lieu;lon;lat;motif"
    _csv(
        file,
        "12/31/2023;8:04;10 Avenue;0;0;voirie",
        "12/31/2023;8:05;10 AVENUE;-73,95;40,7;voirie",
        "12/31/2023;8:06;Broadway;;;voirie",
        head=head,
    )
    mapping = {
        **FRENCH,
        "lieux=": "créer",
        "territoire=": "QP99001",
        "dates=": "MJA",
        "genre_de_lieu=": "arret",
    }
    assert notes.run(file, mapping=mapping).remarks == [
        "2 lieu(x) créé(s).",
        "1 ligne(s) aux coordonnées impossibles (0, 0…), ignorées.",
    ]
    made = Lieu.objects.filter(genre="arret").order_by("nom").values_list("nom", "longitude", "latitude")
    assert list(made) == [("10 Avenue", -73.95, 40.7), ("Broadway", None, None)]


def test_a_workbook_reads_like_a_table(cast: Cast, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Date", "Lieu", "Motif", "Nombre"])
    book.active.append([date(2024, 2, 1), "Hall 4", "Rixe, bagarre", 12.0])
    book.save(tmp_path / "notes.xlsx")
    assert _counts(tmp_path / "notes.xlsx", mapping={**FRENCH, "creneau=": "soiree"}) == (1, 0, 0)
    note = Note.objects.get()
    assert (note.jour, note.creneau, note.categorie, note.effectif) == (
        date(2024, 2, 1),
        "soiree",
        "rixe",
        "10_19",
    )
    (tmp_path / "faux.xlsx").write_bytes(b"PK pas un classeur")
    with pytest.raises(ImportRefused, match=r"faux\.xlsx n'est pas un classeur XLSX\."):
        notes.run(tmp_path / "faux.xlsx", mapping=FRENCH)


def test_what_goes_out_comes_back_without_adding_anything(cast: Cast, file: Path) -> None:
    _csv(file, "01/02/2024;21:30;Hall 4;rodeo;;2;=1+1", "01/02/2024;;Hall 4;tag;;;", head=HEAD)
    notes.run(file, mapping={**FRENCH, "creneau=": "soiree"})
    for form in ("csv", "xlsx"):
        back = file.with_suffix(f".{form}")
        back.write_bytes(export_notes(cast.alm, form=form))
        assert _counts(back, mapping=FRENCH) == (0, 2, 0)
    assert Note.objects.count() == 2


def test_the_files_that_leave(cast: Cast, file: Path) -> None:
    _csv(file, "01/02/2024;21:30;Hall 4;rodeo;tensions;2;=1+1")
    notes.run(file, mapping=FRENCH)
    Lieu.objects.filter(pk=cast.hall.pk).update(longitude=1.25, latitude=45.5)
    note = Note.objects.get()
    table = export_notes(cast.alm, form="csv").decode("utf-8-sig").split("\r\n")
    assert table[0] == ";".join(HEADERS)
    assert table[1] == (
        f"{note.pk};01/02/2024;Nuit, 21–24 h;Hall 4;Port-Rouge;Deux-roues bruyants, rodéo;Tensions;2 à 4;;"
        "Constat en ronde;;;1,25;45,5;'=1+1"
    )
    file.with_suffix(".xlsx").write_bytes(export_notes(cast.alm, form="xlsx"))
    cell = load_workbook(file.with_suffix(".xlsx")).worksheets[0].cell(row=2, column=len(HEADERS))
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    (feature,) = json.loads(export_notes(cast.alm, form="geojson"))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [1.25, 45.5]}
    assert "=1+1" not in json.dumps(feature)
    assert export_notes(cast.alm, form="csv", since=date(2024, 2, 2)).count(b"\r\n") == 1
    assert export_notes(cast.services["nuit"], form="csv").count(b"\r\n") == 1
    assert Ligne.objects.filter(acte="export", chaine__id=cast.alm.pk).count() == 4


def test_dates_hours_and_degrees() -> None:
    assert [
        parse_date(*told) for told in [("1/2/24", "JMA"), ("02-01-2024", "MJA"), ("2024.2.1", "AMJ")]
    ] == [date(2024, 2, 1)] * 3
    assert [f"{parse_hour(told):%H:%M}" for told in ("8:04", "21h30", "21 h 30", "7h", "21:30:00")] == [
        *("08:04", "21:30", "21:30", "07:00", "21:30")
    ]
    assert parse_degrees("2,5", "-48.5") == (2.5, -48.5)
    for wrong in (("", "1"), ("0", "0.0"), ("nan", "1"), ("200", "1"), ("est", "nord")):
        assert parse_degrees(*wrong) is None


@published
def test_residents_reports_of_zurich(cast: Cast) -> None:
    mapping = {
        **FRENCH,
        "lieu": "quartier",
        "lieux=": "créer",
        "territoire=": "QP99001",
        "creneau=": "midi",
        "categorie:Beleuchtung/Uhren": "eclairage",
        "categorie:Graffiti": "tag",
        "categorie:*": "voirie",
    }
    file = DATA / "zueri_wie_neu_2019.csv"
    assert _counts(file, mapping=mapping) == (5243, 0, 0)
    assert _counts(file) == (0, 5243, 0)
    assert Lieu.objects.filter(territoire__code="QP99001").exclude(pk=cast.hall.pk).count() == 22


@published
def test_street_events_of_new_york(cast: Cast) -> None:
    mapping = {
        **FRENCH,
        "reference": "COLLISION_ID",
        "date": "CRASH DATE",
        "heure": "CRASH TIME",
        "dates=": "MJA",
        "lieu": "ON STREET NAME|OFF STREET NAME",
        "lieux=": "créer",
        "territoire=": "QP99001",
        "longitude": "LONGITUDE",
        "latitude": "LATITUDE",
        "categorie=": "voirie",
    }
    report = notes.run(DATA / "nyc_collisions_2023-01-01_10.csv", mapping=mapping)
    assert (report.created, report.unchanged, len(report.rejected)) == (2231, 0, 0)
    assert report.remarks[-1] == "64 ligne(s) aux coordonnées impossibles (0, 0…), ignorées."
    assert not Lieu.objects.filter(longitude=0).exists()
    assert Note.objects.filter(jour__year__lt=2022).count() == 0


LISTS = ["beneficiaires", "charges_orientation", "professionnels", "reorientation", "structures"]


@published
@pytest.mark.parametrize("name", LISTS)
def test_lists_of_persons_of_a_public_application_stay_out(cast: Cast, name: str) -> None:
    with pytest.raises(ImportRefused, match="Ce fichier parle de personnes"):
        notes.run(DATA / "imports_carnet_de_bord" / f"import_{name}.csv", mapping=FRENCH)
    assert Note.objects.count() == 0


def test_a_corrected_note_leaves_as_its_correction_and_a_withdrawn_one_stays(
    cast: Cast, acting: Callable[[Membre], Acteur], a_note: Callable[..., NoteData]
) -> None:
    nadia = acting(cast.nadia)
    first, gone = (write_note(by=nadia, data=a_note(texte=texte)).note for texte in ("avant", "retirée"))
    assert first is not None
    assert gone is not None
    correct_note(by=nadia, note=first, data=a_note(texte="après"))
    cancel_note(by=nadia, note=gone, correction=uuid4())
    rows = export_notes(cast.nadia.service, form="csv").decode("utf-8-sig").split("\r\n")[1:-1]
    assert [row.split(";")[-1] for row in rows] == ["après"]
