"""Les faits nommés qui se déduisent des autres : âge légal, danger, rôle de l'émetteur."""

from maillage.law.facts import situation, sujet
from maillage.law.facts.acteurs import EMETTEUR
from maillage.law.facts.lectures import rapport
from maillage.law.language import tous, un_de

MINEUR = un_de(sujet.TRANCHE_AGE.parmi("moins_15", "15_17"), sujet.OBJET.parmi("famille"))
"""Un mineur, ou une famille avec mineur ; un âge inconnu n'est ni mineur ni majeur."""

MAJEUR = tous(sujet.TRANCHE_AGE.parmi("18_20", "21_et_plus"), sujet.OBJET.hors("famille"))

EN_DANGER = situation.DANGER.hors("aucun")

COORDONNATEUR_ICI = tous(
    EMETTEUR.fonction.parmi("coordonnateur"),
    situation.COORDONNATEUR.parmi("designe_pour_ce_sujet"),
)
"""L'émetteur est le coordonnateur désigné pour cette personne ou famille."""

SEUL = tous(
    situation.EMETTEUR_SEUL.vrai,
    situation.AGGRAVATION.vrai,
    EMETTEUR.part_action_sociale.hors("aucune"),
)
"""L'émetteur intervient seul, il a constaté l'aggravation, il a part à l'action sociale."""

ACTION_SOCIALE = un_de(
    EMETTEUR.part_action_sociale.parmi("statutaire"),
    tous(EMETTEUR.part_action_sociale.parmi("mission_ecrite"), rapport("U-1")),
)
"""L'émetteur est un professionnel de l'action sociale ; la mission écrite dépend de U-1."""

ACTION_SOCIALE_CONTESTEE = EMETTEUR.part_action_sociale.parmi("mission_ecrite")
