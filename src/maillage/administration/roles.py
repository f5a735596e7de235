"""Which role exists in which trade, and what each establishes in the words of the law's vocabulary."""

from __future__ import annotations

from collections.abc import Mapping

from maillage.comptes.installation import CODE
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Service

_EVERYWHERE = (Role.CHEF_DE_SERVICE, Role.DIRECTION, Role.COORDINATION, Role.DPO, Role.ACCUEIL)
ROLES: Mapping[str, tuple[Role, ...]] = {
    Metier.MEDIATION_SOCIALE: (Role.MEDIATEUR, Role.CORRESPONDANT_DE_NUIT, *_EVERYWHERE, Role.PARENT_RELAIS),
    Metier.PREVENTION_SPECIALISEE: (Role.EDUCATEUR, *_EVERYWHERE),
    Metier.INSTITUTION: (
        Role.MAIRE,
        Role.ADJOINT_DELEGUE,
        Role.CRIP,
        Role.COORDONNATEUR,
        Role.COORDINATION,
        Role.DIRECTION,
        Role.DPO,
        Role.ACCUEIL,
        Role.PARENT_RELAIS,
    ),
    Metier.ECOLE: (Role.CHEF_ETABLISSEMENT,),
    Metier.RESEAU: (Role.RESEAU,),
}
# What the holder exercises; hierarchy and reception exercise the trade of their service.
_FONCTIONS: Mapping[str, str] = {
    Role.MEDIATEUR: "mediateur",
    Role.CORRESPONDANT_DE_NUIT: "mediateur",
    Role.EDUCATEUR: "educateur_prevention",
    Role.COORDONNATEUR: "coordonnateur",
    Role.MAIRE: "maire",
    Role.ADJOINT_DELEGUE: "adjoint_delegue",
    Role.CRIP: "delegue_departement",
    Role.CHEF_ETABLISSEMENT: "chef_etablissement",
    Role.PARENT_RELAIS: "parent_relais",
    Role.ACCUEIL: "agent_municipal",
    Role.COORDINATION: "cadre_municipal",
}
_OF_TRADE: Mapping[str, str] = {
    Metier.MEDIATION_SOCIALE: "mediateur",
    Metier.PREVENTION_SPECIALISEE: "educateur_prevention",
    Metier.INSTITUTION: "cadre_municipal",
}


def roles_of(service: Service) -> tuple[Role, ...]:
    """Return the roles that a post of this service may have, the usual one first."""
    if service.code == CODE:
        return (Role.ADMINISTRATEUR,)
    return ROLES.get(service.metier, ())


def function_of(role: str, metier: str) -> str:
    """Return the function, in the law's vocabulary, that this role exercises in a service of this trade."""
    if role in {Role.CHEF_DE_SERVICE, Role.DIRECTION}:
        return _OF_TRADE.get(metier, "autre_tiers")
    return _FONCTIONS.get(role, "autre_tiers")
