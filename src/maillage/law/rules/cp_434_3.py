"""Code pénal 434-3 : informer des mauvais traitements que l'on connaît."""

from datetime import date

from maillage.law.facts import jour, situation, sujet
from maillage.law.facts.acteurs import EMETTEUR
from maillage.law.language import Effet, exige, tous, un_de
from maillage.law.rules.communes import lu, regle, vers
from maillage.law.rules.textes import article, etat

_LU_2026 = date(2026, 4, 3)
_1994 = date(1994, 3, 1)

ARTICLE = article(
    "CP",
    "434-3",
    (
        "1",
        "Qui connaît des privations, des mauvais traitements ou des agressions sexuelles subis par un "
        "mineur, ou par une personne hors d'état de se protéger, en informe les autorités.",
    ),
    ("2", "Les personnes tenues au secret n'y sont pas obligées, sauf si la loi en dispose autrement."),
    historique=(
        etat(_1994, "mineurs de moins de quinze ans et personnes vulnérables"),
        etat(date(2016, 3, 16), "tous les mineurs et les personnes vulnérables"),
    ),
)

INFORMER = regle(
    Effet.IMPOSE,
    "CP-434-3",
    selon=ARTICLE,
    alinea="1",
    dit="Qui n'est pas fermement tenu au secret et sait qu'un mineur ou une personne vulnérable est "
    "maltraité en informe les autorités.",
    depuis=_1994,
    lu=lu(_LU_2026, reserve="la date de 2016 est citée de mémoire"),
    si=(
        exige(
            situation.MAUVAIS_TRAITEMENTS_CONNUS.vrai,
            "des mauvais traitements sont connus, et non seulement craints",
            "aucun mauvais traitement n'est connu",
        ),
        exige(
            un_de(
                sujet.VULNERABLE.vrai,
                sujet.TRANCHE_AGE.parmi("moins_15"),
                tous(
                    jour.depuis(date(2016, 3, 16)),
                    un_de(sujet.TRANCHE_AGE.parmi("15_17"), sujet.OBJET.parmi("famille")),
                ),
            ),
            "la victime est une personne vulnérable ou un mineur que le texte protège à cette date",
            "le texte ne visait pas cette victime à cette date, ou son âge est inconnu",
        ),
        vers(
            "president_departement",
            "delegue_departement",
            "procureur",
            "juge",
            dit="le destinataire est le département, le procureur ou le juge",
            sinon="le destinataire n'est ni le département, ni le procureur, ni le juge",
        ),
        exige(
            EMETTEUR.secret.parmi("conteste_U4", "conteste_U6", "aucun"),
            "l'émetteur n'est pas fermement tenu au secret",
            "l'émetteur est tenu au secret, ou on ne sait pas s'il l'est",
        ),
    ),
    obligations=("O-SANS-DELAI", "O-NECESSAIRE", "O-NE-PAS-ALERTER"),
    questions=("U-4", "U-6"),
)
