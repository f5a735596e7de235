"""Generated worlds: towns, services, posts, charters, orientations, supports, designations, over four months.

Imports nothing of the product. Days are whole numbers from the world's first day; moments are
minutes from its first midnight. A world is drawn from a seed, each act by somebody who may do it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.oracle.rules import (
    Accompagnement,
    Designation,
    Orientation,
    Participation,
    Poste,
    World,
    in_charge,
    may_act,
    reads_orientation_received,
    reads_support,
)

DAYS = 120
CLOSING_DAYS = 42
HOURS = (9 * 60, 17 * 60)
ROLES = ("mediateur", "correspondant_de_nuit", "chef_de_service", "direction", "coordination", "dpo")
ROLES_PREVENTION = ("educateur", "educateur", "chef_de_service", "direction")
ROLES_MAIRIE = ("maire", "adjoint_delegue", "coordonnateur", "coordonnateur", "administrateur")


@dataclass
class Act:
    """Something done at a moment by a post: `kind` says what, `on` is the object's number."""

    at: int
    kind: str
    by: int
    on: int


@dataclass
class Story:
    """A world and the acts that made it, in the order they happened."""

    world: World
    acts: list[Act] = field(default_factory=list)


def draw(seed: int, *, towns: int = 2, orientations: int = 40, supports: int = 20) -> Story:
    """Draw a world and its acts."""
    random = Random(seed)
    story = Story(World(closing_days=CLOSING_DAYS))
    for town in range(towns):
        _town(random, story.world, town)
    _border_service(random, story.world, towns)
    for _ in range(orientations):
        _orientation(random, story)
    for _ in range(supports):
        _support(random, story)
    for _ in range(towns * 2):
        _designation(random, story)
    story.acts.sort(key=lambda act: act.at)
    return story


def moment(random: Random, first: int, last: int) -> int:
    """Draw a working moment between two days, both counted."""
    return random.randint(first, last) * 1440 + random.randint(*HOURS)


def _town(random: Random, world: World, town: int) -> None:
    world.charters[town] = random.choice([None, None, random.randint(0, 60)])
    for trade in ("mediation_sociale", "mediation_sociale", "prevention_specialisee", "institution"):
        service = len(world.services)
        world.services.append(trade)
        left = random.randint(50, DAYS) if random.random() < 0.2 else None
        world.participations.append(Participation(town, service, 0, left))
        _posts(random, world, service, trade)


def _border_service(random: Random, world: World, towns: int) -> None:
    """Add a prevention service that works with two partnerships, which do not see each other."""
    service = len(world.services)
    world.services.append("prevention_specialisee")
    for town in range(min(2, towns)):
        world.participations.append(Participation(town, service, 0, None))
    _posts(random, world, service, "prevention_specialisee")


def _posts(random: Random, world: World, service: int, trade: str) -> None:
    roles = {"institution": ROLES_MAIRIE, "prevention_specialisee": ROLES_PREVENTION}.get(trade, ROLES)
    for role in roles:
        world.postes.append(
            Poste(
                service=service,
                role=role,
                debut=random.choice([0, 0, 0, random.randint(1, 40)]),
                fin=random.choice([None, None, None, random.randint(40, DAYS)]),
                lecture_seule=random.random() < 0.15,
                suspendu_le=random.randint(1, DAYS) * 1440 if random.random() < 0.1 else None,
                signe_le=random.choice([0, 0, random.randint(1, DAYS), None]),
            )
        )


def _someone(random: Random, world: World, service: int, at: int) -> int | None:
    """Draw a post of this service that may write about a person at that moment."""
    able = [
        number
        for number, poste in enumerate(world.postes)
        if poste.service == service and may_act(world, number, at)
    ]
    return random.choice(able) if able else None


def _orientation(random: Random, story: Story) -> None:
    world = story.world
    # From here on, no draft is three months old before the world ends.
    at = moment(random, DAYS - 91, DAYS - 20)
    town = random.choice(sorted(world.charters))
    members = [one.service for one in world.participations if one.partenariat == town and one.on(at // 1440)]
    senders = [one for one in members if world.services[one] == "mediation_sociale"]
    targets = [one for one in members if world.services[one] == "prevention_specialisee"]
    if not senders or not targets:
        return
    sender, target = random.choice(senders), random.choice(targets)
    by = _someone(random, world, sender, at)
    if by is None or not world.signed(by, town, at):
        return
    number = len(world.orientations)
    row = Orientation(town, sender, target, preparee=at)
    world.orientations.append(row)
    story.acts.append(Act(at, "prepare", by, number))
    _after_preparing(random, story, number, row)


def _after_preparing(random: Random, story: Story, number: int, row: Orientation) -> None:
    world = story.world
    at = row.preparee + random.randint(1, 3 * 1440) // 1440 * 1440 + 1
    by = _someone(random, world, row.emetteur, at)
    if by is None or random.random() < 0.15:
        return
    if random.random() < 0.1:
        row.abandonnee = at
        story.acts.append(Act(at, "abandon", by, number))
        return
    both = in_charge(world, by, row.partenariat, at) and world.member(row.destinataire, row.partenariat, at)
    if not both or not world.signed(by, row.partenariat, at) or not _answered(world, row.destinataire, at):
        return
    row.envoyee = at
    story.acts.append(Act(at, "send", by, number))
    _answer(random, story, number, row)
    _withdrawal(random, story, number, row)


def _answered(world: World, service: int, at: int) -> bool:
    """Say whether a service has an educator that day: without anyone it can show no ground to receive."""
    return any(
        one.service == service and one.role == "educateur" and one.on(at // 1440) for one in world.postes
    )


def _answer(random: Random, story: Story, number: int, row: Orientation) -> None:
    world = story.world
    assert row.envoyee is not None
    at = row.envoyee + random.randint(0, 20) * 1440 + 2
    by = _someone(random, world, row.destinataire, at)
    if by is None or not reads_orientation_received(world, by, row, at):
        return
    kind = random.choice(["accept", "accept", "decline", ""])
    if not kind:
        return
    row.decision, row.decidee = kind, at
    story.acts.append(Act(at, kind, by, number))
    if kind == "accept":
        row.accompagnement = len(world.accompagnements)
        world.accompagnements.append(Accompagnement(row.destinataire, at, ne_de=number))


def _withdrawal(random: Random, story: Story, number: int, row: Orientation) -> None:
    world = story.world
    assert row.envoyee is not None
    at = row.envoyee + random.randint(0, 60) * 1440 + 3
    if random.random() < 0.6 or at >= row.cloture(world) or (row.decidee and at <= row.decidee):
        return
    by = _someone(random, world, row.emetteur, at)
    if by is None or not in_charge(world, by, row.partenariat, at):
        return
    row.retiree = at
    story.acts.append(Act(at, "withdraw", by, number))
    if row.accompagnement is not None:
        world.accompagnements[row.accompagnement].efface = at


def _support(random: Random, story: Story) -> None:
    world = story.world
    at = moment(random, 1, DAYS - 20)
    services = [n for n, trade in enumerate(world.services) if trade == "prevention_specialisee"]
    service = random.choice(services)
    by = _someone(random, world, service, at)
    if by is None:
        return
    number = len(world.accompagnements)
    world.accompagnements.append(Accompagnement(service, at))
    story.acts.append(Act(at, "open", by, number))
    for kind in ("acquise", random.choice(["suspendue", "retiree", "acquise"]), "close"):
        at += random.randint(1, 25) * 1440
        by = _someone(random, world, service, at)
        if by is None or at // 1440 >= DAYS or random.random() < 0.3:
            return
        if kind == "suspendue" or kind == "retiree":
            world.accompagnements[number].retraits.append(at)
        story.acts.append(Act(at, kind, by, number))


def _designation(random: Random, story: Story) -> None:
    """An act of the mayor about supports of his partnership, signed or not, ended early or not."""
    world = story.world
    day = random.randint(25, DAYS - 30)
    at = day * 1440 + HOURS[0]
    town = random.choice(sorted(world.charters))
    mayors = [n for n, p in enumerate(world.postes) if p.role == "maire" and in_charge(world, n, town, at)]
    mayors = [n for n in mayors if not world.postes[n].lecture_seule]
    named = [n for n, p in enumerate(world.postes) if p.role == "coordonnateur" and p.on(day)]
    named = [n for n in named if world.member(world.postes[n].service, town, at)]
    if not mayors or not named:
        return
    number = len(world.designations)
    row = Designation(town, random.choice(named))
    scope = [(n, _entering(random, world, n, town, at + 10)) for n in range(len(world.accompagnements))]
    chosen = [(n, by) for n, by in scope if by is not None and random.random() < 0.3][:4]
    world.designations.append(row)
    story.acts.append(Act(at, "designate", mayors[0], number))
    for support, by in chosen:
        row.perimetre.append(support)
        story.acts.append(Act(at + 10, f"enter {support}", by, number))
    if chosen and random.random() < 0.8:
        row.signee = at + 20
        row.debut, row.fin = day + random.randint(0, 5), day + random.randint(6, 40)
        story.acts.append(Act(at + 20, "sign", mayors[0], number))
        _end_act(random, story, number, row, mayors[0])


def _entering(random: Random, world: World, support: int, town: int, at: int) -> int | None:
    row = world.accompagnements[support]
    by = _someone(random, world, row.service, at)
    if by is None or not reads_support(world, by, row, at) or not in_charge(world, by, town, at):
        return None
    return by


def _end_act(random: Random, story: Story, number: int, row: Designation, mayor: int) -> None:
    at = random.randint(row.debut, row.fin) * 1440 + HOURS[1]
    if random.random() < 0.3 and may_act(story.world, mayor, at, mayor=True):
        row.finie = at
        story.acts.append(Act(at, "end", mayor, number))
