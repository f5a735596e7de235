"""What both teams make together, and what stands around it: projects, texts, diagnosis, network."""

from __future__ import annotations

from datetime import date, timedelta

from maillage.base import clock
from maillage.comptes.acteur import Acteur
from maillage.comptes.actions import invite
from maillage.conventions.actions import chartes, lectures
from maillage.conventions.actions.atelier import Wording, open_workshop, propose_clause, vote_clause
from maillage.conventions.actions.numerisations import attach_scan
from maillage.conventions.actions.signature import settle_text, sign_convention
from maillage.conventions.enums import GenreCharte, OrigineClause
from maillage.conventions.models import ClauseProposee, Convention, SignatureCharte
from maillage.coordination.actions import add_contact
from maillage.diagnostics.actions import open_diagnostic, plan_walk, publish, report_walk, write_part
from maillage.directory.actions import open_dispositif
from maillage.directory.models import Lieu, Poste, Professionnel, Service
from maillage.documents.attachments import Attachment, Genre
from maillage.enquetes.actions import open_wave
from maillage.equipes.actions import add_employer
from maillage.equipes.enums import Moment
from maillage.equipes.journees import Proposal, propose_day
from maillage.evaluations.actions import ask_around, open_evaluation
from maillage.pilotage.dpo.mots import write_word
from maillage.projets.actions import begin, enrol, propose_project, sign_finding
from maillage.projets.models import OffreChantier
from maillage.projets.photos import add_photo
from maillage.reseau.actions import share_practice
from tests.cast import SINCE
from tests.probes.objects import Seeded
from tests.projects_made import data_of
from tests.reseau.bundles import take, welcome


def projects(made: Seeded) -> None:
    """A project under way."""
    karim, samira = made.by("alm", "mediateur"), made.by("relais", "educateur")
    projet = propose_project(by=karim, partenariat=made.cast.ici, data=data_of(made.cast)).pk
    sign_finding(by=samira, projet=projet)
    begin(by=karim, projet=projet, le=clock.today() - timedelta(days=9))
    enrol(by=samira, projet=projet, accompagnement=made.real["inscrit"])
    photo = add_photo(
        by=karim, projet=projet, image=Attachment(b"une image", Genre.JPEG), moment="avant",
        legende="Le kiosque", sans_personne=True,
    )  # fmt: skip
    offer = OffreChantier.objects.create(
        guichet_id=made.real["guichet"], lieu=made.cast.hall, travail="Repeindre un hall",
        debut=clock.today() + timedelta(days=60), jeunes=4, offerte_le=clock.now(),
    )  # fmt: skip
    made.real |= {"projet": projet, "photo": photo.pk, "offre": offer.pk}


def texts(made: Seeded) -> None:
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
    scan = attach_scan(by=director, convention=first.pk, piece=Attachment(b"%PDF-1.7 signe", Genre.PDF))
    made.real["numerisation"] = scan.pk
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
    # Signed by all: what a charter not signed holds back is tried elsewhere.
    SignatureCharte.objects.bulk_create(
        SignatureCharte(charte=charter, poste=one.poste, le=today) for one in made.people.values()
    )
    made.real |= {"proposition": proposition.pk, "charte": charter.pk}


def _clause(by: Acteur, convention: Convention) -> ClauseProposee:
    return propose_clause(
        by=by,
        convention=convention.pk,
        origine=OrigineClause.PRATIQUE,
        wording=Wording(titre="Se répondre", texte="On se répond sous huit jours."),
    )


def others(made: Seeded) -> None:
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
    point = walk.points.get()
    report_walk(by=chiefs[0], marche=walk, constats={point.pk: "Un banc cassé."})
    write_word(
        by=made.by("alm", "dpo"), partenariat=made.cast.ici, cle="aipd.avis", texte="Avis favorable ici."
    )
    made.real["cle"] = welcome("ville").cle_publique
    take(partenariat="ville", ville="Ville invitée")
    leaving = made.people["alm", "correspondant_de_nuit"].poste
    Poste.objects.filter(pk=leaving.pk).update(fin=clock.today() + timedelta(days=9))
    day = Proposal(made.cast.relais.pk, False, clock.today() + timedelta(days=9), Moment.JOURNEE)
    relais = made.people["relais", "chef_de_service"].poste
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
        "compte": made.people["nuit", "mediateur"].compte.pk,
        "journee": propose_day(by=chiefs[0], partenariat=made.cast.ici, data=day).pk,
        "dispositif": open_dispositif(by=relais, nom="Passerelle", age_min=11, age_max=16).pk,
        "poste": leaving.pk,
        "employeur": add_employer(
            by=made.by("alm", "chef_de_service"), nom="Club", siret="77555992500042", emplois="Accueil"
        ).pk,
    }


def _invited(name: str, service: Service) -> str:
    person = Professionnel.objects.create(prenom="Ida", nom="Essai", invente=True)
    Poste.objects.create(
        professionnel=person, service=service, role="mediateur", intitule="x", fonction="mediateur",
        emploi="salarie_prive", debut=SINCE, preuve="Inventée",
    )  # fmt: skip
    return invite(professionnel=person, identifiant=name).jeton
