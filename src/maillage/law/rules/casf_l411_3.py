"""CASF L411-3 : le secret des assistants de service social, et son alinéa 2."""

from datetime import date

from maillage.law.facts.acteurs import EMETTEUR
from maillage.law.language import Effet, exige
from maillage.law.rules.communes import DANGER_POUR_L_ENFANT, ENFANT_MINEUR, lu, regle, vers
from maillage.law.rules.textes import article

ARTICLE = article(
    "CASF",
    "L. 411-3",
    ("1", "L'assistant de service social est tenu au secret par sa profession."),
    (
        "2",
        "Il peut dire à l'autorité judiciaire et aux services de protection de l'enfance ce qui touche "
        "un mineur dont la santé, la sécurité ou l'éducation sont compromises.",
    ),
)

PROTECTION = regle(
    Effet.AUTORISE,
    "CASF-L411-3-al2",
    selon=ARTICLE,
    alinea="2",
    dit="L'assistant de service social peut informer le juge, le procureur ou la protection de l'enfance "
    "d'un mineur en danger.",
    depuis=date(2000, 12, 23),
    lu=lu(date(2009, 1, 1), reserve="cité en 2022 par une source seconde"),
    si=(
        exige(
            EMETTEUR.fonction.parmi("assistant_service_social"),
            "l'émetteur est assistant de service social",
            "l'émetteur n'est pas assistant de service social",
        ),
        vers(
            "president_departement",
            "delegue_departement",
            "agent_ase",
            "procureur",
            "juge",
            dit="le destinataire est le département, l'ASE, le procureur ou le juge",
            sinon="le destinataire n'est ni le département, ni l'ASE, ni le procureur, ni le juge",
        ),
        ENFANT_MINEUR,
        DANGER_POUR_L_ENFANT,
    ),
    obligations=("O-NECESSAIRE", "O-JOURNAL"),
)
