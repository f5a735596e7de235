"""Code de l'éducation L131-8 et R131-10-5 : l'absentéisme scolaire."""

from datetime import date

from maillage.law.facts import situation
from maillage.law.facts.acteurs import DESTINATAIRE, EMETTEUR, MAIRIE
from maillage.law.language import Effet, exige, reparable, tous, un_de
from maillage.law.rules.communes import NEC, but, lu, nature, regle, vers
from maillage.law.rules.textes import article

_LU_2008 = date(2008, 12, 29)

L131_8 = article(
    "C. éduc.",
    "L. 131-8",
    (
        "1",
        "Le chef d'établissement qui saisit l'autorité de l'État de l'absentéisme d'un élève en informe "
        "le maire de la commune où réside l'élève.",
    ),
)
R131_10_5 = article(
    "C. éduc.",
    "R. 131-10-5",
    ("1", "Le fichier d'absentéisme du maire ne va qu'à une liste fermée de destinataires."),
)

_ASSIDUITE = nature(
    "assiduite_scolaire",
    dit="l'information porte sur l'assiduité scolaire",
    sinon="l'information ne porte pas sur l'assiduité scolaire",
)

SAISINE = regle(
    Effet.IMPOSE,
    "EDU-L131-8",
    selon=L131_8,
    alinea="1",
    dit="Le chef d'établissement qui saisit l'État de l'absentéisme d'un élève en informe le maire.",
    depuis=date(2007, 3, 7),
    lu=lu(_LU_2008, reserve="de la version de 2019, seule l'ouverture a été lue", a_verifier=True),
    si=(
        exige(
            EMETTEUR.fonction.parmi("chef_etablissement"),
            "l'émetteur est le chef d'établissement",
            "l'émetteur n'est pas le chef d'établissement",
        ),
        vers(
            *MAIRIE,
            dit="le destinataire est le maire ou son adjoint délégué",
            sinon="le destinataire n'est ni le maire ni son adjoint délégué",
        ),
        _ASSIDUITE,
        but("assiduite_scolaire", dit="l'échange sert l'assiduité scolaire"),
    ),
    obligations=("O-JOURNAL",),
    questions=("U-16",),
)

FICHIER_DU_MAIRE = regle(
    Effet.AUTORISE,
    "EDU-R131-10-5",
    selon=R131_10_5,
    alinea="1",
    dit="La mairie peut communiquer son fichier d'absentéisme à ceux que le texte énumère, et à eux seuls.",
    depuis=date(2008, 2, 16),
    lu=lu(_LU_2008, a_verifier=True),
    si=(
        exige(
            EMETTEUR.fonction.parmi(*MAIRIE, "cadre_municipal"),
            "l'émetteur est le maire, son adjoint délégué ou un cadre municipal",
            "l'émetteur n'agit pas pour la mairie",
        ),
        _ASSIDUITE,
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
