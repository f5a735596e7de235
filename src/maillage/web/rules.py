"""Who may call which address with which method: one declared rule per URL name (S-08).

What is not declared is refused. The rule only opens the door of the page; what a page then shows
is decided object by object in `sharing` and in each room's queries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from maillage.directory.enums import Role

EVERY_ROLE: frozenset[Role] = frozenset(Role)
MEDIATION: frozenset[Role] = frozenset({Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT})
PREVENTION: frozenset[Role] = frozenset({Role.EDUCATEUR})
TERRAIN: frozenset[Role] = MEDIATION | PREVENTION
ORIENTING: frozenset[Role] = TERRAIN | {Role.CHEF_ETABLISSEMENT}
TOWN_HALL: frozenset[Role] = frozenset({Role.MAIRE, Role.ADJOINT_DELEGUE})
RELAYS: frozenset[Role] = frozenset({Role.PARENT_RELAIS, Role.ACCUEIL})
ENCADREMENT: frozenset[Role] = frozenset({Role.CHEF_DE_SERVICE, Role.DIRECTION})

READING: frozenset[str] = frozenset({"GET", "HEAD"})
KNOWN_METHODS: frozenset[str] = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})


class Access(Enum):
    """What a rule answers to a request."""

    GRANTED = "granted"
    SIGN_IN = "sign_in"
    ABSENT = "absent"
    READ_ONLY = "read_only"
    WRONG_METHOD = "wrong_method"


@dataclass(frozen=True)
class Rule:
    """The rule of one URL name.

    `methods` are those the view implements; `roles` may use all of them; `readers` may only read;
    `public` needs no account; `own` pages are about one's own account, that a post which only reads
    may change too. Build it with `public`, `signed_in` or `reserved`.
    """

    methods: frozenset[str]
    roles: frozenset[Role] = frozenset()
    readers: frozenset[Role] = frozenset()
    public: bool = False
    own: bool = False

    def decide(self, *, role: str | None, method: str, read_only: bool = False) -> Access:
        """Say what happens to this method when asked by this role (None: nobody signed in).

        `read_only` is the post's own limit: it reads what its role reads and writes nothing.
        """
        if not self.public:
            if role is None:
                return Access.SIGN_IN
            if role not in self.roles | self.readers:
                return Access.ABSENT
        if method not in self.allowed_methods():
            return Access.WRONG_METHOD
        if self.public or method in READING or (role in self.roles and (self.own or not read_only)):
            return Access.GRANTED
        return Access.READ_ONLY

    def allowed_methods(self) -> frozenset[str]:
        """Return the methods of the `Allow` header: HEAD comes with GET."""
        return self.methods | READING if "GET" in self.methods else self.methods

    def admits(self, role: str | None) -> bool:
        """Say whether this role may at least read here; menus use it."""
        return self.public or role in self.roles | self.readers


def public(*methods: str) -> Rule:
    """Build the rule of a page that needs no account."""
    return Rule(methods=_checked(methods), public=True)


def signed_in(*methods: str) -> Rule:
    """Build the rule of a page open to every signed-in role."""
    return Rule(methods=_checked(methods), roles=EVERY_ROLE)


def reserved(roles: Iterable[Role], *methods: str, readers: Iterable[Role] = ()) -> Rule:
    """Build the rule of a page for some roles, and for `readers` who may look and not write."""
    return Rule(methods=_checked(methods), roles=frozenset(roles), readers=frozenset(readers))


def _checked(methods: Iterable[str]) -> frozenset[str]:
    asked = frozenset(methods)
    if not asked or not asked <= KNOWN_METHODS:
        raise ValueError(f"methods {sorted(asked)}: give some of {sorted(KNOWN_METHODS)}")
    return asked
