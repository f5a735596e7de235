"""Posts and their accounts: asked by one administrator, given by another; closed by either."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.transaction import atomic

from maillage.administration.enums import EtatDemande, GenreDemande, Objet
from maillage.administration.history import Moved, keep, lock_ledger, require_administrator
from maillage.administration.models import Demande
from maillage.administration.roles import function_of, roles_of
from maillage.administration.typed import free_code, tidy_name
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.comptes import actions as comptes
from maillage.comptes.acteur import Acteur
from maillage.comptes.enums import EtatCompte
from maillage.comptes.models import Compte
from maillage.conventions.errors import BadAnswer, NotNow, NotYours
from maillage.directory.actions import DirectoryRefused, PosteVoulu, create_post, end_post
from maillage.directory.enums import Contrat, Role
from maillage.directory.models import Poste, Professionnel, Service
from maillage.directory.queries import PARTS
from maillage.law.facts.acteurs import EMPLOIS

SOON = timedelta(days=366)
NAMES = {"prenom": 60, "nom": 80}


@dataclass(frozen=True)
class PosteDemande:
    """What an administrator types of a post. `personne` is a professional already known, or None."""

    service: UUID
    role: str
    emploi: str
    debut: date
    fin: date | None = None
    prenom: str = ""
    nom: str = ""
    courriel: str = ""
    personne: UUID | None = None
    intitule: str = ""
    contrat: str = Contrat.PERMANENT
    preuve: str = ""
    part_action_sociale: str = "aucune"
    part_protection_enfance: str = "aucune"
    lecture_seule: bool = False


@atomic
def ask_post(*, by: Acteur, voulu: PosteDemande) -> Demande:
    """Ask a post, and the invitation of whoever will hold it; waits for a second administrator.

    Raises NotYours, CannotWrite, BadAnswer.
    """
    require_administrator(by)
    service = Service.objects.filter(pk=voulu.service).first()
    if service is None:
        raise BadAnswer("service", "Choisissez le service dans la liste.")
    _check(service, voulu)
    who = _who(voulu)
    if voulu.personne is not None and voulu.personne == by.professionnel_id:
        raise BadAnswer("personne", "Nul ne demande un poste pour soi : un collègue le fait.")
    role = Role(voulu.role).label
    content = {
        **{name: getattr(voulu, name) for name in ("role", "emploi", "contrat", *PARTS, "lecture_seule")},
        "service": str(service.pk),
        "debut": voulu.debut.isoformat(),
        "fin": voulu.fin.isoformat() if voulu.fin else None,
        "intitule": tidy_name("intitule", voulu.intitule, 120) if voulu.intitule.strip() else role,
        "preuve": tidy_name("preuve", voulu.preuve, 250) if voulu.preuve.strip() else "",
        **who,
    }
    named = f"{who['prenom']} {who['nom']}"
    return Demande.objects.create(
        genre=GenreDemande.POSTE,
        contenu=content,
        resume=f"{named} : {content['intitule']}, {service}"[:250],
        demandee_le=clock.now(),
        demandee_par=by.poste,
    )


def _who(voulu: PosteDemande) -> dict[str, str | None]:
    """Return who will hold the post, checked: someone known, or a new name. Raises BadAnswer."""
    if voulu.personne is not None:
        known = Professionnel.objects.filter(pk=voulu.personne).first()
        if known is None:
            raise BadAnswer("personne", "Cette personne n'est pas inscrite.")
        return {
            "personne": str(known.pk),
            "prenom": known.prenom,
            "nom": known.nom,
            "courriel": known.courriel,
        }
    named = {name: tidy_name(name, getattr(voulu, name), longest) for name, longest in NAMES.items()}
    courriel = voulu.courriel.strip()
    if courriel:
        try:
            validate_email(courriel)
        except ValidationError as error:
            raise BadAnswer("courriel", "Cette adresse électronique n'en est pas une.") from error
    return {"personne": None, "courriel": courriel, **named}


def _check(service: Service, voulu: PosteDemande) -> None:
    if voulu.role not in roles_of(service):
        raise BadAnswer("role", f"« {service} » n'a pas ce rôle : son métier n'est pas celui-là.")
    for champ, value, known in (
        ("emploi", voulu.emploi, EMPLOIS),
        ("contrat", voulu.contrat, Contrat.values),
        *((name, getattr(voulu, name), order) for name, order in PARTS.items()),
    ):
        if value not in known:
            raise BadAnswer(champ, "Choisissez dans la liste.")
    if voulu.debut > clock.today() + SOON:
        raise BadAnswer("debut", "Un poste commence dans l'année au plus tard.")
    if voulu.fin is not None and voulu.fin < max(voulu.debut, clock.today()):
        raise BadAnswer("fin", "Le dernier jour vient après le premier, et n'est pas passé.")


def give_post(by: Acteur, demande: Demande) -> comptes.Invited | None:
    """Create what a confirmed request asks; return the invitation, None for someone who has an account.

    Call it in the transaction that closes the request. Raises NotNow when it makes no sense any more.
    """
    content: dict[str, Any] = demande.contenu
    service = Service.objects.filter(pk=content["service"]).first()
    if service is None or content["role"] not in roles_of(service):
        raise NotNow("Ce service n'a plus ce rôle : écartez cette demande.")
    if content["personne"] == str(by.professionnel_id):
        raise NotNow("Nul ne se donne un poste : un autre collègue confirme celui-ci.")
    person = _person(content)
    try:
        poste = create_post(
            by=by.poste, professionnel=person, service=service, voulu=_wanted(content, service)
        )
    except DirectoryRefused as error:
        raise NotNow(str(error)) from error
    said = [Moved("Poste", "", f"{poste.intitule}, {service}")]
    keep(by, Acte.CREATION, Objet.POSTE, poste.pk, str(person), said, asked_by=demande.demandee_par)
    known = Compte.objects.filter(professionnel=person).first()
    if known is not None:
        gone = known.etat == EtatCompte.PARTI
        return comptes.start_over(compte=known, by=by.poste) if gone else None
    named = f"{person.prenom} {person.nom}"
    code = free_code(named, lambda one: Compte.objects.filter(identifiant=one).exists())
    return comptes.invite(professionnel=person, identifiant=code, email=content["courriel"], by=by.poste)


def _wanted(content: dict[str, Any], service: Service) -> PosteVoulu:
    public = content["emploi"] == "agent_public"
    return PosteVoulu(
        role=Role(content["role"]),
        intitule=content["intitule"],
        fonction=function_of(content["role"], service.metier),
        emploi=content["emploi"],
        debut=date.fromisoformat(content["debut"]),
        fin=date.fromisoformat(content["fin"]) if content["fin"] else None,
        contrat=Contrat(content["contrat"]),
        fondements_secret=("statut_agent_public",) if public else (),
        preuve=content["preuve"],
        lecture_seule=content["lecture_seule"],
        **{name: content[name] for name in PARTS},
    )


def _person(content: dict[str, Any]) -> Professionnel:
    if content["personne"] is not None:
        known = Professionnel.objects.filter(pk=content["personne"]).first()
        if known is None:
            raise NotNow("Cette personne n'est plus inscrite : écartez cette demande.")
        return known
    return Professionnel.objects.create(
        prenom=content["prenom"], nom=content["nom"], courriel=content["courriel"]
    )


@atomic
def end_one_post(*, by: Acteur, poste: UUID, dernier_jour: date) -> Poste:
    """Give a post its last day, that evening included. Raises NotYours, CannotWrite, BadAnswer.

    An earlier end stands: to give a post back is to ask another one.
    """
    require_administrator(by)
    row = Poste.objects.select_related("professionnel", "service").filter(pk=poste).first()
    if row is None:
        raise NotYours
    if dernier_jour < clock.today() - timedelta(days=1):
        raise BadAnswer("dernier_jour", "Le dernier jour est hier au plus tôt.")
    if row.fin is not None and dernier_jour > row.fin:
        raise BadAnswer("dernier_jour", "Ce poste finit plus tôt : le prolonger, c'est en demander un autre.")
    lock_ledger(by, services=[row.service_id])
    before = row.fin
    try:
        ended = end_post(by=by.poste, poste=row, dernier_jour=dernier_jour)
    except DirectoryRefused as error:
        raise BadAnswer("dernier_jour", str(error)) from error
    if ended.fin != before:
        said = Moved("Dernier jour", f"{before:%d/%m/%Y}" if before else "", f"{dernier_jour:%d/%m/%Y}")
        keep(by, Acte.MODIFICATION, Objet.POSTE, row.pk, str(row.professionnel), [said])
    return ended


@atomic
def ask_return(*, by: Acteur, compte: UUID) -> Demande:
    """Ask that someone who lost telephone and codes is invited again; waits for a second administrator.

    Raises NotYours, CannotWrite, NotNow (waiting already, or a link not used yet).
    """
    require_administrator(by)
    row = Compte.objects.select_related("professionnel").filter(pk=compte).first()
    if row is None:
        raise NotYours
    content = {"compte": str(row.pk)}
    if Demande.objects.filter(genre=GenreDemande.RETOUR, contenu=content, etat=EtatDemande.ATTEND).exists():
        raise NotNow("Cette demande attend déjà une seconde personne.")
    return Demande.objects.create(
        genre=GenreDemande.RETOUR,
        contenu=content,
        resume=f"Réinviter {row.professionnel}, dont les accès sont perdus"[:250],
        demandee_le=clock.now(),
        demandee_par=by.poste,
    )


def give_back(by: Acteur, demande: Demande) -> comptes.Invited:
    """Start an account over as a confirmed request asks, and return the new invitation. Raises NotNow."""
    row = Compte.objects.select_related("professionnel").filter(pk=demande.contenu["compte"]).first()
    if row is None:
        raise NotNow("Ce compte n'existe plus : écartez cette demande.")
    if row.professionnel_id == by.professionnel_id:
        raise NotNow("Nul ne se réinvite : un autre collègue confirme.")
    invited = comptes.start_over(compte=row, by=by.poste)
    said = [Moved("Accès", "perdus", "nouvelle invitation")]
    asked = demande.demandee_par
    keep(by, Acte.COMPTE, Objet.COMPTE, row.pk, str(row.professionnel), said, asked_by=asked)
    return invited


@atomic
def close_account(*, by: Acteur, compte: UUID) -> None:
    """Close an account at once: a telephone was stolen. Only a new invitation opens it again.

    Raises NotYours, CannotWrite, NotNow (closed already).
    """
    require_administrator(by)
    row = Compte.objects.select_for_update(of=("self",)).filter(pk=compte).first()
    if row is None:
        raise NotYours
    if row.etat in {EtatCompte.SUSPENDU, EtatCompte.PARTI}:
        raise NotNow("Ce compte est déjà fermé.")
    lock_ledger(by, personnes=[row.professionnel_id])
    before = row.get_etat_display()
    comptes.suspend(compte=row, by=by.poste)
    said = [Moved("Compte", before, row.get_etat_display())]
    keep(by, Acte.COMPTE, Objet.COMPTE, row.pk, str(row.professionnel), said)
