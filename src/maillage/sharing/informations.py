"""Informing the mayor and the department (CASF L. 121-6-2, paragraphs 1, 6 and 7; C. éduc. L. 131-8).

Each paragraph is a form of codes that can say what the paragraph lets be said, and nothing else: no
field holds a word or a name. Identity is given by voice, or written by hand on the paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet, TextChoices
from django.db.transaction import atomic

from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import services_in, shared_partenariats
from maillage.directory.enums import Role
from maillage.directory.models import Poste
from maillage.directory.queries import DELEGATED, Mandate, Source, active_on, mandate
from maillage.dossiers import actions as dossiers
from maillage.sharing.access import PERSON_ROLES, require_arrived
from maillage.sharing.actions import owe_later, record_exchange
from maillage.sharing.dangers import transmissions_announced
from maillage.sharing.designations import subject_of
from maillage.sharing.enums import (
    Alinea,
    Autorite,
    Competence,
    DestinataireDanger,
    Difficulte,
    Intervenant,
    SujetCoordination,
)
from maillage.sharing.errors import BadAnswer, NotNow, NotVisible, ReadOnly, Withheld
from maillage.sharing.facts import gather
from maillage.sharing.ledger import note
from maillage.sharing.models import Echange, Information, TransmissionDanger
from maillage.sharing.queries import judge
from maillage.sharing.views import Examined, Fact

if TYPE_CHECKING:
    from maillage.comptes.acteur import Acteur

SENDERS = PERSON_ROLES | {Role.COORDONNATEUR}
# Who has something to say to an authority at all: a school head, of absences only.
SAYING = SENDERS | {Role.CHEF_ETABLISSEMENT}
RECIPIENTS: Mapping[str, frozenset[Role]] = {
    Autorite.MAIRE: frozenset({Role.MAIRE, Role.ADJOINT_DELEGUE}),
    Autorite.DEPARTEMENT: frozenset({Role.CRIP}),
}
# All that each paragraph lets be said; the third says nothing but that it happened.
ALLOWED: Mapping[str, Mapping[str, type[TextChoices]]] = {
    Alinea.BESOIN: {"difficultes": Difficulte, "intervenants": Intervenant},
    Alinea.CONFIDENCE: {"competences": Competence, "sujets": SujetCoordination},
    Alinea.FAIT: {},
    Alinea.ABSENCES: {},
}
TO: Mapping[str, tuple[Autorite, ...]] = {
    Alinea.BESOIN: (Autorite.MAIRE, Autorite.DEPARTEMENT),
    Alinea.CONFIDENCE: (Autorite.MAIRE, Autorite.DEPARTEMENT),
    Alinea.FAIT: (Autorite.MAIRE,),
    Alinea.ABSENCES: (Autorite.MAIRE,),
}
KIND: Mapping[str, tuple[str, str]] = {
    Alinea.BESOIN: ("besoin_de_coordination", "action_sociale"),
    Alinea.CONFIDENCE: ("vie_privee", "competence_autorite"),
    Alinea.FAIT: ("fait_de_transmission", "protection_enfance"),
    Alinea.ABSENCES: ("assiduite_scolaire", "assiduite_scolaire"),
}


@dataclass(frozen=True)
class Representative:
    """Someone who represents an authority today: the post, in which partnership, by which act."""

    poste: Poste
    autorite: Autorite
    partenariat: UUID
    mandat: Mandate


@dataclass(frozen=True)
class Said:
    """What the sender says of an information: codes, what they attest today, whom they tell."""

    alinea: str
    destinataires: Sequence[UUID]
    contenu: Mapping[str, Sequence[str]]
    objet: str = "personne"
    aggravation: bool = False
    seul: bool = False
    necessaire: bool = False
    origine: str = ""


def representatives(by: Acteur, alinea: str) -> list[Representative]:
    """Return who may be told under this paragraph today: a mandate in force is checked for each."""
    today = clock.today()
    found = []
    for autorite in TO[alinea]:
        posts = Poste.objects.filter(
            active_on(today),
            role__in=RECIPIENTS[autorite],
            service__in=services_in(by.partenariat_ids, today),
        )
        for poste in posts.distinct().select_related("professionnel", "service").order_by("intitule", "pk"):
            shared = by.partenariat_ids & shared_partenariats(by.service, poste.service, today)
            held = mandate(poste, today)
            if held is not None and shared:
                found.append(Representative(poste, autorite, min(shared), held))
    return found


def deputies(by: Acteur) -> list[Poste]:
    """Return the posts of my partnerships, outside my service, that need an order to represent anyone."""
    posts = Poste.objects.filter(
        active_on(clock.today()),
        fonction__in=DELEGATED,
        service__in=services_in(by.partenariat_ids, clock.today()),
    )
    return list(posts.exclude(service=by.service).distinct().select_related("professionnel", "service"))


def inform(*, by: Acteur, personne: UUID | None, said: Said) -> list[Information]:
    """Tell the chosen authorities what one paragraph allows; what is attested becomes a dated constat.

    Of absences a school says no `personne`: it holds none; who it is about is given by voice.

    Raises NotVisible, ReadOnly, BadAnswer (outside the lists), NotNow (paragraph 7 before the
    department), Withheld (recorded: nothing left).
    """
    sent = _inform(by, personne, said)
    if isinstance(sent, Echange):
        raise Withheld(sent)
    return sent


@atomic
def _inform(by: Acteur, personne: UUID | None, said: Said) -> list[Information] | Echange:
    """Send inside one transaction; a withheld exchange is returned so that its record is kept."""
    _require_sender(by, said.alinea)
    about = _about(by, personne, said)
    contenu = _contents(said)
    chosen = _recipients(by, said)
    require_arrived(by, {one.partenariat for one in chosen})
    established = _established(by, about, said) if about else {}
    if about:
        _attest(by, about, said)
    lot, rows = new_id(), []
    for one in chosen:
        partenariat = Partenariat.objects.get(pk=one.partenariat)
        examined = _examine(by, one, partenariat, about, said, established)
        echange = record_exchange(
            by=by,
            examined=examined,
            partenariat=partenariat,
            destinataire=one.poste.service,
            personne=about,
            representant=one.poste,
        )
        if not examined.permitted:
            return echange
        rows.append(_keep(by, one, echange, said.alinea, contenu, lot))
    if said.alinea == Alinea.BESOIN and len({row.autorite for row in rows}) < len(TO[said.alinea]):
        owe_later(rows[0].echange, only={"O-MAIRE-ET-PCD"})
    return rows


def _keep(
    by: Acteur, to: Representative, echange: Echange, alinea: str, contenu: dict[str, list[str]], lot: UUID
) -> Information:
    row = Information.objects.create(
        lot=lot,
        echange=echange,
        alinea=alinea,
        autorite=to.autorite,
        service=by.service,
        destinataire=to.poste,
        mandat=to.mandat.libelle,
        personne=echange.sujet,
        contenu=contenu,
        le=clock.now(),
    )
    note(by, Acte.PARTAGE, "information", row.pk, {"alinea": alinea, "autorite": to.autorite})
    return row


def _require_sender(by: Acteur, alinea: str) -> None:
    allowed = {Role.CHEF_ETABLISSEMENT} if alinea == Alinea.ABSENCES else SENDERS
    if by.role not in allowed:
        raise NotVisible
    if by.lecture_seule:
        raise ReadOnly


def _about(by: Acteur, personne: UUID | None, said: Said) -> UUID | None:
    """Return whom it is about, whom this post may speak of; of absences, nobody. Raises NotVisible."""
    if said.alinea == Alinea.ABSENCES:
        return None
    if personne is None:
        raise NotVisible
    return subject_of(by, personne).pk


def _contents(said: Said) -> dict[str, list[str]]:
    """Keep the codes of the paragraph's lists. Raises BadAnswer for anything else, or for none."""
    if said.alinea not in ALLOWED:
        raise BadAnswer("alinea", "Choisissez une réponse de la liste.")
    fields = ALLOWED[said.alinea]
    if set(said.contenu) - set(fields):
        raise BadAnswer("alinea", "Cet alinéa ne permet pas de dire cela.")
    kept = {}
    for name, choices in fields.items():
        codes = list(said.contenu.get(name, ()))
        if not codes or set(codes) - set(choices.values):
            raise BadAnswer(name, "Choisissez dans la liste.")
        kept[name] = codes
    if said.alinea == Alinea.BESOIN and len(kept["intervenants"]) < 2:
        raise BadAnswer("intervenants", "Choisissez au moins deux professionnels.")
    return kept


def _recipients(by: Acteur, said: Said) -> list[Representative]:
    known = {one.poste.pk: one for one in representatives(by, said.alinea)}
    if not said.destinataires or set(said.destinataires) - known.keys():
        raise BadAnswer("destinataires", "Choisissez qui représente l'autorité aujourd'hui.")
    return [known[pk] for pk in dict.fromkeys(said.destinataires)]


def _established(by: Acteur, personne: UUID, said: Said) -> dict[str, Fact]:
    """Return what the paragraph rests on beside what is attested. Raises NotNow before the department."""
    if said.alinea != Alinea.FAIT:
        return {}
    told = TransmissionDanger.objects.filter(
        service=by.service, personne=personne, destinataire=DestinataireDanger.CRIP
    )
    row = told.order_by("-le").first()
    if row is None:
        raise NotNow("Le département d'abord : transmettez, notez-le, puis dites-le au maire.")
    source = Source("transmission", str(row.pk), f"Transmission au département du {_day(row.le.date())}")
    return {"situation.danger": Fact("risque", source)}


def _attest(by: Acteur, personne: UUID, said: Said) -> None:
    """Date what the sender attests, for today only: no later exchange may rest on it."""
    for fait, vrai in (("aggravation", said.aggravation), ("emetteur_seul", said.seul)):
        if vrai:
            path = f"situation.{fait}"
            dossiers.add_constat(personne=personne, fait=path, valeur=True, fin=clock.today(), par=by.poste)


def _examine(
    by: Acteur,
    to: Representative,
    partenariat: Partenariat,
    personne: UUID | None,
    said: Said,
    established: Mapping[str, Fact],
) -> Examined:
    nature, finalite = KIND[said.alinea]
    return judge(
        gather(
            emetteur=by.poste,
            destinataire=to.poste.service,
            partenariat=partenariat,
            personne=personne,
            objet=said.objet,
            nature=nature,
            finalite=finalite,
            cadre="bilateral",
            on=clock.today(),
            declared={
                "contenu.strictement_necessaire": said.necessaire,
                "contenu.origine": said.origine,
            },
            established=established,
            representant=to.poste,
        )
    )


def _within(acteur: Acteur) -> QuerySet[Information]:
    return Information.objects.filter(echange__partenariat__in=acteur.partenariat_ids)


def informations_received(acteur: Acteur) -> list[Information]:
    """Return the informations addressed to this very post, newest first; one ledger line.

    Raises NotVisible for whoever represents no authority.
    """
    if not any(acteur.role in roles for roles in RECIPIENTS.values()):
        raise NotVisible
    with atomic():
        rows = list(
            _within(acteur)
            .filter(destinataire=acteur.poste)
            .select_related("service")
            .defer("personne")
            .order_by("-le", "pk")[:100]
        )
        note(acteur, Acte.LISTE, "information", None, {"nombre": len(rows)})
    return rows


def informations_waiting(acteur: Acteur) -> int:
    """Count what waits for this post's receipt: informations, and for the department, transmissions."""
    waiting = _within(acteur).filter(destinataire=acteur.poste, accusee_le__isnull=True).count()
    if acteur.role == Role.CRIP:
        waiting += sum(one.accusee_le is None for one in transmissions_announced(acteur))
    return waiting


def informations_sent(acteur: Acteur) -> list[Information]:
    """Return what my service told an authority, newest first: never of whom. Raises NotVisible."""
    if acteur.role not in SAYING:
        raise NotVisible
    rows = _within(acteur).filter(service=acteur.service).defer("personne")
    return list(rows.select_related("destinataire__professionnel").order_by("-le", "pk")[:100])


def information_of(acteur: Acteur, identifiant: UUID) -> Information:
    """Return one information that my service sent or that my post received. Raises NotVisible."""
    sending = acteur.role in SAYING
    rows = informations_sent(acteur) if sending else informations_received(acteur)
    found = next((row for row in rows if row.pk == identifiant), None)
    if found is None:
        raise NotVisible
    return found


@atomic
def acknowledge_information(*, by: Acteur, information: UUID) -> None:
    """Note that the authority received it; the first time counts. Raises NotVisible, ReadOnly."""
    mine = _within(by).filter(pk=information, destinataire=by.poste)
    if not mine.exists():
        raise NotVisible
    if by.lecture_seule:
        raise ReadOnly
    # By identifier: a join may not be updated in one statement.
    row = Information.objects.filter(pk=information, accusee_le__isnull=True)
    if row.update(accusee_le=clock.now()):
        note(by, Acte.MODIFICATION, "information", information, {"accuse": True})


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
