"""What a change would do, said before it is made: in counts, never about a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from maillage.administration.enums import GenreDemande
from maillage.administration.models import Demande
from maillage.base import clock
from maillage.base.wall import HouseWork, house_work
from maillage.conventions.models import Partenariat
from maillage.conventions.regles import regles
from maillage.conventions.travail import DELAI_CLOTURE, DELAI_REPONSE, RYTHME
from maillage.directory.models import Lieu, Service
from maillage.main_courante.enums import Liste
from maillage.main_courante.models import Note
from maillage.operations.durees import ACCOMPAGNEMENT, ECHANGE
from maillage.reunions.queries import last_held
from maillage.sharing.retention import old_exchanges, supports_due

LOOKED_BACK = timedelta(days=90)
SMALLEST_SHOWN = 5
# Where a note keeps the entry chosen in each list.
_FIELDS = {
    Liste.CATEGORIE: "categorie",
    Liste.AMBIANCE: "ambiance",
    Liste.EFFECTIF: "effectif",
    Liste.CRENEAU: "creneau",
    Liste.PUBLIC: "publics",
    Liste.ORIGINE: "origine",
    Liste.SUITE: "suites",
}


def times(count: int) -> str:
    """Say how often something was noted in three months."""
    if count == 0:
        return "jamais noté en trois mois"
    return (
        f"noté {count} fois en trois mois"
        if count >= SMALLEST_SHOWN
        else "noté moins de 5 fois en trois mois"
    )


@house_work(HouseWork.COUNTING)
def words_used(service: Service, liste: Liste) -> Mapping[str, str]:
    """Say, for each code of one list, how often the team noted it; codes never noted are left out."""
    notes = Note.objects.filter(service=service, jour__gte=clock.today() - LOOKED_BACK)
    found: Counter[str] = Counter()
    for value in notes.values_list(_FIELDS[liste], flat=True).iterator():
        found.update([value] if isinstance(value, str) else value)
    return {code: times(count) for code, count in found.items()}


@house_work(HouseWork.COUNTING)
def place_effect(lieu: Lieu) -> str:
    """Say how often a place was noted, whatever the team."""
    return times(Note.objects.filter(lieu=lieu, jour__gte=clock.today() - LOOKED_BACK).count()).capitalize()


def rhythm_effect(partenariat: Partenariat, rythme: Mapping[str, int]) -> list[str]:
    """Say what another rhythm would change: the next meeting, the answers to come, what a clause keeps."""
    sources = regles(partenariat, clock.today()).sources
    said = [
        f"La clause « {sources[code].titre} » écrit cette règle : elle l'emporte tant qu'elle vaut."
        for code in (RYTHME, DELAI_REPONSE, DELAI_CLOTURE)
        if code in sources
    ]
    last = last_held(partenariat)
    if RYTHME not in sources:
        if last is None:
            said.append("Aucune réunion n'est encore tenue : la première donnera le départ du rythme.")
        else:
            held = last.le.astimezone(clock.PARIS).date()
            before, after = (
                held + timedelta(weeks=weeks)
                for weeks in (partenariat.rythme_reunion_semaines, rythme["rythme_reunion_semaines"])
            )
            said.append(f"Prochaine réunion au plus tard le {after:%d/%m/%Y}, au lieu du {before:%d/%m/%Y}.")
    said.append(
        f"Une orientation envoyée ensuite attendra sa réponse {rythme['delai_reponse_jours']} jours et se "
        f"fermera après {rythme['delai_cloture_jours']} ; celles déjà envoyées gardent leurs dates."
    )
    return said


@house_work(HouseWork.COUNTING)
def term_effect(genre: str, months: int) -> str:
    """Say how many things a term would erase at the next night's work, those due anyway included."""
    tomorrow = clock.today() + timedelta(days=1)
    counts = {ACCOMPAGNEMENT: supports_due, ECHANGE: old_exchanges}
    found = counts[genre](tomorrow, months).count()
    said = str(found) if found >= SMALLEST_SHOWN else "moins de cinq, zéro compris"
    return f"S'effaceraient la nuit suivante : {said}. L'effacement ne se défait pas."


def effect_of(demande: Demande) -> str:
    """Say what confirming a request would do beyond its own sentence, if anything."""
    if demande.genre == GenreDemande.CONSERVATION:
        return term_effect(demande.contenu["genre"], demande.contenu["mois"])
    return ""
