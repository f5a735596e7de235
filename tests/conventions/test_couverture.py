"""What a partnership may cover: a border quartier, a train line, an agglomération; and two at once.

Each place attaches to the right partnership, and nothing of one is read from the other.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from maillage.base import clock
from maillage.conventions.models import Partenariat, Participation
from maillage.conventions.queries import facts, partenariats_of
from maillage.conventions.regles import regles
from maillage.diagnostics.counting import places_of
from maillage.directory.enums import GenreLieu, GenreTerritoire
from maillage.directory.models import Lieu, Service, Territoire
from maillage.directory.queries import lieux_of
from maillage.main_courante.actions import MessageData, send_message, write_note
from maillage.main_courante.models import MessageDeLieu
from maillage.main_courante.queries import messages_received
from maillage.main_courante.saisie import NoteData, Refused
from maillage.orientations.delivery import obstacles
from maillage.orientations.queries import received_list
from maillage.reunions.actions import convene
from maillage.reunions.queries import meetings_of
from tests.cast import SINCE, Cast
from tests.door import acteur, add_clause, send

pytestmark = pytest.mark.django_db


def _ground(genre: GenreTerritoire, nom: str, *communes: Territoire, parent: bool = True) -> Territoire:
    first = communes[0] if communes and parent else None
    made = Territoire.objects.create(genre=genre, code=nom[:24], nom=nom, parent=first)
    made.communes.set(communes)
    return made


def _town(nom: str) -> Territoire:
    return _ground(GenreTerritoire.COMMUNE, nom)


def _partnership(code: str, ground: Territoire, *members: Service) -> Partenariat:
    made = Partenariat.objects.create(code=code, nom=code.capitalize(), invente=True)
    made.territoires.add(ground)
    for service in members:
        Participation.objects.create(partenariat=made, service=service, debut=SINCE)
    return made


def _place(ground: Territoire, nom: str = "Kiosque") -> Lieu:
    return Lieu.objects.create(territoire=ground, nom=nom, genre=GenreLieu.KIOSQUE, invente=True)


def _stands(service: Service, town: Territoire) -> None:
    service.ville = town
    service.save()
    service.territoires.set([town])


def _tell(cast: Cast, place: Lieu, towards: Service, by: str = "nadia") -> MessageDeLieu:
    words = {"creneau": "nuit", "effectif": "5_9", "categorie": "regroupement"}
    data = MessageData(id=uuid4(), destinataire=towards.pk, lieu=place.pk, **words)
    return send_message(by=acteur(cast.membres[by]), data=data).message


def _read(cast: Cast, who: str) -> list[UUID]:
    return [line.id for line in messages_received(acteur(cast.membres[who]))]


def _blocking(service: Service, place: Lieu) -> list[str]:
    return [one.code for one in obstacles(service, tranche_age="15_17", lieu=place) if one.bloque]


def test_a_quartier_between_two_communes_belongs_to_both(cast: Cast) -> None:
    here, there, elsewhere = _town("Ici-la-Ville"), _town("Là-bas"), _town("Ailleurs")
    border = _ground(GenreTerritoire.QUARTIER, "Les Confins", here, there)
    place, outside = _place(border), _place(_ground(GenreTerritoire.QUARTIER, "Autre", elsewhere))
    _stands(cast.alm, here)
    _stands(cast.prevention_sud, there)
    # Each sees it from its own commune, before any partnership covers it.
    for service in (cast.alm, cast.prevention_sud):
        assert (place in lieux_of(service), outside in lieux_of(service)) == (True, False)
    both = _partnership("confins", border, cast.alm, cast.prevention_sud)
    note = NoteData(id=uuid4(), lieu=place.pk, categorie="regroupement")
    assert write_note(by=acteur(cast.nadia), data=note).statut == "cree"
    told = _tell(cast, place, cast.prevention_sud)
    assert (told.partenariat, _read(cast, "educatrice_sud"), _read(cast, "samira")) == (both, [told.pk], [])
    assert (_blocking(cast.prevention_sud, place), _blocking(cast.prevention_sud, outside)) == (
        [],
        ["hors_secteur"],
    )
    assert list(places_of(both)) == [place]


def test_the_trains_between_two_cities_speak_to_each_end(cast: Cast) -> None:
    north, south = cast.quartier.parent, cast.quartier_sud.parent
    assert north is not None
    assert south is not None
    line = _ground(GenreTerritoire.LIGNE, "Ligne Nord – Sud", north, south, parent=False)
    station = _ground(GenreTerritoire.STATION, "Gare du Sud")
    station.parent = line
    station.save()
    wagon, platform = _place(line, "Dans le train"), _place(station, "Quai 2")
    train = cast.services["nuit"]
    _stands(train, line)
    towards_south = _partnership("rail-sud", line, train, cast.prevention_sud)
    assert [platform in lieux_of(one) for one in (train, towards_south)] == [True, True]
    told = [_tell(cast, place, cast.prevention_sud, by="nuit") for place in (wagon, platform)]
    assert [one.partenariat for one in told] == [towards_south] * 2
    assert (sorted(_read(cast, "educatrice_sud")), _read(cast, "samira")) == (
        sorted(one.pk for one in told),
        [],
    )
    # The prevention of either end is within its ground aboard; a third city's is not.
    assert [_blocking(one, wagon) for one in (cast.relais, cast.prevention_sud)] == [[], []]
    _stands(cast.prevention_sud, _town("Tierce"))
    assert _blocking(cast.prevention_sud, wagon) == ["hors_secteur"]


def test_an_association_over_a_whole_agglomeration(cast: Cast) -> None:
    centre, suburb, outside = _town("Centre"), _town("Banlieue"), _town("Hors agglo")
    whole = _ground(GenreTerritoire.EPCI, "Grande agglo", centre, suburb, parent=False)
    far = _place(_ground(GenreTerritoire.QUARTIER, "Les Tours", suburb))
    beyond = _place(_ground(GenreTerritoire.QUARTIER, "Les Champs", outside))
    _stands(cast.prevention_sud, whole)
    assert [place in lieux_of(cast.prevention_sud) for place in (far, beyond)] == [True, False]
    all_over = _partnership("agglo", whole, cast.alm, cast.prevention_sud)
    assert [place in lieux_of(all_over) for place in (far, beyond)] == [True, False]
    assert [_blocking(cast.prevention_sud, place) for place in (far, beyond)] == [[], ["hors_secteur"]]
    assert list(places_of(all_over)) == [far]
    assert _tell(cast, far, cast.prevention_sud).partenariat == all_over
    with pytest.raises(Refused, match="territoire partagé"):
        _tell(cast, beyond, cast.prevention_sud)


def test_a_service_in_two_partnerships_keeps_them_apart(cast: Cast) -> None:
    other = _partnership("autre", cast.quartier_sud, cast.alm, cast.prevention_sud)
    here, there = _tell(cast, cast.hall, cast.relais), _tell(cast, cast.square_sud, cast.prevention_sud)
    assert (here.partenariat, there.partenariat) == (cast.ici, other)
    assert (_read(cast, "samira"), _read(cast, "educatrice_sud")) == ([here.pk], [there.pk])
    for place, team in ((cast.hall, cast.prevention_sud), (cast.square_sud, cast.relais)):
        with pytest.raises(Refused, match="territoire partagé"):
            _tell(cast, place, team)
    add_clause(other, "clause_retour", True)
    add_clause(other, "travail.delai_reponse", 7)
    today = clock.today()
    assert (facts(cast.ici, today), len(facts(other, today))) == ([], 1)
    sent = send(cast)
    assert (sent.partenariat, sent.reponse_attendue_le) == (cast.ici, today + timedelta(14))
    assert regles(other, today).delai_reponse_jours == 7
    assert [line.id for line in received_list(acteur(cast.samira))] == [sent.pk]
    assert received_list(acteur(cast.educatrice_sud)) == []
    assert list(partenariats_of(acteur(cast.karim))) == [other, cast.ici]
    assert list(partenariats_of(acteur(cast.samira))) == [cast.ici]
    convene(
        by=acteur(cast.cheffe_alm),
        partenariat=other,
        genre="periodique",
        le=clock.now() + timedelta(days=7),
    )
    assert [len(meetings_of(acteur(cast.karim), one)) for one in (cast.ici, other)] == [0, 1]
