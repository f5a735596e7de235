"""The whole answer of «Et chez vous ?», from twelve answers; nothing is kept."""

from dataclasses import dataclass
from datetime import date

from maillage.etude.deduction import Deduction, deduce
from maillage.etude.echanges import EchangeJuge, judge_all
from maillage.etude.pas import Pas, next_steps
from maillage.etude.prerequis import Constat, assess
from maillage.etude.questionnaire import Reponses, encode
from maillage.etude.voisinage import Voisine, nearest


@dataclass(frozen=True, slots=True)
class Reponse:
    """What a town leaves with: form, prerequisites, nearest city, exchanges judged by the law, three next
    steps."""

    jour: date
    code: str
    reponses: Reponses
    deduction: Deduction
    constats: tuple[Constat, ...]
    voisine: Voisine | None
    echanges: tuple[EchangeJuge, ...]
    pas: tuple[Pas, ...]


def answer(reponses: Reponses, *, jour: date) -> Reponse:
    """Answer a town as on `jour` (a date; the law is read as it stands that day)."""
    deduction = deduce(reponses)
    constats = assess(reponses, deduction)
    return Reponse(
        jour=jour,
        code=encode(reponses),
        reponses=reponses,
        deduction=deduction,
        constats=constats,
        voisine=nearest(reponses),
        echanges=judge_all(reponses, jour=jour),
        pas=next_steps(reponses, deduction, constats),
    )
