"""Invented acts: delegations everywhere; at Orléans a coordonnateur and what the authorities were told."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import UUID

from maillage.base import clock
from maillage.comptes.acteur import Acteur, build_acteur
from maillage.comptes.models import Compte
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import partenariat_ids
from maillage.directory.actions import record_delegation
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.directory.queries import DELEGATED
from maillage.sharing import designations, informations
from maillage.sharing.dangers import record_danger
from maillage.sharing.informations import Said
from maillage.sharing.queries import list_accompagnements

DAYS = 180


def write_acts() -> None:
    """Write each partnership's orders of delegation, then the acts of Orléans (données inventées)."""
    today = clock.today()
    for partenariat in Partenariat.objects.order_by("code"):
        posts = Poste.objects.filter(service__partenariats=partenariat)
        reader = posts.filter(role=Role.CHEF_DE_SERVICE).order_by("pk").first()
        deputies = posts.filter(fonction__in=DELEGATED).order_by("pk")
        for rank, poste in enumerate(deputies if reader else ()):
            assert reader is not None
            acte = f"{today.year - 1}-{rank + 1:03d} (inventé)"
            record_delegation(by=reader, poste=poste, acte=acte, debut=today - timedelta(days=300))
    _orleans(Partenariat.objects.get(code="orleans"))


def _orleans(partenariat: Partenariat) -> None:
    mayor = acting_as(partenariat, Role.MAIRE)
    educator = acting_as(partenariat, Role.EDUCATEUR)
    coordonnateur = acting_as(partenariat, Role.COORDONNATEUR)
    lines = list_accompagnements(educator, limit=40)
    chosen = Random(partenariat.code).sample(sorted(lines, key=lambda line: str(line.id)), 3)
    act = designations.open_designation(
        by=mayor,
        partenariat=partenariat,
        coordonnateur=coordonnateur.poste,
        saisine="professionnel",
        sujets=["scolarite", "logement", "education"],
    )
    for line in chosen[:2]:
        designations.enter_scope(by=educator, designation=act.pk, accompagnement=line.id)
    designations.note_step(by=mayor, designation=act.pk, step="accord", version=0)
    designations.note_step(by=mayor, designation=act.pk, step="consultation", version=1)
    debut = clock.today()
    designations.sign_designation(
        by=mayor, designation=act.pk, debut=debut, fin=debut + timedelta(days=DAYS), version=2
    )
    _told(mayor, educator, chosen[2].personne)


def _told(mayor: Acteur, educator: Acteur, personne: UUID) -> None:
    """Tell both authorities that several professionals are needed, and the department of a danger."""
    posts = {one.autorite: one.poste.pk for one in informations.representatives(educator, "1")}
    contenu = {"difficultes": ["sociales", "educatives"], "intervenants": ["prevention", "ccas", "ecole"]}
    said = Said("1", list(posts.values()), contenu, aggravation=True)
    first, *_ = informations.inform(by=educator, personne=personne, said=said)
    informations.acknowledge_information(by=mayor, information=first.pk)
    record_danger(by=educator, destinataire="crip", personne=personne)


def acting_as(partenariat: Partenariat, role: Role) -> Acteur:
    """Return who holds this role and has an account, acting today."""
    today = clock.today()
    comptes = Compte.objects.select_related("professionnel").filter(
        professionnel__postes__service__partenariats=partenariat, professionnel__postes__role=role
    )
    compte = comptes.order_by("identifiant").first()
    assert compte is not None
    poste = compte.professionnel.postes.select_related("service").get(role=role)
    return build_acteur(compte, poste, partenariat_ids(poste.service_id, today))
