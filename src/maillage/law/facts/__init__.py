"""Les faits : tout ce qu'un cas peut dire, dans l'ordre du message, et rien d'autre.

Une notoriété, une confiance, une ancienneté, un diplôme, un bâtiment ou un employeur communs n'y
sont pas, à dessein : ils n'ouvrent aucun partage.
"""

from maillage.law.facts import contenu, echange, jour, situation, sujet
from maillage.law.facts.acteurs import DESTINATAIRE, EMETTEUR
from maillage.law.facts.lectures import LECTURES
from maillage.law.language import Fait


def _du_module(module: object) -> tuple[Fait, ...]:
    """Les faits déclarés par un module, dans l'ordre de leur écriture."""
    return tuple(v for v in vars(module).values() if isinstance(v, Fait))


FAITS: tuple[Fait, ...] = (
    jour.DATE,
    *EMETTEUR.faits(),
    *DESTINATAIRE.faits(),
    *_du_module(sujet),
    *_du_module(situation),
    *_du_module(contenu),
    *_du_module(echange),
    *LECTURES.values(),
)
FAIT_PAR_CHEMIN: dict[str, Fait] = {f.chemin: f for f in FAITS}
INDICE: dict[str, int] = {f.chemin: i for i, f in enumerate(FAITS)}
DERIVES = (EMETTEUR.secret, DESTINATAIRE.secret)
