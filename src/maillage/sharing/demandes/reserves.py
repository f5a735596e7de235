"""What of the passages is given to whoever asks: third parties masked, the rest decided by a human."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from maillage.sharing.demandes.passages import Passage, Rubrique
from maillage.sharing.enums import DecisionReserve, Demandeur, MotifReserve, ObjetConfidence

GIVEN, MASKED, WAITING = "donne", "masque", "attend"
# The decision on a parent's whole reading (question U-13) stands apart from those on passages.
WHOLE = "tout"
HIDDEN = "█████"


@dataclass(frozen=True)
class Decided:
    """What the officer decided of a passage; `mots` are left out of it."""

    decision: str
    mots: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rendered:
    """A passage as it is answered: `texte` only when `etat` is donne; `brut` is for the officer alone."""

    cle: str
    libelle: str
    le: date | None
    etat: str
    texte: str
    brut: str
    motifs: tuple[str, ...] = ()
    decision: str = ""


@dataclass(frozen=True)
class RenderedRubrique:
    """A heading as it is answered."""

    titre: str
    passages: Sequence[Rendered]


@dataclass(frozen=True)
class Asked:
    """Who asks (code of Demandeur), what a minor asked not to tell, whether U-13 has to be decided."""

    demandeur: str
    confidences: Collection[tuple[str, str]] = field(default=())
    u13: bool = False

    @property
    def lien(self) -> str:
        """Return the holder's tie, nothing for the person."""
        return "" if self.demandeur == Demandeur.PERSONNE else self.demandeur


def settle(
    rubriques: Iterable[Rubrique], asked: Asked, decided: Mapping[str, Decided]
) -> list[RenderedRubrique]:
    """Return each passage as answered today; what is not decided yet is not given."""
    whole = decided.get(WHOLE)
    shut = asked.u13 and (whole is None or whole.decision == DecisionReserve.MASQUER)
    found = []
    for one in rubriques:
        passages = [_settle(passage, asked, decided.get(passage.cle), shut=shut) for passage in one.passages]
        kept = [passage for passage in passages if passage is not None]
        if kept:
            found.append(RenderedRubrique(one.titre, kept))
    return found


def _settle(passage: Passage, asked: Asked, decided: Decided | None, *, shut: bool) -> Rendered | None:
    if asked.lien and (passage.soi or (passage.tiers and passage.tiers != asked.lien)):
        return None
    motifs = reasons(passage, asked)
    etat, texte = GIVEN, passage.texte
    if motifs and decided is None:
        etat, texte = WAITING, ""
    elif decided is not None and decided.decision == DecisionReserve.MASQUER:
        etat, texte = MASKED, ""
    elif decided is not None:
        texte = without(passage.texte, decided.mots)
    if shut:
        etat, texte = (WAITING if etat == WAITING else MASKED), ""
    decision = decided.decision if decided else ""
    return Rendered(passage.cle, passage.libelle, passage.le, etat, texte, passage.texte, motifs, decision)


def reasons(passage: Passage, asked: Asked) -> tuple[str, ...]:
    """Return why a passage waits for a decision (codes of MotifReserve), nothing when it does not."""
    found = list(passage.reserves)
    wished = {objet for lien, objet in asked.confidences if asked.lien and lien in ("", asked.lien)} & {
        passage.objet,
        ObjetConfidence.TOUT,
    }
    if wished:
        found.append(MotifReserve.MINEUR)
    return tuple(dict.fromkeys(found))


def without(text: str, words: Iterable[str]) -> str:
    """Return the text with these words blacked out, whatever their case; their length does not show."""
    for word in sorted(filter(None, words), key=len, reverse=True):
        text = re.sub(re.escape(word), HIDDEN, text, flags=re.IGNORECASE)
    return text


def waiting(rubriques: Iterable[RenderedRubrique]) -> list[Rendered]:
    """Return the passages that wait for a decision, in order."""
    return [one for rubrique in rubriques for one in rubrique.passages if one.etat == WAITING]
