"""Les lectures : pour chaque question ouverte qui en a deux, celle que le partenariat a adoptée."""

from maillage.law.language import Dans, Fait, Genre

QUESTIONS_A_LECTURE = ("U-1", "U-2", "U-3", "U-4", "U-5", "U-6", "U-9", "U-10", "U-14")
PRUDENTE, RAPPORT = "prudente", "rapport"

LECTURES = {
    question: Fait(
        f"lecture.{question}",
        Genre.LECTURE,
        f"lecture de la question {question}",
        "lecture adoptée par le partenariat ; absente = prudente",
        (PRUDENTE, RAPPORT),
        ("lecture prudente", "lecture du rapport"),
        PRUDENTE,
    )
    for question in QUESTIONS_A_LECTURE
}


def rapport(question: str) -> Dans:
    """Le partenariat a adopté la lecture du rapport sur cette question."""
    return LECTURES[question].parmi(RAPPORT)


def prudente(question: str) -> Dans:
    """Le partenariat s'en tient à la lecture prudente sur cette question."""
    return LECTURES[question].parmi(PRUDENTE)
