"""The bench of divided tables: the same rows wherever they lie, and what a divided table cannot promise."""

from __future__ import annotations

import pytest
from django.db import connection

from maillage.audit.models import Ligne
from maillage.bench import partitions
from maillage.bench.layouts import ECHANGE, LAYOUTS, LIGNE, NOTE, lay
from maillage.bench.partitions import SERVICES, build_network
from maillage.main_courante.models import Note
from maillage.sharing.models import Echange

COUNTS = {NOTE: 240, ECHANGE: 60, LIGNE: 120}


@pytest.mark.django_db
def test_each_layout_holds_the_same_rows_and_time_costs_more_promises_than_service() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")
    network, lost = build_network(COUNTS[LIGNE]), {}
    with connection.cursor() as cursor:
        for layout in ("telle", "an", "service"):
            told = lay(cursor, layout, network, COUNTS)
            lost[layout] = {name for names in told.values() for name in names}
            cursor.execute(f"SET LOCAL search_path TO {layout}, public")
            assert [rows.objects.count() for rows in (Note, Echange, Ligne)] == list(COUNTS.values())
            assert Note.objects.filter(service=network.services[0]).count() == COUNTS[NOTE] // SERVICES
    assert lost["telle"] == set()
    assert lost["service"] == {"main_courante_note_pkey", "sharing_echange_pkey", "audit_ligne_pkey"}
    assert lost["an"] == lost["service"] | {"note_compteur_unique", "rang_unique_par_chaine"}


def test_the_figures_are_said_beside_the_single_table() -> None:
    figures = {layout: {"page": 2.0 * (1 + rank), "octets": 3e6} for rank, layout in enumerate(LAYOUTS)}
    lost = {"perdu": {"telle": [], "an": ["une_cle"]}, "pointent": ["une_autre"]}
    said = partitions.lines({"sizes": [{"lignes": (3, 2, 1), "figures": figures, **lost}]})
    assert said[0] == "3 notes, 2 échanges, 1 lignes de journal :"
    assert said[1] == (
        "  les notes d'un service, première page : 2.00 ms ; an ×2.00, mois ×3.00, service ×4.00, deux ×5.00"
    )
    assert "  place des trois tables : 3 Mo ; an ×1.00, mois ×1.00, service ×1.00, deux ×1.00" in said
    assert said[-2:] == ["  an affaiblit : une_cle", "  toutes perdent les clés étrangères : une_autre"]


def test_sqlite_divides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert partitions.lines(partitions.run()) == ["Seulement sur PostgreSQL : donnez DATABASE_URL."]
