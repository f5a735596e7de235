"""Telephones without a browser, for measurements: they seal, and call the server's own action."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID, uuid4

from django.db import connection

from maillage.base.sealing import public_key, seal_envelope
from maillage.comptes.acteur import Acteur, build_acteur
from maillage.comptes.devices import open_in_session
from maillage.comptes.enums import EtatCompte
from maillage.comptes.models import Compte
from maillage.directory.enums import GenreLieu, GenreTerritoire, Metier, Role
from maillage.directory.models import Lieu, Poste, Professionnel, Service, Structure, Territoire
from maillage.main_courante.actions.envois import receive
from maillage.main_courante.enums import Envoi
from maillage.main_courante.enveloppes import Enveloppe, proved
from maillage.main_courante.models import Note

SINCE = date(2020, 1, 1)
THREADS = 8


class Fleet:
    """One invented service and its mediators, a telephone each, the notebook open."""

    def __init__(self, size: int) -> None:
        """Create the service, its place, its people, and open a shift for each."""
        town = Territoire.objects.create(genre=GenreTerritoire.COMMUNE, code="99999", nom="Mesure")
        self.lieu = Lieu.objects.create(territoire=town, nom="Hall", genre=GenreLieu.HALL, invente=True)
        service = Service.objects.create(
            code="mesure",
            structure=Structure.objects.create(nom="Mesure"),
            metier=Metier.MEDIATION_SOCIALE,
            nom="Mesure",
            nom_court="Mesure",
            ville=town,
            invente=True,
        )
        service.territoires.add(town)
        self.people = [_person(service, number) for number in range(size)]
        self.shifts = [open_in_session(by=one).ouverture.pk for one in self.people]
        self.key = public_key()
        self.sent = 0

    def send_one(self, notes: int) -> float:
        """Have one telephone send that many notes at once; return seconds until all are durable."""
        sealed = [self._sealed(0) for _ in range(notes)]
        start = time.perf_counter()
        self._receive(0, sealed)
        return time.perf_counter() - start

    def send_together(self, notes: int) -> float:
        """Have every telephone send that many notes, eight requests at a time; return notes a second."""
        batches = [(who, [self._sealed(who) for _ in range(notes)]) for who in range(len(self.people))]
        start = time.perf_counter()
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(lambda one: self._receive(*one, close=True), batches))
        return notes * len(self.people) / (time.perf_counter() - start)

    def held(self) -> dict[str, int]:
        """Return what was sent, what the database holds, and its `synchronous` (2 is FULL)."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            mode = int(cursor.fetchone()[0])
        return {"envoyees": self.sent, "enregistrees": Note.objects.count(), "synchronous": mode}

    def _receive(self, who: int, sealed: list[Enveloppe], *, close: bool = False) -> None:
        answers = receive(by=self.people[who], enveloppes=sealed)
        if {one.statut for one in answers} != {Envoi.CREE}:
            raise SystemExit("bench sync : une note a été refusée.")
        if close:
            connection.close()

    def _sealed(self, who: int) -> Enveloppe:
        pk, shift = uuid4(), self.shifts[who]
        self.sent += 1
        note = {"id": str(pk), "lieu": str(self.lieu.pk), "categorie": "regroupement"}
        note |= {"effectif": "5_9", "texte": "bruit, dialogue, apaisé"}
        clear = proved(ouverture=shift, identifier=pk, content={"genre": "note", "donnees": note})
        name, point = self.key
        return Enveloppe(
            pk, shift, name, seal_envelope(public=point, identifier=f"{pk}.{shift}", content=clear)
        )


def _person(service: Service, number: int) -> Acteur:
    person = Professionnel.objects.create(prenom=f"Personne {number}", nom="Mesure", invente=True)
    poste = Poste.objects.create(
        professionnel=person,
        service=service,
        role=Role.MEDIATEUR,
        intitule="Médiation",
        fonction="mediateur",
        emploi="salarie_prive",
        part_action_sociale="aucune",
        preuve="Mesure",
        debut=SINCE,
    )
    compte = Compte.objects.create(
        identifiant=f"mesure{number}",
        professionnel=person,
        etat=EtatCompte.ACTIF,
        cree_le="2020-01-01T00:00:00Z",
    )
    empty: list[UUID] = []
    return build_acteur(compte, poste, empty)
