"""What a database refuses is said in French, with what to look at."""

import psycopg
import pytest

from maillage.base.dberrors import STALE, refusal

PLACE = 'connection failed: connection to server at "10.0.0.9", port 5432 failed: '


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (PLACE + "Connection refused\n\tIs the server running?", "rien n'écoute à cette adresse"),
        (
            "failed to resolve host 'bases': [Errno -2] Name or service not known",
            "ce nom de machine est inconnu",
        ),
        (
            PLACE + 'FATAL:  no pg_hba.conf entry for host "10.0.0.9", no encryption',
            "PostgreSQL n'admet pas cette machine, ou pas sans TLS : complétez son pg_hba.conf",
        ),
        (
            PLACE + 'FATAL:  password authentication failed for user "ville"',
            "PostgreSQL refuse ce compte ou ce mot de passe",
        ),
        (
            PLACE + "FATAL:  authentification par mot de passe échouée pour l'utilisateur « ville »",
            "PostgreSQL refuse ce compte ou ce mot de passe",
        ),
        (PLACE + 'FATAL:  database "ville" does not exist', "PostgreSQL n'a pas cette base"),
        ("connection timeout expired", "le serveur ne répond pas à temps"),
        ("unable to open database file", "son fichier ne s'ouvre pas"),
    ],
)
def test_each_says_what_to_look_at(given: str, said: str) -> None:
    assert refusal(psycopg.OperationalError(given)) == f"La base de données ne répond pas : {said}."


@pytest.mark.parametrize(
    "given", ["no such table: comptes_compte", 'relation "comptes_compte" does not exist']
)
def test_a_missing_table_is_a_database_behind(given: str) -> None:
    assert refusal(psycopg.ProgrammingError(given)) == STALE


def test_what_is_unknown_keeps_its_own_first_words() -> None:
    said = "La base de données ne répond pas, ou refuse : bizarre."
    assert refusal(psycopg.OperationalError("bizarre\nDETAIL: x")) == said
