"""What is asked for: one object of each kind, all in `ici`, made by the product's own acts.

`Seeded.real` gives the identifiers that an address takes, by the name the table uses for each kind;
`Seeded.links` the tokens that open without account, each live or ended.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.core import mail, signing

from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.comptes.acteur import Acteur
from maillage.comptes.actions import invite
from maillage.comptes.devices import enrol_telephone
from maillage.conventions.actions import chartes, lectures
from maillage.conventions.actions.atelier import Wording, open_workshop, propose_clause, vote_clause
from maillage.conventions.actions.signature import settle_text, sign_convention
from maillage.conventions.enums import GenreCharte, OrigineClause
from maillage.conventions.models import ClauseProposee, Convention
from maillage.coordination.actions import add_contact
from maillage.diagnostics.actions import open_diagnostic, plan_walk, publish, write_part
from maillage.directory.actions import record_delegation
from maillage.directory.models import Lieu, Poste, Professionnel, Service
from maillage.enquetes.actions import open_wave
from maillage.evaluations.actions import ask_around, open_evaluation
from maillage.main_courante.actions.consignes import ConsigneData, leave_consigne, lift_consigne
from maillage.main_courante.actions.demandes import (
    DemandeData,
    ask_about_place,
    close_desk_link,
    desk_token,
    open_desk_link,
)
from maillage.main_courante.actions.messages import MessageData, send_message
from maillage.main_courante.actions.notes import write_note
from maillage.main_courante.actions.sorties import start_sortie
from maillage.main_courante.actions.veille import report_defect, revoke_link
from maillage.main_courante.gestes import Geste
from maillage.main_courante.models import Guichet, NoteEnConflit
from maillage.main_courante.saisie import NoteData
from maillage.orientations.actions import (
    accept_orientation,
    prepare_orientation,
    propose_relais,
    send_orientation,
)
from maillage.projets.actions import begin, enrol, propose_project, sign_finding
from maillage.reseau.actions import share_practice
from maillage.reunions.actions import invite as invite_guest
from maillage.reunions.actions import open_feed, revoke_feed, revoke_invitation
from maillage.reunions.models import FluxAgenda
from maillage.sharing import cartes, informations, persons
from maillage.sharing import designations as acts
from maillage.sharing.actions import open_access
from maillage.sharing.dangers import record_danger
from maillage.sharing.enums import PorteeOuverture
from maillage.sharing.models import Tache
from maillage.sharing.receipts import RECEIPT
from maillage.web.carte.giving import SALT
from tests.cast import SINCE, Cast, Membre
from tests.door import WITH_RETURN, acteur, add_clause, adopt
from tests.projects_made import data_of
from tests.reseau.bundles import take, welcome
from tests.reunions_made import decided, held, planned

LINK = re.compile(r"http://exemple\.test/(\S+)/")


def address(token: str) -> str:
    """Turn a token into the address that a mail gives."""
    return f"http://exemple.test/{token}/"


@dataclass
class Seeded:
    """The objects by kind, the links by kind (live, ended), and the acteurs who made them."""

    cast: Cast
    people: Mapping[tuple[str, str], Membre]
    real: dict[str, Any] = field(default_factory=dict)
    links: dict[str, tuple[str, str]] = field(default_factory=dict)

    def by(self, service: str, role: str) -> Acteur:
        """Return one of them as a request carries them now."""
        return acteur(self.people[service, role])


def seed(cast: Cast, people: Mapping[tuple[str, str], Membre]) -> Seeded:
    """Make one object of each kind."""
    made = Seeded(cast, people)
    made.real |= {
        "lieu": cast.hall.pk, "service": cast.services["nuit"].pk, "code_service": cast.services["nuit"].code,
        "territoire": cast.quartier.pk, "partenariat": cast.ici.code,
        "titre": cast.relais.titres.get().pk,
    }  # fmt: skip
    for fill in (_field, _desks, _orientations, _persons, _acts, _meetings, _projects, _texts, _others):
        fill(made)
    return made


def _field(made: Seeded) -> None:
    """Notes, conflict, news, consigne, request about a place."""
    night, chief = made.by("alm", "mediateur"), made.by("alm", "chef_de_service")
    start_sortie(by=night, sortie=new_id(), equipage=[night.poste.pk])
    note = NoteData(id=new_id(), lieu=made.cast.hall.pk, categorie="eclairage", texte="Une lampe.")
    for one in (note, replace(note, texte="Deux lampes.")):
        write_note(by=night, data=one)
    said = MessageData(new_id(), made.cast.relais.pk, made.cast.hall.pk, "nuit", "aucun", "regroupement")
    consigne = ConsigneData(id=new_id(), lieu=made.cast.hall.pk, geste=Geste.PASSER)
    asked = DemandeData(id=new_id(), lieu=made.cast.hall.pk, motif="bruit", service=made.cast.alm.pk)
    made.real |= {
        "note": note.id,
        "conflit": NoteEnConflit.objects.get().pk,
        "message": send_message(by=night, data=said).message.pk,
        "consigne": leave_consigne(by=chief, data=consigne).pk,
        "consigne_levee": leave_consigne(by=chief, data=replace(consigne, id=new_id())).pk,
        "demande": ask_about_place(by=made.by("mairie", "maire"), data=asked).pk,
        "telephone": enrol_telephone(by=chief, nom="Téléphone 1").telephone.pk,
    }

    lift_consigne(by=chief, consigne=made.real["consigne_levee"])


def _desks(made: Seeded) -> None:
    """A desk, a report of technical watch, their links."""
    night, chief = made.by("alm", "mediateur"), made.by("alm", "chef_de_service")
    desks, tokens = [], {}
    for name in ("Habitat", "Ancien"):
        desk = Guichet.objects.create(service=made.cast.alm, nom=name, courriel="travaux@exemple.fr")
        desk.lieux.set([made.cast.hall])
        open_desk_link(by=chief, guichet=desk.pk, address=address)
        desk.refresh_from_db()
        desks.append(desk)
        tokens[name] = desk_token(desk)
    close_desk_link(by=chief, guichet=desks[1].pk)
    made.links["guichet"] = (tokens["Habitat"], tokens["Ancien"])
    found = []
    for text in ("Panne", "Autre panne"):
        note = NoteData(id=new_id(), lieu=made.cast.hall.pk, categorie="eclairage", texte=text)
        write_note(by=night, data=note)
        told = report_defect(by=night, note=note.id, guichet=desks[0].pk, address=address)
        found.append((told, _token()))
    revoke_link(by=night, signalement=found[1][0].pk)
    made.links["signalement"] = (found[0][1], found[1][1])
    made.real |= {"signalement": found[0][0].pk, "guichet": desks[0].pk}


def _token() -> str:
    said = LINK.search(str(mail.outbox[-1].body))
    assert said is not None
    return said[1]


def _orientations(made: Seeded) -> None:
    """A draft, one waiting for its answer, one taken with a relais and something owed."""
    add_clause(made.cast.ici, "clause_retour", True)
    adopt(made.cast.ici, "U-10")
    karim, samira = made.by("alm", "mediateur"), made.by("relais", "educateur")
    drafts = [
        prepare_orientation(
            by=karim, partenariat=made.cast.ici, destinataire=made.cast.relais, answers=WITH_RETURN
        )
        for _ in range(3)
    ]
    waiting, taken = (send_orientation(orientation=one, by=karim, version=one.version) for one in drafts[1:])
    accept_orientation(orientation=taken, by=samira)
    today = clock.today()
    owed = {
        name: Tache.objects.create(
            echange_id=taken.echange, service=service, obligation="O-COPIE-PCD", echeance=today
        )
        for name, service in (("tache_alm", made.cast.alm), ("tache_relais", made.cast.relais))
    }
    made.real |= {
        "brouillon": drafts[0].pk,
        "attendue": waiting.pk,
        "orientation": taken.pk,
        "relais": propose_relais(orientation=taken, by=karim).pk,
        **{name: task.pk for name, task in owed.items()},
    }


def _persons(made: Seeded) -> None:
    """Someone accompanied by Le Relais, a withdrawal that ALM must confirm, a danger passed on."""
    samira = made.by("relais", "educateur")
    found = persons.open_accompagnement(
        by=samira, pseudonyme="Canari", tranche_age="15_17", origine="famille"
    )
    persons.record_adhesion(by=samira, accompagnement=found.accompagnement, donneur="jeune", etat="acquise")
    inside = persons.open_accompagnement(
        by=samira, pseudonyme="Inscrit", tranche_age="15_17", origine="famille"
    )
    persons.record_adhesion(by=samira, accompagnement=inside.accompagnement, donneur="jeune", etat="acquise")
    cartes.give_card(by=samira, accompagnement=found.accompagnement, numero="904173")
    gone = persons.open_accompagnement(by=samira, pseudonyme="Parti", tranche_age="15_17", origine="famille")
    open_access(personne=gone.personne, service=made.cast.alm, portee=PorteeOuverture.PROJET, base="adhesion")
    persons.record_adhesion(by=samira, accompagnement=gone.accompagnement, donneur="jeune", etat="retiree")
    made.real |= {
        "accompagnement": found.accompagnement,
        "jeton_de_carte": signing.dumps([str(found.accompagnement), "A" * 12], salt=SALT),
        "inscrit": inside.accompagnement,
        "personne": found.personne,
        "recu": Tache.objects.get(service=made.cast.alm, obligation=RECEIPT).pk,
        "transmission": record_danger(by=samira, destinataire="crip", personne=found.personne).pk,
    }


def _acts(made: Seeded) -> None:
    """An act in preparation, and an information sent to the mayor and the department."""
    mayor, samira = made.by("mairie", "maire"), made.by("relais", "educateur")
    act = acts.open_designation(
        by=mayor, partenariat=made.cast.ici, saisine="professionnel", sujets=["logement"],
        coordonnateur=made.people["mairie", "coordonnateur"].poste,
    )  # fmt: skip
    acts.enter_scope(by=samira, designation=act.pk, accompagnement=made.real["accompagnement"])
    for version, step in enumerate(("accord", "consultation")):
        acts.note_step(by=mayor, designation=act.pk, step=step, version=version)
    crip = made.people["departement", "crip"].poste
    Poste.objects.filter(pk=crip.pk).update(fonction="delegue_departement")
    crip.refresh_from_db()
    record_delegation(
        by=made.people["relais", "chef_de_service"].poste, poste=crip, acte="2026-12", debut=SINCE
    )
    said = informations.Said(
        "1",
        [made.people["mairie", "maire"].poste.pk, crip.pk],
        {"difficultes": ["sociales"], "intervenants": ["prevention", "ccas"]},
        aggravation=True,
    )
    told = informations.inform(by=samira, personne=made.real["personne"], said=said)
    made.real |= {
        "maire": made.people["mairie", "maire"].poste.pk,
        "designation": act.pk,
        "information_maire": next(one.pk for one in told if one.autorite == "maire"),
        "information_crip": next(one.pk for one in told if one.autorite != "maire"),
    }


def _meetings(made: Seeded) -> None:
    """A meeting to come with its guest, one held with a decision, a calendar address of one's own."""
    chief = made.by("alm", "chef_de_service")
    coming, group = planned(made.cast), planned(made.cast, -2, genre="groupe")
    past = held(made.cast)
    decision = decided(made.cast, past, "Se revoir", clock.today() + timedelta(days=30))
    tokens = [invite_guest(by=chief, reunion=coming.pk, structure=name) for name in ("Bailleur", "Ancien")]
    first, last = (coming.invitations.get(structure=name) for name in ("Bailleur", "Ancien"))
    revoke_invitation(by=chief, invitation=last.pk)
    made.links["invite"] = (tokens[0], tokens[1])
    mediator = made.by("alm", "mediateur")
    gone = open_feed(by=mediator, personnel=True)
    revoke_feed(by=mediator, flux=FluxAgenda.objects.get().pk)
    made.links["flux"] = (open_feed(by=mediator, personnel=True), gone)
    feed = FluxAgenda.objects.get(revoque_le=None)
    made.real |= {
        "reunion": coming.pk, "tenue": past.pk, "groupe": group.pk, "decision": decision.pk,
        "invitation": first.pk, "flux": feed.pk,
    }  # fmt: skip


def _projects(made: Seeded) -> None:
    """A project under way."""
    karim, samira = made.by("alm", "mediateur"), made.by("relais", "educateur")
    projet = propose_project(by=karim, partenariat=made.cast.ici, data=data_of(made.cast)).pk
    sign_finding(by=samira, projet=projet)
    begin(by=karim, projet=projet, le=clock.today() - timedelta(days=9))
    enrol(by=samira, projet=projet, accompagnement=made.real["inscrit"])
    made.real["projet"] = projet


def _texts(made: Seeded) -> None:
    """A clause in the workshop, a reading proposed, a charter to sign."""
    director = made.by("alm", "direction")
    today = clock.today()
    first = open_workshop(by=director, partenariat=made.cast.ici)
    carried = _clause(director, first)
    for key, role in (("alm", "mediateur"), ("relais", "educateur")):
        vote_clause(by=made.by(key, role), clause=carried.pk, redaction=1, pour=True)
    settle_text(
        by=director, convention=first.pk, debut=today, fin=today + timedelta(days=365),
        revue_le=today + timedelta(days=182),
    )  # fmt: skip
    for one in (director, made.by("relais", "direction")):
        sign_convention(by=one, convention=first.pk, le=today)
    clause = _clause(director, open_workshop(by=director, partenariat=made.cast.ici))
    made.real["clause"] = clause.pk
    proposition = lectures.propose_reading(
        by=director, partenariat=made.cast.ici, question="U-1", valeur="rapport", debut=today,
        fin=today + timedelta(days=365), motif="Essayer un an",
    )  # fmt: skip
    charter = chartes.publish_charter(
        by=director, partenariat=made.cast.ici, genre=GenreCharte.CONFIDENTIALITE,
        texte="Le nécessaire, rien d'autre.", debut=today,
    )  # fmt: skip
    made.real |= {"proposition": proposition.pk, "charte": charter.pk}


def _clause(by: Acteur, convention: Convention) -> ClauseProposee:
    return propose_clause(
        by=by,
        convention=convention.pk,
        origine=OrigineClause.PRATIQUE,
        wording=Wording(titre="Se répondre", texte="On se répond sous huit jours."),
    )


def _others(made: Seeded) -> None:
    """Diagnosis, walk, evaluation, wave, contact, sheet given to the network, departure, invitation."""
    chiefs = [made.by(key, "chef_de_service") for key in ("alm", "nuit", "relais")]
    diagnostic = open_diagnostic(
        by=chiefs[0], partenariat=made.cast.ici, titre="L'été", debut=date(2026, 6, 1), fin=date(2026, 8, 1)
    )
    for chief in chiefs:
        write_part(by=chief, diagnostic=diagnostic, texte="Vu.", divergence="", version=1, sign=True)
    director = made.by("alm", "direction")
    evaluation = open_evaluation(by=director, partenariat=made.cast.ici, debut=date(2026, 1, 1))
    open_wave(by=director, partenariat=made.cast.ici)
    contact = add_contact(
        by=made.by("alm", "coordination"), partenariat=made.cast.ici, genre="ecole",
        structure="Collège", fonction="Vie scolaire", telephone="01 99 00 12 34",
    )  # fmt: skip
    walk = plan_walk(
        by=chiefs[0], partenariat=made.cast.ici, titre="Marche", jour=clock.today(), lieux=[made.cast.hall.pk]
    )
    for ground in (made.cast.quartier, made.cast.quartier_sud):
        Lieu.objects.create(territoire=ground, nom="Maison", genre="maison", invente=True)
    made.real["cle"] = welcome("ville").cle_publique
    take(partenariat="ville", ville="Ville invitée")
    leaving = made.people["alm", "correspondant_de_nuit"].poste
    Poste.objects.filter(pk=leaving.pk).update(fin=clock.today() + timedelta(days=9))
    made.links["entour"] = (ask_around(by=director, evaluation=evaluation.pk, qui="jeunes"), "")
    made.links["compte"] = (_invited("invitee", made.cast.alm), "")
    made.real |= {
        "diagnostic": diagnostic.pk,
        "edition": publish(by=chiefs[0], diagnostic=diagnostic).pk,
        "marche": walk.pk,
        "evaluation": evaluation.pk,
        "contact": contact.pk,
        "partage": share_practice(
            by=director, partenariat=made.cast.ici, titre="Se croiser", texte="Un café, le lundi."
        ).pk,
        "ville": "ville",
        "poste": leaving.pk,
    }


def _invited(name: str, service: Service) -> str:
    person = Professionnel.objects.create(prenom="Ida", nom="Essai", invente=True)
    Poste.objects.create(
        professionnel=person, service=service, role="mediateur", intitule="x", fonction="mediateur",
        emploi="salarie_prive", debut=SINCE, preuve="Inventée",
    )  # fmt: skip
    return invite(professionnel=person, identifiant=name).jeton
