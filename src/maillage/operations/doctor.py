"""What `maillage doctor` looks at: one sentence per thing, and what to do when it is not well."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.models import F, Max

from maillage.audit.models import Chaine, Ligne, TeteSignee
from maillage.audit.triggers import missing
from maillage.base import clock
from maillage.base.dberrors import refusal
from maillage.base.encryption import keyring
from maillage.base.models import CleDonnees
from maillage.base.seals import unsealed
from maillage.operations.backup import LAST
from maillage.operations.health import durability_complaints, migration_complaints
from maillage.operations.jobs import stuck
from maillage.operations.models import Travail
from maillage.operations.policies import passed_by, wanting
from maillage.operations.replica import Unfit, examined

GIB = 1 << 30
# A clock set back, or a database that lives elsewhere and disagrees, gives false dates to everything.
CLOCK_TOLERANCE = timedelta(seconds=30)
HEAD_DUE, BACKUP_DUE, BACKUP_LATE, WORK_DUE = (timedelta(days=days) for days in (2, 2, 7, 1))


class Etat(Enum):
    """How a thing is: well, to be watched, or wrong."""

    BIEN = "bien"
    ATTENTION = "attention"
    MAL = "mal"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its name, how it is, a sentence, and the cure when it is not well."""

    nom: str
    etat: Etat
    phrase: str
    remede: str = ""


def examine() -> Iterator[Finding]:
    """Look at everything, in the order in which one thing rests on another; nothing is changed.

    A look that fails is itself a finding, so that one broken part does not hide the others. A database
    that does not open is said once, and only what does without it is looked at.
    """
    looks = _LOOKS
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding("base", Etat.MAL, refusal(error), "Rendez-la joignable, puis relancez maillage doctor.")
        looks = tuple(one for one in _LOOKS if one[0] in _WITHOUT_DATABASE)
    for name, look in looks:
        try:
            yield look()
        except (DatabaseError, OSError, ValueError, KeyError) as error:
            yield Finding(
                name,
                Etat.MAL,
                f"Cet examen a échoué ({type(error).__name__}).",
                "Vérifiez que la base répond et que les fichiers se lisent, puis recommencez.",
            )


def _settings() -> Finding:
    complaints = durability_complaints()
    if complaints:
        return Finding("base", Etat.MAL, complaints[0], "Retirez ce réglage de la base, puis relancez.")
    return Finding("base", Etat.BIEN, "Ce qui est dit « enregistré » est sur le disque.")


def _migrations() -> Finding:
    complaints = migration_complaints()
    if complaints:
        return Finding("migrations", Etat.MAL, complaints[0], "maillage init")
    return Finding("migrations", Etat.BIEN, "La base est à jour de cette version.")


def _triggers() -> Finding:
    lost = missing(connection)
    if lost:
        said = f"Le journal n'est plus protégé dans la base : {', '.join(lost)}."
        return Finding(
            "déclencheurs",
            Etat.MAL,
            said,
            "maillage init les remet ; puis vérifiez le journal contre un export ancien.",
        )
    return Finding("déclencheurs", Etat.BIEN, "La base refuse de modifier le journal.")


def _seals() -> Finding:
    broken = {str(kind._meta.verbose_name): len(rows) for kind, rows in unsealed().items()}
    if broken:
        said = ", ".join(f"{name} ({number})" for name, number in broken.items())
        return Finding(
            "sceaux",
            Etat.MAL,
            f"Des droits ont été écrits ou changés hors de Maillage, ils ne valent rien : {said}.",
            "Cherchez qui écrit dans la base ; puis refaites ces droits dans les écrans.",
        )
    return Finding("sceaux", Etat.BIEN, "Chaque droit porte le sceau de qui l'a donné.")


def _wall() -> Finding:
    if connection.vendor == "sqlite":
        return Finding("mur", Etat.BIEN, "Sur SQLite, la porte seule sépare les services.")
    lost, role = wanting(connection), passed_by(connection)
    if role:
        said = f"Le rôle « {role} » passe à travers le mur : PostgreSQL ne sépare pas les services."
        cure = f'ALTER ROLE "{role}" NOSUPERUSER NOBYPASSRLS; ou un rôle ordinaire, dans DATABASE_URL.'
        return Finding("mur", Etat.MAL, said, cure)
    if lost:
        said = f"PostgreSQL ne garde plus ces tables : {', '.join(lost)}."
        return Finding("mur", Etat.MAL, said, "maillage init remet le mur.")
    return Finding("mur", Etat.BIEN, "PostgreSQL sépare lui-même les services.")


def _standby() -> Finding:
    try:
        until = examined()
    except Unfit as unfit:
        said = f"{unfit.phrase} Les statistiques se comptent dans la principale."
        return Finding("réplique", Etat.ATTENTION, said, unfit.remede)
    if until is None:
        return Finding("réplique", Etat.BIEN, "Aucune : les statistiques se comptent dans la base.")
    at = f"{until.astimezone(clock.PARIS):%H:%M:%S}"
    return Finding("réplique", Etat.BIEN, f"Elle suit jusqu'à {at} : les statistiques s'y comptent.")


def _keys() -> Finding:
    path = Path(settings.MAILLAGE_KEYS)
    mode = stat.S_IMODE(path.stat().st_mode)
    unknown = set(CleDonnees.objects.values_list("kek", flat=True).distinct()) - set(keyring().keks)
    if unknown:
        said = f"Le trousseau n'a plus {', '.join(sorted(unknown))}, dont des données dépendent."
        return Finding("clés", Etat.MAL, said, "Remettez le trousseau complet, gardé ailleurs.")
    if mode & 0o077:
        said = f"D'autres que son propriétaire peuvent lire {path} (droits {mode:o})."
        return Finding("clés", Etat.MAL, said, f"chmod 600 {path}")
    return Finding("clés", Etat.BIEN, "Le trousseau est complet, et son propriétaire seul le lit.")


def _clock() -> Finding:
    now = clock.now()
    last = Ligne.objects.aggregate(le=Max("le"))["le"]
    if last is not None and last > now + CLOCK_TOLERANCE:
        day = f"{last.astimezone(clock.PARIS):%d/%m/%Y à %H:%M}"
        return Finding(
            "horloge",
            Etat.MAL,
            f"L'horloge a reculé : le journal a déjà une ligne du {day}.",
            "Réglez l'heure de la machine (NTP) ; rien n'est à corriger dans le journal.",
        )
    if connection.vendor == "postgresql" and not settings.MAILLAGE_DEMO:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - now)
        if apart > CLOCK_TOLERANCE:
            said = f"La base et cette machine diffèrent de {apart.total_seconds():.0f} s."
            return Finding("horloge", Etat.MAL, said, "Réglez l'heure des deux machines (NTP).")
    return Finding("horloge", Etat.BIEN, "L'heure avance et s'accorde avec le journal.")


def _address() -> Finding:
    if settings.MAILLAGE_DEMO or not settings.HTTPS:
        state = Etat.BIEN if settings.MAILLAGE_DEMO else Etat.ATTENTION
        said = "Sans TLS, cette installation ne se sert que sur cette machine."
        cure = "" if state is Etat.BIEN else "Mettez un serveur TLS devant, puis retirez MAILLAGE_HTTPS=0."
        return Finding("adresse", state, said, cure)
    if settings.SITE.startswith("https://127."):
        said = "Aucun nom n'est servi : ni courriel ni invitation ne donnent une adresse qui marche."
        return Finding("adresse", Etat.MAL, said, "Donnez MAILLAGE_HOSTS, par exemple maillage.ville.fr.")
    return Finding("adresse", Etat.BIEN, f"L'adresse est {settings.SITE}.")


def _mail() -> Finding:
    if not settings.EMAIL_HOST:
        state = Etat.BIEN if settings.MAILLAGE_DEMO else Etat.ATTENTION
        said = "Aucun serveur de courriel : les avis sont écrits dans le dossier mail/."
        return Finding("courriel", state, said, "" if state is Etat.BIEN else "Donnez MAILLAGE_SMTP.")
    opened = get_connection(timeout=5)
    try:
        opened.open()
    except OSError:
        said = f"Le serveur de courriel {settings.EMAIL_HOST} ne répond pas, ou refuse ce compte."
        return Finding("courriel", Etat.MAL, said, "Vérifiez MAILLAGE_SMTP et MAILLAGE_SMTP_TLS.")
    finally:
        opened.close()
    return Finding("courriel", Etat.BIEN, "Le serveur de courriel accepte ce compte.")


def _disk() -> Finding:
    folder = Path(settings.MAILLAGE_DATA_DIR)
    free = shutil.disk_usage(folder).free
    database = settings.INSTALLATION.sqlite_file
    # A backup copies the database beside itself, then writes its own file.
    needed = max(GIB, 2 * database.stat().st_size if database.exists() else 0)
    if free < needed:
        said = f"Il reste {free / GIB:.1f} Gio sur le disque des données ; il en faut {needed / GIB:.1f}."
        return Finding("disque", Etat.MAL, said, "Libérez de la place, ou agrandissez le disque.")
    return Finding("disque", Etat.BIEN, f"Il reste {free / GIB:.0f} Gio sur le disque des données.")


def _ledger_heads() -> Finding:
    limit = clock.now() - HEAD_DUE
    signed = {
        (chaine, rang)
        for chaine, rang in TeteSignee.objects.values_list("chaine_id", "rang").filter(
            rang=F("chaine__dernier_rang")
        )
    }
    heads = Chaine.objects.filter(dernier_rang__gt=0, derniere_le__lt=limit)
    late = [head for head in heads if (head.pk, head.dernier_rang) not in signed]
    if late:
        said = f"{len(late)} chaînes du journal ne sont pas signées depuis plus de deux jours."
        return Finding(
            "journal", Etat.ATTENTION, said, "maillage ledger sign, et gardez-en la sortie ailleurs."
        )
    return Finding("journal", Etat.BIEN, "Les têtes du journal sont signées.")


def _jobs() -> Finding:
    waiting = list(stuck().values_list("nom", flat=True).distinct())
    if waiting:
        said = f"Des travaux n'aboutissent pas : {', '.join(sorted(waiting))}."
        return Finding("travaux", Etat.MAL, said, "Lisez le journal technique, corrigez, puis maillage work.")
    last = Travail.objects.aggregate(le=Max("fini_le"))["le"]
    if not settings.MAILLAGE_DEMO and (last is None or last < clock.now() - WORK_DUE):
        since = "depuis un jour" if last else "une seule fois"
        said = f"Le travail sans surveillance n'a pas tourné {since}."
        return Finding("travaux", Etat.ATTENTION, said, "Activez le minuteur qui lance maillage work.")
    return Finding("travaux", Etat.BIEN, "Aucun travail n'est bloqué.")


def _backups() -> Finding:
    path = Path(settings.MAILLAGE_DATA_DIR, LAST)
    if settings.MAILLAGE_DEMO:
        return Finding("sauvegardes", Etat.BIEN, "Une démonstration ne se sauvegarde pas.")
    folder = settings.MAILLAGE_BACKUPS
    if folder is not None and folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
        said = f"Le dossier des sauvegardes, {folder}, ne s'écrit pas."
        return Finding("sauvegardes", Etat.MAL, said, f"chown maillage: {folder}")
    if not path.exists():
        return Finding(
            "sauvegardes", Etat.MAL, "Aucune sauvegarde n'a jamais été faite.", "maillage backup FICHIER"
        )
    age = clock.now() - datetime.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["le"])
    if age > BACKUP_DUE:
        state = Etat.MAL if age > BACKUP_LATE else Etat.ATTENTION
        return Finding(
            "sauvegardes", state, f"La dernière sauvegarde a {age.days} jours.", "maillage backup FICHIER"
        )
    return Finding("sauvegardes", Etat.BIEN, "La dernière sauvegarde a moins de deux jours.")


_WITHOUT_DATABASE = frozenset({"sauvegardes", "disque", "adresse", "courriel"})
_LOOKS: tuple[tuple[str, Callable[[], Finding]], ...] = (
    ("base", _settings),
    ("migrations", _migrations),
    ("déclencheurs", _triggers),
    ("mur", _wall),
    ("réplique", _standby),
    ("clés", _keys),
    ("sceaux", _seals),
    ("horloge", _clock),
    ("journal", _ledger_heads),
    ("travaux", _jobs),
    ("sauvegardes", _backups),
    ("disque", _disk),
    ("adresse", _address),
    ("courriel", _mail),
)
