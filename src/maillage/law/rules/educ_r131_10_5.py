"""Code de l'éducation R131-10-5 : à qui va le fichier d'absentéisme du maire."""

from datetime import date

from maillage.law.facts import situation
from maillage.law.facts.acteurs import DESTINATAIRE, EMETTEUR, MAIRIE
from maillage.law.language import Effet, exige, reparable, tous, un_de
from maillage.law.rules.communes import ASSIDUITE, NEC, but, lu, regle, vers
from maillage.law.rules.textes import article

ARTICLE = article(
    "C. éduc.",
    "R. 131-10-5",
    ("1", "Le fichier d'absentéisme du maire ne va qu'à une liste fermée de destinataires."),
)

FICHIER_DU_MAIRE = regle(
    Effet.AUTORISE,
    "EDU-R131-10-5",
    selon=ARTICLE,
    alinea="1",
    dit="La mairie peut communiquer son fichier d'absentéisme à ceux que le texte énumère, et à eux seuls.",
    depuis=date(2008, 2, 16),
    lu=lu(date(2008, 12, 29), a_verifier=True),
    si=(
        exige(
            EMETTEUR.fonction.parmi(*MAIRIE, "cadre_municipal"),
            "l'émetteur est le maire, son adjoint délégué ou un cadre municipal",
            "l'émetteur n'agit pas pour la mairie",
        ),
        ASSIDUITE,
        vers(
            "president_departement",
            "delegue_departement",
            "agent_ccas",
            "coordonnateur",
            dit="le destinataire est sur la liste fermée du texte",
            sinon="le destinataire n'est pas sur la liste fermée du texte",
        ),
        but(
            "assiduite_scolaire",
            "action_sociale",
            dit="l'échange sert l'assiduité scolaire ou l'action sociale",
        ),
        exige(
            un_de(
                DESTINATAIRE.fonction.parmi("president_departement"),
                tous(
                    DESTINATAIRE.fonction.parmi("coordonnateur"),
                    situation.COORDONNATEUR.parmi("designe_pour_ce_sujet"),
                ),
                tous(
                    DESTINATAIRE.fonction.parmi("delegue_departement", "agent_ccas"),
                    DESTINATAIRE.designe_nominativement.vrai,
                ),
            ),
            "le destinataire est désigné comme le texte le demande",
            "le destinataire n'est pas désigné comme le texte le demande",
            reparable(
                "situation.coordonnateur",
                "maire",
                "la désignation d'un coordonnateur pour cette personne ou famille",
                quand=DESTINATAIRE.fonction.parmi("coordonnateur"),
            ),
            reparable(
                "destinataire.designe_nominativement",
                "maire",
                "la désignation du destinataire, par son nom, par le maire",
                quand=DESTINATAIRE.fonction.parmi("delegue_departement", "agent_ccas"),
            ),
        ),
        NEC,
    ),
    obligations=("O-NECESSAIRE", "O-JOURNAL"),
)
