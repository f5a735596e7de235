"""How long things are kept: what erases for good waits for a second administrator."""

from __future__ import annotations

from datetime import timedelta

from django.db.transaction import atomic

from maillage.administration.enums import EtatDemande, GenreDemande, Objet
from maillage.administration.history import Moved, keep, require_administrator
from maillage.administration.models import Demande
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.conventions.errors import BadAnswer, NotNow
from maillage.operations.durees import TERMES, months_kept
from maillage.operations.models import Conservation


@atomic
def ask_term(*, by: Acteur, genre: str, mois: int) -> Demande:
    """Ask that a kind of thing is kept so many months, from the day after it is confirmed.

    Raises NotYours, CannotWrite, BadAnswer (beyond the law, or no change), NotNow (asked already).
    """
    require_administrator(by)
    if genre not in TERMES:
        raise BadAnswer("genre", "Choisissez dans la liste.")
    terme, today = TERMES[genre], clock.today()
    if not terme.moins <= mois <= terme.plus:
        raise BadAnswer("mois", f"De {terme.moins} à {terme.plus} mois : au-delà, la règle ne le permet pas.")
    if mois == months_kept(genre, today + timedelta(days=1)):
        raise BadAnswer("mois", "C'est déjà la durée.")
    waiting = Demande.objects.filter(genre=GenreDemande.CONSERVATION, etat=EtatDemande.ATTEND)
    if waiting.filter(contenu__genre=genre).exists():
        raise NotNow("Une demande sur cette durée attend déjà une seconde personne.")
    return Demande.objects.create(
        genre=GenreDemande.CONSERVATION,
        contenu={"genre": genre, "mois": mois},
        resume=f"{terme.dit} : {mois} mois au lieu de {months_kept(genre, today)}",
        demandee_le=clock.now(),
        demandee_par=by.poste,
    )


def set_term(by: Acteur, demande: Demande) -> None:
    """Carry out a confirmed term, from tomorrow: tonight's work still keeps the former one."""
    genre, mois = demande.contenu["genre"], demande.contenu["mois"]
    tomorrow = clock.today() + timedelta(days=1)
    before = months_kept(genre, tomorrow)
    Conservation.objects.update_or_create(genre=genre, depuis=tomorrow, defaults={"mois": mois})
    said = [Moved("Gardé, en mois", str(before), str(mois))]
    dit, asked = TERMES[genre].dit, demande.demandee_par
    keep(by, Acte.DECISION, Objet.CONSERVATION, genre, dit, said, asked_by=asked)
