"""What a panel shows, as plain values: views fill these, templates draw them, neither knows the law."""

from __future__ import annotations

from dataclasses import dataclass

TITLES = {
    "obligatoire": "À transmettre sans délai",
    "permis": "Vous pouvez",
    "incomplet": "Il manque…",
    "a_trancher": "À décider ensemble",
    "interdit": "Pas sous cette forme",
}
ICONS = {
    "obligatoire": "obligatoire",
    "permis": "permis",
    "incomplet": "incomplet",
    "a_trancher": "question",
    "interdit": "interdit",
}


@dataclass(frozen=True)
class Missing:
    """One thing that lacks, and who can lift it (empty: nobody)."""

    text: str
    who: str = ""


@dataclass(frozen=True)
class Step:
    """One fact to establish: the document or act that proves it, who can, the link to where."""

    text: str
    proof: str
    who: str
    place: str = ""


@dataclass(frozen=True)
class Way:
    """A smallest set of facts that would be enough, all of them needed."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Condition:
    """One condition of a rule, in French, met or not."""

    text: str
    met: bool


@dataclass(frozen=True)
class Ground:
    """One rule behind the verdict: its article, its sentence, its conditions, the page of the rule."""

    article: str
    sentence: str
    conditions: tuple[Condition, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class VerdictPanel:
    """The verdict as `components/verdict.html` shows it: plain words first, law unfolds.

    `issue` is one of the five codes of the law; every text is a French sentence.
    """

    issue: str
    sentence: str
    missing: tuple[Missing, ...] = ()
    ways: tuple[Way, ...] = ()
    questions: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()

    @property
    def title(self) -> str:
        """Return the issue in the words of the screen."""
        return TITLES[self.issue]

    @property
    def icon(self) -> str:
        """Return the icon that goes with the issue."""
        return ICONS[self.issue]
