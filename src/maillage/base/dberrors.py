"""Why the database refused, in one French sentence: its own language is not ours."""

import re

STALE = "La base n'est pas à jour de cette version : lancez « maillage init »."
# The first that is found in what the driver says; a server in French says some of them its own way.
REASONS = (
    (r"connection refused|\.s\.pgsql\.\d+. failed: no such file", "rien n'écoute à cette adresse"),
    (r"resolve host|name or service not known|translate host name", "ce nom de machine est inconnu"),
    (r"pg_hba\.conf", "PostgreSQL n'admet pas cette machine, ou pas sans TLS : complétez son pg_hba.conf"),
    (r"password authentication|mot de passe", "PostgreSQL refuse ce compte ou ce mot de passe"),
    (r"(database|base de données) .*(does not exist|n'existe pas)", "PostgreSQL n'a pas cette base"),
    (r"permission denied|droit refusé", "ce compte n'en est pas le propriétaire"),
    (r"does not support ssl", "PostgreSQL n'a pas TLS, que l'adresse demande : réglez ssl = on"),
    (r"read-only|lecture seule", "seule une réplique répond, qui n'accepte pas d'écriture"),
    (r"starting up|shutting down|démarrage|arrêt", "PostgreSQL démarre ou s'arrête"),
    (r"too many (clients|connections)|trop de clients|connection slots", "trop de connexions à la fois"),
    (r"timeout|timed out|no route|unreachable", "le serveur ne répond pas à temps"),
    (r"lock timeout|database is locked", "quelqu'un la tient : recommencez un peu plus tard"),
    (r"unable to open", "son fichier ne s'ouvre pas"),
    (r"not a database|malformed", "son fichier est abîmé"),
    (r"disk is full|no space left", "le disque est plein"),
)
MISSING = r"no such (table|column)|relation .* (does not exist|n'existe pas)|(column|colonne) .*exist"


def refusal(error: Exception) -> str:
    """Return one sentence for what a database's error says, its first words as they came when unknown."""
    said = str(error).strip()
    lowered = said.lower()
    if re.search(MISSING, lowered):
        return STALE
    for pattern, reason in REASONS:
        if re.search(pattern, lowered):
            return f"La base de données ne répond pas : {reason}."
    first = said.partition("\n")[0].rstrip(".") or type(error).__name__
    return f"La base de données ne répond pas, ou refuse : {first}."
