"""CASF L226-2-2 : le partage entre personnes tenues au secret, en protection de l'enfance."""

from datetime import date

from maillage.law.facts import echange, sujet
from maillage.law.facts.acteurs import DESTINATAIRE, EMETTEUR, Acteur
from maillage.law.facts.deduits import MINEUR
from maillage.law.facts.lectures import prudente, rapport
from maillage.law.language import Condition, Effet, conteste, exige, reparable, tous, un_de
from maillage.law.rules.communes import NEC, PAS_UN_TIERS, but, cadre, lu, regle
from maillage.law.rules.textes import article

ARTICLE = article(
    "CASF",
    "L. 226-2-2",
    (
        "1",
        "Les personnes tenues au secret qui mettent en œuvre la protection de l'enfance, ou lui apportent "
        "leur concours, peuvent partager entre elles ce qu'elle exige strictement. C'est une faculté, "
        "jamais une obligation. Les parents, le tuteur et l'enfant, selon sa maturité, en sont d'abord "
        "informés, sauf si l'intérêt de l'enfant s'y oppose : informés, et non consultés.",
    ),
)

_REUNION_ASE = echange.CADRE.parmi("reunion_ase")


def _secret(acteur: Acteur, role: str, qui: str) -> Condition:
    """À ce bout, le secret : ferme, ou discuté mais en réunion convoquée par le département."""
    chemin = f"{role}.fondement_secret"
    return exige(
        un_de(
            acteur.secret.parmi("ferme"),
            tous(acteur.secret.parmi("conteste_U4", "conteste_U6"), _REUNION_ASE),
        ),
        f"{qui} est tenu au secret, ou siège dans une réunion convoquée par le département",
        f"{qui} n'est tenu à aucun secret établi",
        conteste(
            "U-4",
            chemin,
            f"que le seul statut d'agent public suffise à tenir {qui} au secret",
            quand=acteur.secret.parmi("conteste_U4"),
        ),
        conteste(
            "U-6",
            chemin,
            f"que le statut suffise à tenir {qui}, personnel scolaire, au secret",
            quand=acteur.secret.parmi("conteste_U6"),
        ),
    )


def _part(acteur: Acteur, role: str, qui: str, de_qui: str) -> Condition:
    """À ce bout, une part à la protection de l'enfance, présumée en réunion de l'ASE."""
    return exige(
        un_de(acteur.part_protection_enfance.hors("aucune"), _REUNION_ASE),
        f"{qui} met en œuvre la protection de l'enfance ou lui apporte son concours",
        f"{qui} n'a pas de part établie à la protection de l'enfance",
        reparable(
            f"{role}.part_protection_enfance",
            "president_departement",
            f"un écrit du département établissant le concours {de_qui} à la protection de l'enfance",
        ),
    )


_AGE = exige(
    un_de(MINEUR, tous(sujet.TRANCHE_AGE.parmi("18_20"), rapport("U-5"))),
    "la personne est mineure, ou jeune majeure si la lecture adoptée l'admet",
    "la personne a vingt et un ans ou plus",
    conteste(
        "U-5",
        "sujet.tranche_age",
        "que ce partage couvre les jeunes majeurs de dix-huit à vingt ans",
        quand=tous(sujet.TRANCHE_AGE.parmi("18_20"), prudente("U-5")),
    ),
    reparable(
        "sujet.tranche_age",
        "emetteur",
        "l'âge de la personne, au moins par tranche",
        quand=sujet.TRANCHE_AGE.parmi("inconnue"),
    ),
)

PARTAGE = regle(
    Effet.AUTORISE,
    "CASF-L226-2-2",
    selon=ARTICLE,
    alinea="1",
    dit="Ceux qui sont tenus au secret et concourent à la protection de l'enfance partagent ce qu'elle "
    "exige strictement, la famille d'abord informée, sauf intérêt contraire de l'enfant.",
    depuis=date(2007, 3, 6),
    lu=lu(date(2009, 1, 1), reserve="cité en 2021 par une source seconde", a_verifier=True),
    si=(
        _secret(EMETTEUR, "emetteur", "l'émetteur"),
        _secret(DESTINATAIRE, "destinataire", "le destinataire"),
        _part(EMETTEUR, "emetteur", "l'émetteur", "de l'émetteur"),
        _part(DESTINATAIRE, "destinataire", "le destinataire", "du destinataire"),
        _AGE,
        but("protection_enfance", dit="l'échange sert la protection de l'enfance"),
        NEC,
        exige(
            echange.INFORMATION_PREALABLE.parmi("faite", "dispense_interet_enfant"),
            "la famille a été informée d'abord, ou l'intérêt de l'enfant en dispense par écrit",
            "la famille n'a pas été informée",
            reparable(
                "information_prealable",
                "emetteur",
                "l'information préalable des parents et de l'enfant, ou la raison écrite de s'en dispenser",
            ),
        ),
        cadre(
            "bilateral",
            "reunion_equipe",
            "reunion_ase",
            dit="l'échange se fait à deux, en équipe ou en réunion convoquée par le département",
        ),
        PAS_UN_TIERS,
    ),
    obligations=("O-INFORMER", "O-NECESSAIRE", "O-JOURNAL"),
    questions=("U-3", "U-4", "U-5", "U-6"),
    notes=(
        "La Cour de cassation (chambre criminelle, 8 juin 2021, n° 20-86.000) a admis des agents dont le "
        "secret était discuté dans une réunion convoquée par le département.",
    ),
)
