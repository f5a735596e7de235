"""Les questions ouvertes : ce que les textes laissent en débat, et ce que chaque lecture change.

Une lecture s'adopte par partenariat, par écrit, par les deux directions et le délégué à la
protection des données, pour une question, avec une date et un terme. Sans elle, la prudente.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """Une question ouverte : ses deux lectures, ce que celle du rapport donne et ce qu'elle coûte.

    Une question sans seconde lecture a `rapport` vide : `prudente` dit alors la règle suivie.
    """

    code: str
    titre: str
    prudente: str
    rapport: str = ""
    gain: str = ""
    prix: str = ""
    textes: tuple[str, ...] = ()

    @property
    def a_lecture(self) -> bool:
        """Un partenariat peut choisir entre deux lectures."""
        return bool(self.rapport)


QUESTIONS = (
    Question(
        "U-1",
        "Un médiateur à mission écrite est-il un professionnel de l'action sociale ?",
        "Seulement pour le partage avec le coordonnateur, et si son nom est sur la liste de celui-ci ; "
        "l'alerte, la confidence et le signalement restent à décider.",
        "Une mission d'action sociale écrite suffit pour alerter, partager, confier et signaler.",
        "Le médiateur partage et alerte comme les autres professionnels.",
        "L'alerte et le signalement deviennent pour lui des obligations.",
        ("CASF L. 116-1", "CASF L. 121-6-2"),
    ),
    Question(
        "U-2",
        "Le partage entre professionnels demande-t-il un coordonnateur désigné ?",
        "Oui, désigné par le maire pour cette personne ou cette famille.",
        "Non : plusieurs professionnels auprès d'une même personne peuvent partager sans lui.",
        "Le partage commence sans attendre l'acte du maire.",
        "S'il y a un coordonnateur, il doit toujours savoir ; la question U-1 reste entière.",
        ("CASF L. 121-6-2, alinéas 2 et 5",),
    ),
    Question(
        "U-3",
        "Les éducateurs municipaux sans titre du département sont-ils tenus au secret ?",
        "On en discute : leur secret ne compte pas comme établi.",
        "Oui : leur statut d'agent public vaut participation aux missions de l'ASE.",
        "Ils peuvent recevoir et partager sous le secret.",
        "Ils doivent transmettre au département comme ceux qui ont le titre ; leur part à la protection "
        "de l'enfance reste à établir par écrit.",
        ("CASF L. 221-6", "CASF L. 313-8", "CGFP L. 121-6"),
    ),
    Question(
        "U-4",
        "Le statut tient-il au secret tout agent public (hors l'école) ?",
        "On en discute : il ne suffit pas pour recevoir, et il ferme la voie privée pour émettre.",
        "Oui, fermement, aux deux bouts de l'échange.",
        "Un médiateur municipal peut recevoir au titre de la protection de l'enfance.",
        "Il ne peut plus orienter avec la seule décision de son autorité, ni parler au groupe du CLSPD ; "
        "dénoncer des mauvais traitements ou aviser le procureur cesse d'être pour lui une obligation.",
        ("CGFP L. 121-6", "CP 226-13"),
    ),
    Question(
        "U-5",
        "Le partage en protection de l'enfance couvre-t-il les jeunes majeurs de 18 à 20 ans ?",
        "À décider à chaque fois.",
        "Oui.",
        "Le suivi continue sans rupture à dix-huit ans.",
        "La famille d'un majeur est informée d'un partage qui le concerne.",
        ("CASF L. 226-2-2", "CASF L. 221-1"),
    ),
    Question(
        "U-6",
        "Le statut tient-il au secret les personnels scolaires ?",
        "On en discute, sauf dans une réunion convoquée par le département.",
        "Oui, fermement.",
        "L'école peut recevoir au titre de la protection de l'enfance.",
        "Le personnel scolaire ne peut plus orienter avec la seule décision de son autorité, ni parler au "
        "groupe du CLSPD.",
        ("CGFP L. 121-6", "Cass. crim., 8 juin 2021, n° 20-86.000"),
    ),
    Question(
        "U-7",
        "Le devoir de transmettre au département lève-t-il l'anonymat de la prévention spécialisée ?",
        "Oui dès le risque de danger ; les deux lectures s'accordent.",
        textes=("CASF L. 221-6, alinéa 2",),
    ),
    Question(
        "U-8",
        "L'avis de l'agent public au procureur l'emporte-t-il sur son secret ?",
        "Un responsable nommé décide, toujours ; les règles du danger passent d'abord.",
        textes=("CPP 40, alinéa 2", "CP 226-13"),
    ),
    Question(
        "U-9",
        "Confidentiel ou secret : que peut dire en groupe du CLSPD qui est tenu au secret ?",
        "Rien de nominatif.",
        "Un fait ou un besoin de coordination, si toutes les conditions du groupe sont réunies.",
        "L'éducateur peut exposer un fait qui n'est pas secret.",
        "Jamais la vie privée ; les règles doivent être signées par tous.",
        ("CSI L. 132-5", "CP 226-13"),
    ),
    Question(
        "U-10",
        "L'accord de la personne permet-il un retour vers qui l'a orientée ?",
        "Non : sans texte, aucun retour au-delà de l'accusé de réception.",
        "Oui, un retour borné, prévu par une clause et accepté par la personne et sa famille.",
        "Qui a orienté apprend que la relation est engagée.",
        "Il faut une clause écrite, chaque accord, et s'en tenir au nécessaire.",
        ("circulaire du 21 juin 1996", "CP 226-13"),
    ),
    Question(
        "U-11",
        "Le médiateur est-il dépositaire d'un secret par sa fonction ?",
        "Il est traité comme non tenu ; la vie privée et les données le lient pourtant, et peut-être le "
        "code pénal.",
        textes=("CP 226-13", "CP 226-22", "C. civ. 9"),
    ),
    Question(
        "U-12",
        "À partir de quel nombre un groupe n'identifie-t-il plus personne ?",
        "Cinq dans un décompte, onze dans ce qui est publié ; on ne change ces seuils que vers le haut.",
        textes=("RGPD 4",),
    ),
    Question(
        "U-13",
        "Le parent d'un mineur venu librement doit-il savoir ?",
        "Un responsable nommé décide, toujours.",
        textes=("C. civ. 371-1",),
    ),
    Question(
        "U-14",
        "Qui représente le maire pour recevoir une confidence ?",
        "Le maire, ou l'élu qui a reçu délégation, et eux seuls.",
        "Aussi un cadre municipal que le maire a désigné par son nom, pour ce seul alinéa.",
        "Le directeur désigné reçoit ce que le coordonnateur peut confier.",
        "Vérifier l'acte du maire.",
        ("CASF L. 121-6-2, alinéa 6", "CGCT L. 2122-18"),
    ),
    Question(
        "U-15",
        "Le code de l'action sociale a-t-il changé après 2024 ?",
        "Rien n'a été vérifié des lois et propositions de 2024 à 2026.",
        textes=("CASF",),
    ),
    Question(
        "U-16",
        "L'information du maire sur l'absentéisme tient-elle encore dans le texte d'aujourd'hui ?",
        "La règle est gardée, et signalée comme à vérifier.",
        textes=("C. éduc. L. 131-8",),
    ),
)
