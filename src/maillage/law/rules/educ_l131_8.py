"""Code de l'éducation L131-8 : le maire informé de l'absentéisme."""

from datetime import date

from maillage.law.facts.acteurs import EMETTEUR, MAIRIE
from maillage.law.language import Effet, exige
from maillage.law.rules.communes import ASSIDUITE, but, lu, regle, vers
from maillage.law.rules.textes import article

ARTICLE = article(
    "C. éduc.",
    "L. 131-8",
    (
        "1",
        "Le chef d'établissement qui saisit l'autorité de l'État de l'absentéisme d'un élève en informe "
        "le maire de la commune où réside l'élève.",
    ),
)

SAISINE = regle(
    Effet.IMPOSE,
    "EDU-L131-8",
    selon=ARTICLE,
    alinea="1",
    dit="Le chef d'établissement qui saisit l'État de l'absentéisme d'un élève en informe le maire.",
    depuis=date(2007, 3, 7),
    lu=lu(date(2008, 12, 29), reserve="de la version de 2019, seule l'ouverture a été lue", a_verifier=True),
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
        ASSIDUITE,
        but("assiduite_scolaire", dit="l'échange sert l'assiduité scolaire"),
    ),
    obligations=("O-JOURNAL",),
    questions=("U-16",),
)
