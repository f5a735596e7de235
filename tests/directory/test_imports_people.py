"""Structures and posts from files as people keep them; what goes out comes back without a change."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maillage.cli import main
from maillage.directory import exports
from maillage.directory.imports import places, posts, structures
from maillage.directory.imports.outlines import read_outline
from maillage.directory.imports.report import ImportRefused, Rejection, Report
from maillage.directory.models import Poste, Professionnel, Service, Structure, Territoire

pytestmark = pytest.mark.django_db

HEADER = "service;prenom;nom;role;fonction;emploi;debut;fin;telephone;courriel;preuve;fondements_secret"
GOOD = "prevention;Zoé;Légase;educateur;educateur_prevention;salarie_prive;01/09/2024;;601020304;z@ex.fr;;"


def _file(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "fichier.csv"
    file.write_bytes(("\ufeff" + "\r\n".join(lines) + "\r\n").encode())
    return file


def _totals(report: Report) -> tuple[int, int, int]:
    return report.created, report.changed, report.unchanged


def test_structures_are_recognised_by_siret_then_by_name(tmp_path: Path) -> None:
    file = _file(
        tmp_path,
        "Nom*;Siret",
        "ALPMS;42310040300025",
        "Agence locale;423 100 403 00025",
        "Le Club;",
        "LE CLUB;",
        "Le Club;",
    )
    assert _totals(structures.run(file)) == (2, 2, 1)
    assert list(Structure.objects.order_by("nom").values_list("nom", "siret", "variantes")) == [
        ("ALPMS", "42310040300025", ["Agence locale"]),
        ("Le Club", "", ["LE CLUB"]),
    ]
    assert _totals(structures.run(file)) == (0, 0, 5)


def test_two_sirets_under_one_name_are_two_structures(tmp_path: Path) -> None:
    file = _file(tmp_path, "nom;siret", "ADDAP 13;77555992500042", "ADDAP 13;42310040300025")
    assert _totals(structures.run(file)) == (2, 0, 0)


@pytest.mark.parametrize(
    ("siret", "said"),
    [
        ("1,2E+13", "SIRET « 1,2E+13 » abrégé par un tableur : remettez ses 14 chiffres."),
        ("4231004030002", "SIRET « 4231004030002 » : 14 chiffres attendus."),
        ("42310040300026", "SIRET « 42310040300026 » : la clé de contrôle ne tombe pas juste."),
    ],
)
def test_a_false_siret_is_refused(tmp_path: Path, siret: str, said: str) -> None:
    assert structures.run(_file(tmp_path, "nom;siret", f"X;{siret}")).rejected == [Rejection(2, said)]
    assert not Structure.objects.exists()


def test_la_poste_has_its_own_key() -> None:
    assert structures.parse_siret("356 000 000 00048") == "35600000000048"


def test_posts_come_in_once_and_are_brought_up_to_date(tmp_path: Path, prevention: Service) -> None:
    assert _totals(posts.run(_file(tmp_path, HEADER, GOOD))) == (1, 0, 0)
    poste = Poste.objects.select_related("professionnel").get()
    assert (str(poste), poste.debut, poste.professionnel.telephone) == (
        "Zoé Légase (Éducateur·rice)",
        date(2024, 9, 1),
        "06 01 02 03 04",
    )
    assert _totals(posts.run(_file(tmp_path, HEADER, GOOD))) == (0, 0, 1)
    ended = GOOD.replace("01/09/2024;", "2024-09-01;31/12/2025")
    assert _totals(posts.run(_file(tmp_path, HEADER, ended))) == (0, 1, 0)
    assert Poste.objects.get().fin == date(2025, 12, 31)


def test_a_new_post_of_someone_known_is_hers(tmp_path: Path, prevention: Service) -> None:
    promoted = GOOD.replace("educateur;educateur_prevention", "chef_de_service;cadre_municipal")
    posts.run(_file(tmp_path, HEADER, GOOD, promoted))
    assert (Professionnel.objects.count(), Poste.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("prevention;", "ailleurs;", "le service « ailleurs » n'existe pas."),
        ("Zoé", "", "« prenom » manque."),
        ("01/09/2024;", "31/02/2024;", "« 31/02/2024 » n'est pas une date (JJ/MM/AAAA)."),
        ("01/09/2024;", "01/09/2024;01/08/2024", "la fin du poste est avant son début."),
        ("601020304", "12", "« 12 » n'est pas un numéro de téléphone."),
        ("z@ex.fr", "z@", "« z@ » n'est pas une adresse électronique."),
        ("Légase", "L" * 81, "« nom » dépasse 80 caractères."),
        ("z@ex.fr;;", "z@ex.fr;;rumeur", "« rumeur » n'est pas un fondement du secret : mission_ase,"),
        (";educateur;", ";espion;", "« espion » n'est pas une valeur de « role » : mediateur,"),
    ],
)
def test_a_false_post_is_refused_with_its_reason(
    tmp_path: Path, prevention: Service, before: str, after: str, said: str
) -> None:
    found = posts.run(_file(tmp_path, HEADER, GOOD.replace(before, after, 1))).rejected
    assert [(one.ligne, one.motif.startswith(said)) for one in found] == [(2, True)], found
    assert not Professionnel.objects.exists()


def test_a_role_may_be_given_by_its_label(tmp_path: Path, prevention: Service) -> None:
    posts.run(_file(tmp_path, HEADER, GOOD.replace(";educateur;", ";Éducateur·rice;")))
    assert Poste.objects.get().role == "educateur"


def test_what_is_exported_comes_back_without_a_change(
    tmp_path: Path, prevention: Service, post: Any, commune: Territoire
) -> None:
    post(prevention, nom="=Un", preuve="-fiche", fondements_secret=["mission_ase", "autre_texte"])
    place = Territoire.objects.create(
        genre="quartier", code="QN01301M", nom="+Nord", millesime=2024, parent=commune
    )
    place.communes.add(commune)
    crossed = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    place.geometrie = read_outline(crossed).geometry
    place.attributs = {"contour": "repare"}
    place.save()
    for kind, module in (("posts", posts), ("structures", structures), ("places", places)):
        file = tmp_path / f"{kind}.csv"
        file.write_bytes(exports.as_csv(kind))
        assert b"\r\n=" not in file.read_bytes()
        assert b";=" not in file.read_bytes()
        report = module.run(file)
        assert (_totals(report), report.rejected) == ((0, 0, 1), [])
    outlines = tmp_path / "places.geojson"
    outlines.write_bytes(exports.places_geojson())
    assert _totals(places.run(outlines)) == (0, 0, 1)
    assert Territoire.objects.get(pk=place.pk).attributs == {"contour": "repare"}


def test_the_command_reports_and_says_what_was_refused(
    tmp_path: Path, prevention: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = GOOD.replace("prevention;", "ailleurs;")
    assert main(["import", "posts", str(_file(tmp_path, HEADER, GOOD, bad)), "--dry-run"]) == 2
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "Essai à blanc : rien n'a été écrit.",
        "1 ajouté(s), 0 modifié(s), 0 déjà là, 1 refusé(s).",
        "Ligne 3 refusée : le service « ailleurs » n'existe pas.",
    ]
    assert err == "maillage : 1 ligne(s) refusée(s)\n"
    assert not Poste.objects.exists()


def test_the_command_refuses_what_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "places", str(tmp_path / "absent.csv")]) == 2
    assert capsys.readouterr().err.startswith("maillage : Impossible de lire ")
    with pytest.raises(SystemExit) as leaving:
        main(["import", "fantomes", "x"])
    assert leaving.value.code == 2


def test_a_list_of_persons_never_becomes_structures(tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(
        "Courriel*;Prénom*;Nom*;Organisme\na@exemple.fr;Salomé;Légase;Régie\n", encoding="utf-8-sig"
    )
    with pytest.raises(ImportRefused, match=r"parle de personnes \(Prénom\*\)"):
        structures.run(file)
    assert not Structure.objects.filter(nom="Légase").exists()
    assert structures.run(file, mapping={"nom": "Organisme"}).created == 1
    assert Structure.objects.filter(nom="Régie").exists()


def test_the_export_command_writes_and_is_recorded(tmp_path: Path, prevention: Service) -> None:
    from maillage.audit.models import Ligne

    file = tmp_path / "structures.csv"
    assert main(["export", "structures", str(file)]) == 0
    assert file.read_bytes() == exports.as_csv("structures")
    assert list(Ligne.objects.values_list("acte", "detail")) == [("export", {"genre": "structures"})]
