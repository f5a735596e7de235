"""How an orientation is put to the law: what is asked, what the sender declares, what is established."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.directory.models import Service
from maillage.directory.queries import Source
from maillage.orientations.enums import EtatRelais
from maillage.orientations.faces import Answers
from maillage.orientations.models import Orientation, Relais
from maillage.sharing.enums import PorteeAccord
from maillage.sharing.queries import examine
from maillage.sharing.views import Examined, Fact, Value

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

ADULT = frozenset({"18_20", "21_et_plus"})
TYPED = Source("reponse", "", "Ce que vous venez de répondre")


def ask_answers(by: Acteur, *, partenariat: Partenariat, destinataire: Service, answers: Answers) -> Examined:
    """Examine answers that are not saved: accords and age come from the form, and say so."""
    return examine(
        by=by,
        destinataire=destinataire,
        partenariat=partenariat,
        personne=None,
        nature="orientation_demande",
        declared=declared(answers),
        established=_typed(answers),
    )


def ask_draft(by: Acteur, orientation: Orientation) -> Examined:
    """Examine a saved draft: accords, notice and age come from what was recorded."""
    return examine(
        by=by,
        destinataire=orientation.service_destinataire,
        partenariat=orientation.partenariat,
        personne=orientation.sujet,
        nature="orientation_demande",
        declared={
            "contenu.origine": orientation.origine,
            "contenu.strictement_necessaire": orientation.necessaire,
            "personne_presente": orientation.presente,
        },
    )


def ask_return(by: Acteur, orientation: Orientation, relais: Relais | None) -> Examined:
    """Examine, from the receiving service, what would go back to the sender.

    That the recipient sent the orientation is established by the orientation itself, that the
    person is present by a relais; the accords heard by either service count.
    """
    reception = orientation.reception
    own = reception.personne
    established = {
        "destinataire_auteur_orientation": Fact(
            True, Source("orientation", str(orientation.pk), "Ce service a adressé l'orientation, reçue ici")
        )
    }
    if relais is not None:
        held = relais.etat == EtatRelais.TENU and relais.date_convenue is not None
        label = (
            f"Relais à trois tenu le {relais.date_convenue:%d/%m/%Y}"
            if held
            else "Relais à trois, en sa présence"
        )
        established["personne_presente"] = Fact(True, Source("relais", str(relais.pk), label))
    witnesses = [orientation.sujet] if orientation.sujet and own else []
    return examine(
        by=by,
        destinataire=orientation.service_emetteur,
        partenariat=orientation.partenariat,
        personne=own or orientation.sujet,
        nature="orientation_suite",
        declared={"contenu.origine": "appris_en_fonction", "contenu.strictement_necessaire": True},
        established=established,
        portee=PorteeAccord.RELAIS if relais is not None else PorteeAccord.RETOUR,
        temoins=witnesses,
    )


def declared(answers: Answers) -> dict[str, Value]:
    """Return the facts that a sender declares here; an empty answer stays unknown."""
    return {
        "contenu.origine": answers.origine,
        "contenu.strictement_necessaire": answers.necessaire,
        "personne_presente": answers.presente,
    }


def _typed(answers: Answers) -> dict[str, Fact]:
    """Return what the form says of the person, as it would be recorded."""
    facts: dict[str, Fact] = {"sujet.tranche_age": Fact(answers.tranche_age, TYPED)}
    if answers.accord:
        facts["accord_personne"] = Fact(answers.accord, TYPED)
    holders = {value for value in answers.accords_titulaires.values() if value}
    if answers.tranche_age in ADULT:
        facts["accord_titulaire"] = Fact("sans_objet", TYPED)
    elif holders:
        facts["accord_titulaire"] = Fact("refuse" if "refuse" in holders else "donne", TYPED)
    if answers.notice:
        facts["information_rgpd"] = Fact(
            True, Source("notice", "", f"Notice donnée le {clock.today():%d/%m/%Y}")
        )
    return facts
