"""Who may see what, written from the documents alone; imports nothing of the product.

Sources: design §4 (return without betrayal) and §5 (wall, services, adhésion), security S-06, S-09,
S-11, S-14, S-15, S-16, law §12, and the pages `la-porte` and `se-connecter`. Where a document is
silent, nothing is open.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# « Direction, coordination, maire, élus, DPO, administrateur : aucun accès aux personnes. »
MEETS_PEOPLE = {"mediateur", "correspondant_de_nuit", "educateur", "chef_de_service"}
# « Le jour où un poste finit, l'accès s'arrête à dix-huit heures. »
LAST_EVENING = 18 * 60
# « Un brouillon oublie la personne après trois mois. »
DRAFT_DAYS = 92


@dataclass
class Participation:
    """A service in a partnership, between two days, both counted."""

    partenariat: int
    service: int
    debut: int
    fin: int | None

    def on(self, day: int) -> bool:
        """Say whether it holds that day."""
        return self.debut <= day and (self.fin is None or day <= self.fin)


@dataclass
class Poste:
    """A post, its holder's account, and the day its holder signed the charter."""

    service: int
    role: str
    debut: int
    fin: int | None
    lecture_seule: bool
    suspendu_le: int | None
    signe_le: int | None

    def on(self, day: int) -> bool:
        """Say whether it is held that day."""
        return self.debut <= day and (self.fin is None or day <= self.fin)


@dataclass
class Orientation:
    """An orientation: who to whom, and the moments of its life."""

    partenariat: int
    emetteur: int
    destinataire: int
    preparee: int
    envoyee: int | None = None
    abandonnee: int | None = None
    decision: str = ""
    decidee: int | None = None
    retiree: int | None = None
    accompagnement: int | None = None

    def cloture(self, world: World) -> int:
        """Return the first moment of the day fixed at sending."""
        assert self.envoyee is not None
        return (self.envoyee // 1440 + world.closing_days) * 1440


@dataclass
class Accompagnement:
    """A support held by one service; erased when a withdrawal takes away all it rested on."""

    service: int
    ouvert: int
    ne_de: int | None = None
    efface: int | None = None
    retraits: list[int] = field(default_factory=list)


@dataclass
class Designation:
    """An act of L. 121-6-2: whom it designates, whom it covers, from which day to which."""

    partenariat: int
    coordonnateur: int
    perimetre: list[int] = field(default_factory=list)
    signee: int | None = None
    debut: int = 0
    fin: int = 0
    finie: int | None = None


@dataclass
class World:
    """Everything the rules read. Objects are named by their rank in their list."""

    closing_days: int
    services: list[str] = field(default_factory=list)
    charters: dict[int, int | None] = field(default_factory=dict)
    participations: list[Participation] = field(default_factory=list)
    postes: list[Poste] = field(default_factory=list)
    orientations: list[Orientation] = field(default_factory=list)
    accompagnements: list[Accompagnement] = field(default_factory=list)
    designations: list[Designation] = field(default_factory=list)

    def member(self, service: int, partenariat: int, at: int) -> bool:
        """Say whether the service takes part in the partnership at that moment."""
        return any(
            one.on(at // 1440)
            for one in self.participations
            if one.service == service and one.partenariat == partenariat
        )

    def signed(self, poste: int, partenariat: int, at: int) -> bool:
        """Say whether the holder has signed the charter in force, if there is one."""
        since, signature = self.charters[partenariat], self.postes[poste].signe_le
        if since is None or at // 1440 < since:
            return True
        return signature is not None and max(signature, since) <= at // 1440


def signed_in(world: World, poste: int, at: int) -> bool:
    """Say whether the holder can be there at all: the post is held, the account is active."""
    row = world.postes[poste]
    day, minute = divmod(at, 1440)
    gone = row.fin is not None and (day > row.fin or (day == row.fin and minute >= LAST_EVENING))
    suspended = row.suspendu_le is not None and at >= row.suspendu_le
    return row.debut <= day and not gone and not suspended


def meets_people(world: World, poste: int, at: int) -> bool:
    """Say whether the holder is there, in a post that meets people."""
    return signed_in(world, poste, at) and world.postes[poste].role in MEETS_PEOPLE


def may_act(world: World, poste: int, at: int, *, mayor: bool = False) -> bool:
    """Say whether the holder may write: about people, or, with `mayor`, as the mayor."""
    there = signed_in(world, poste, at) if mayor else meets_people(world, poste, at)
    return there and not world.postes[poste].lecture_seule


def in_charge(world: World, poste: int, partenariat: int, at: int) -> bool:
    """Say whether the holder is there, in a service that takes part in the partnership."""
    return signed_in(world, poste, at) and world.member(world.postes[poste].service, partenariat, at)


def reads_orientation_sent(world: World, poste: int, row: Orientation, at: int) -> bool:
    """The service that prepared or sent it, while it is in the partnership; not once given up."""
    return (
        meets_people(world, poste, at)
        and world.postes[poste].service == row.emetteur
        and world.member(row.emetteur, row.partenariat, at)
        and row.preparee <= at
        and not (row.abandonnee is not None and row.abandonnee <= at)
    )


def reads_orientation_received(world: World, poste: int, row: Orientation, at: int) -> bool:
    """The service it was sent to, in the partnership, its charter signed by who reads."""
    return (
        meets_people(world, poste, at)
        and world.postes[poste].service == row.destinataire
        and world.member(row.destinataire, row.partenariat, at)
        and row.envoyee is not None
        and row.envoyee <= at
        and world.signed(poste, row.partenariat, at)
    )


def says_who(world: World, row: Orientation, at: int) -> bool:
    """What an orientation says of a person ends for both sides: withdrawn, or at its fixed day."""
    if row.retiree is not None and row.retiree <= at:
        return False
    if row.envoyee is not None and row.envoyee <= at:
        return at < row.cloture(world)
    return at < (row.preparee // 1440 + DRAFT_DAYS) * 1440


def names_sent(world: World, poste: int, row: Orientation, at: int) -> bool:
    """The sender reads what it said, whatever the other service answers."""
    return reads_orientation_sent(world, poste, row, at) and says_who(world, row, at)


def names_received(world: World, poste: int, row: Orientation, at: int) -> bool:
    """The recipient reads it too, unless it declined."""
    declined = row.decision == "decline" and row.decidee is not None and row.decidee <= at
    return reads_orientation_received(world, poste, row, at) and says_who(world, row, at) and not declined


def reads_support(world: World, poste: int, row: Accompagnement, at: int) -> bool:
    """The service that holds it, ended or not, until it is erased; no other service, ever."""
    return (
        meets_people(world, poste, at)
        and world.postes[poste].service == row.service
        and row.ouvert <= at
        and not (row.efface is not None and row.efface <= at)
    )


def coordinates(world: World, poste: int, number: int, at: int) -> bool:
    """The designated post, for whom an act in force covers, while its service is in the partnership.

    A support's adhésion does not end an act.
    """
    if not signed_in(world, poste, at) or world.postes[poste].role != "coordonnateur":
        return False
    support = world.accompagnements[number]
    if support.efface is not None and support.efface <= at:
        return False
    return any(
        act.coordonnateur == poste
        and number in act.perimetre
        and act.signee is not None
        and act.signee <= at
        and act.debut * 1440 <= at < (act.fin + 1) * 1440
        and not (act.finie is not None and act.finie <= at)
        and world.member(world.postes[poste].service, act.partenariat, at)
        for act in world.designations
    )


def decisions(world: World, poste: int, at: int) -> dict[str, list[bool]]:
    """Return every answer for one post at one moment, by question, in the order of the objects."""
    orientations, supports = world.orientations, world.accompagnements
    return {
        "emise": [reads_orientation_sent(world, poste, row, at) for row in orientations],
        "emise_nom": [names_sent(world, poste, row, at) for row in orientations],
        "recue": [reads_orientation_received(world, poste, row, at) for row in orientations],
        "recue_nom": [names_received(world, poste, row, at) for row in orientations],
        "accompagnement": [reads_support(world, poste, row, at) for row in supports],
        "coordination": [coordinates(world, poste, number, at) for number in range(len(supports))],
    }
