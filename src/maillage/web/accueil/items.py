"""What each room puts on the first screen: one item per kind of thing owed, never a person's name.

Every figure is one that the reader may see: it comes from the queries of their own pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.db.models import Min
from django.urls import reverse

from maillage.base import clock
from maillage.base.days import french_date
from maillage.comptes.acteur import Acteur
from maillage.conventions.queries import awaiting_signature, closed_to, partenariats_of
from maillage.coordination.queries import reminded
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste
from maillage.equipes.arrivee import arriving
from maillage.equipes.journees import days_to_answer
from maillage.equipes.queries import THREE_MONTHS
from maillage.main_courante.queries import current_sortie, latest_day, open_conflicts, unanswered
from maillage.main_courante.queries.consignes import consignes_waiting, report_sent
from maillage.main_courante.queries.demandes import answers_received, demandes_waiting
from maillage.orientations.faces import ReceivedLine, SentLine
from maillage.orientations.queries import received_list, sent_list
from maillage.reunions.queries import decisions_due, next_meeting
from maillage.sharing.dangers import silent_transmissions
from maillage.sharing.errors import NotVisible
from maillage.sharing.informations import informations_waiting
from maillage.sharing.queries import accompagnements_due, receipts_asked, receipts_owed
from maillage.web.accueil.item import LATE, OWED, USEFUL, Item
from maillage.web.accueil.officer import alerts, mandates, requests, unnamed
from maillage.web.administration.views import owed
from maillage.web.rules import ENCADREMENT, RELAYS, TERRAIN
from maillage.web.tournee.fruits import brought

AT_MOST = 5


def items_for(acteur: Acteur) -> list[Item]:
    """Return the reader's items, late ones first, five at most."""
    found = [item for provide in _PROVIDERS.get(Role(acteur.role), ()) for item in provide(acteur)]
    return sorted(found, key=lambda item: item.urgence)[:AT_MOST]


def _messages(acteur: Acteur) -> list[Item]:
    waiting, address = unanswered(acteur), reverse("messages:liste")
    items = []
    if waiting.recus:
        title = _count(waiting.recus, "nouvelle d'un lieu à répondre", "nouvelles de lieux à répondre")
        items.append(Item(title, "Vu, on passe ou pas pour nous : un geste.", address, OWED, "message"))
    if waiting.envoyes:
        title = _count(waiting.envoyes, "nouvelle sans réponse", "nouvelles sans réponse")
        items.append(Item(title, "L'autre équipe n'a pas encore répondu.", address, USEFUL, "attente"))
    return items


def _received(acteur: Acteur) -> list[Item]:
    try:
        lines = received_list(acteur, a_voir=True, limit=50)
    except NotVisible:
        return []
    if not lines:
        return []
    late = [line for line in lines if line.en_retard]
    title = _count(len(lines), "orientation à lire", "orientations à lire")
    detail = f"{len(late)} en retard de réponse" if late else _first_due(lines)
    return [Item(title, detail, reverse("orientations:liste"), LATE if late else OWED, "orientation")]


def _sent(acteur: Acteur) -> list[Item]:
    try:
        lines: Sequence[SentLine] = sent_list(acteur, limit=50)
    except NotVisible:
        return []
    drafts = sum(line.visible == "preparee" for line in lines)
    returns = sum(line.retours for line in lines if line.visible == "recue")
    items, address = [], reverse("orientations:liste")
    if drafts:
        title = _count(drafts, "orientation préparée", "orientations préparées")
        items.append(
            Item(title, "Pas encore envoyée : il manque peut-être un accord.", address, OWED, "orientation")
        )
    if returns:
        title = _count(returns, "retour reçu", "retours reçus")
        items.append(
            Item(title, "Ce que le droit et la personne laissent revenir.", address, USEFUL, "reciprocite")
        )
    return items


def _receipts(acteur: Acteur) -> list[Item]:
    owed, address = receipts_owed(acteur), reverse("accompagnements:retraits")
    late = [one for one in receipts_asked(acteur) if one.en_retard]
    items = []
    if owed:
        title = _count(len(owed), "retrait à confirmer", "retraits à confirmer")
        urgence = LATE if owed[0].en_retard else OWED
        items.append(Item(title, f"avant le {_day(owed[0].echeance)}", address, urgence, "coche"))
    if late:
        title = _count(len(late), "accusé de retrait en retard", "accusés de retrait en retard")
        items.append(Item(title, "Une autre équipe n'a pas confirmé.", address, LATE, "attente"))
    return items


def _always(title: str, said: str, view: str) -> Callable[[Acteur], list[Item]]:
    """Return what always shows one page that its reader comes for."""
    return lambda acteur: [Item(title, said, reverse(view), USEFUL, "personne")]


_coordination = _always(
    "Coordination", "Les actes de désignation en cours, et ce qu'ils ouvrent.", "designations:liste"
)
_school = _always(
    "Établissement", "Orienter un élève qui le veut bien, informer le maire d'absences.", "ecole:page"
)


def _addressed(acteur: Acteur) -> list[Item]:
    """Show what was addressed to the mayor, a deputy or the department and waits for a receipt."""
    waiting = informations_waiting(acteur)
    if not waiting:
        return []
    title = _count(waiting, "information à accuser", "informations à accuser")
    return [Item(title, "Adressée à vous seul.", reverse("informations:liste"), OWED, "document")]


def _silences(acteur: Acteur) -> list[Item]:
    silent = silent_transmissions(acteur)
    if not silent:
        return []
    title = _count(silent, "danger transmis sans accusé", "dangers transmis sans accusé")
    return [
        Item(title, "Plus d'un jour : rappelez le département.", reverse("danger:accueil"), LATE, "danger")
    ]


def _supports(acteur: Acteur) -> list[Item]:
    if acteur.service.metier != Metier.PREVENTION_SPECIALISEE:
        return []
    due = accompagnements_due(acteur)
    items, address = [], reverse("accompagnements:liste")
    if due.adhesions:
        title = _count(due.adhesions, "adhésion à reprendre", "adhésions à reprendre")
        said = "La rechercher encore, ou en reparler."
        items.append(Item(title, said, f"{address}?liste=adhesion", OWED, "personne"))
    if due.rencontres:
        title = _count(due.rencontres, "famille à revoir", "familles à revoir")
        items.append(Item(title, "La date convenue est arrivée.", address, OWED, "calendrier"))
    return items


def _logbook(acteur: Acteur) -> list[Item]:
    items = []
    conflicts = open_conflicts(acteur)
    if conflicts:
        title = _count(conflicts, "note en double à régler", "notes en double à régler")
        items.append(
            Item(title, "Deux contenus sont gardés : choisissez.", reverse("notes:liste"), OWED, "question")
        )
    sortie = current_sortie(acteur)
    if sortie is not None:
        since = french_date(sortie.debut.astimezone(clock.PARIS), "H \\h i")
        items.append(
            Item(
                f"{sortie.get_genre_display()} en cours",
                f"depuis {since}",
                reverse("notes:sorties"),
                USEFUL,
                "lune",
            )
        )
    return items


def _asked(acteur: Acteur) -> list[Item]:
    waiting = demandes_waiting(acteur.service, acteur.partenariat_ids)
    if not waiting:
        return []
    title = _count(waiting, "demande de passage à répondre", "demandes de passage à répondre")
    return [Item(title, "Un geste répond, avec vos passages.", reverse("demandes:liste"), OWED, "lieu")]


def _asking(acteur: Acteur) -> list[Item]:
    relay = acteur.role in RELAYS
    address = reverse("demandes:prevenir" if relay else "demandes:demander")
    answered = answers_received(acteur)
    if answered:
        title = _count(answered, "réponse de l'équipe", "réponses de l'équipe")
        return [Item(title, "Sur ce que vous avez demandé d'un lieu.", address, USEFUL, "lieu")]
    title = "Prévenir l'équipe" if relay else "Demander un passage"
    return [Item(title, "Un lieu, un motif ; personne n'est nommé.", address, USEFUL, "lieu")]


def _handed_over(acteur: Acteur) -> list[Item]:
    waiting = consignes_waiting(acteur)
    if not waiting:
        return []
    title = _count(waiting, "consigne de l'équipe précédente", "consignes de l'équipe précédente")
    return [Item(title, "À lire avant de partir.", reverse("tournee:page"), OWED, "info")]


def _brought(acteur: Acteur) -> list[Item]:
    found = brought(acteur)
    if not found:
        return []
    title = "Ce que vos passages ont donné"
    return [Item(title, found[0].phrase, reverse("tournee:page"), USEFUL, "coche")]


def _report(acteur: Acteur) -> list[Item]:
    day = latest_day(acteur)
    if day is None or day < clock.today() - timedelta(days=3):
        return []
    address = reverse("notes:nuit", kwargs={"jour": day.isoformat()})
    sent = "Transmis par l'équipe" if report_sent(acteur, day) else "Prêt"
    title = f"Compte rendu de {french_date(day, 'l')}"
    return [Item(title, f"{sent}, à lire ou à imprimer.", address, USEFUL, "lune")]


def _partnerships(acteur: Acteur) -> list[Item]:
    return [
        Item(
            str(one),
            "Sa forme, ses clauses, ses lectures du droit.",
            reverse("partenariat:page", kwargs={"code": one.code}),
            USEFUL,
            "partenariat",
        )
        for one in partenariats_of(acteur)[:2]
    ]


def _readings(acteur: Acteur) -> list[Item]:
    waiting = awaiting_signature(acteur)
    if not waiting:
        return []
    first = waiting[0]
    address = reverse("lectures:question", args=[first.partenariat.code, first.question])
    title = _count(len(waiting), "lecture du droit à signer", "lectures du droit à signer")
    return [Item(title, "Les deux directions et le DPO signent ensemble.", address, OWED, "document")]


def _reminded(acteur: Acteur) -> list[Item]:
    """Show that the coordination reminded the service; of nobody, to nobody in particular."""
    day = reminded(acteur)
    if day is None:
        return []
    detail = f"Rappel de la coordination au service, le {_day(day)}."
    return [
        Item(
            "Des réponses sont attendues de votre service", detail, reverse("messages:liste"), OWED, "attente"
        )
    ]


def _meetings(acteur: Acteur) -> list[Item]:
    """Show the next meeting's agenda, already written, and the decisions my service answers for."""
    items = []
    coming = [row for one in partenariats_of(acteur) if (row := next_meeting(one)) is not None]
    if coming:
        first = min(coming, key=lambda row: row.le)
        detail = "Son ordre du jour est déjà écrit."
        title = f"Réunion du {_day(first.le.astimezone(clock.PARIS).date())}"
        items.append(Item(title, detail, reverse("reunions:page", args=[first.pk]), USEFUL, "calendrier"))
    due = decisions_due(acteur)
    if due:
        title = _count(due, "décision à reprendre", "décisions à reprendre")
        items.append(Item(title, "Votre service en répond.", reverse("reunions:liste"), LATE, "calendrier"))
    return items


def _shadowing(acteur: Acteur) -> list[Item]:
    waiting = days_to_answer(acteur)
    if not waiting:
        return []
    title = _count(waiting, "journée d'observation proposée", "journées d'observation proposées")
    said = "L'autre équipe attend votre réponse."
    return [Item(title, said, reverse("metiers:journees"), OWED, "oeil")]


def _contracts(acteur: Acteur) -> list[Item]:
    today = clock.today()
    ending = Poste.objects.filter(service=acteur.service, fin__gte=today, fin__lte=today + THREE_MONTHS)
    count, first = ending.count(), ending.aggregate(first=Min("fin"))["first"]
    if not count:
        return []
    title = _count(count, "contrat se termine", "contrats se terminent")
    address = reverse("equipes:equipe")
    return [Item(f"{title} d'ici trois mois", f"le premier le {_day(first)}", address, OWED, "calendrier")]


def _arrival(acteur: Acteur) -> list[Item]:
    """Show a newcomer what is left before exchanging about a person."""
    if acteur.lecture_seule or not closed_to(acteur.poste, clock.today(), acteur.partenariat_ids):
        return []
    said = "Tant qu'il n'est pas fini : observer et noter, rien au sujet d'une personne."
    return [Item("Votre parcours d'arrivée", said, reverse("equipes:arrivee"), OWED, "coche")]


def _newcomers(acteur: Acteur) -> list[Item]:
    coming = arriving(acteur)
    if not coming:
        return []
    title = _count(len(coming), "personne en chemin", "personnes en chemin")
    return [Item(title, "Parcours d'arrivée et chartes.", reverse("equipes:en_chemin"), USEFUL, "equipe")]


def _month(acteur: Acteur) -> list[Item]:
    said = "Ce qui est parti et ce qui est revenu, dans les deux sens."
    return [Item("Réciprocité du mois", said, reverse("reciprocite:mois"), USEFUL, "reciprocite")]


def _year_over(acteur: Acteur) -> list[Item]:
    """In January, the year that ended: its report is written, its evaluation may be opened."""
    today = clock.today()
    if today.month != 1 or not acteur.partenariat_ids:
        return []
    said = "À relire, par financeur et par quartier ; l'évaluation peut s'ouvrir."
    title = f"Le rapport d'activité {today.year - 1} est écrit"
    return [Item(title, said, reverse("evaluation:liste"), OWED, "graphique")]


def _ledger(acteur: Acteur) -> list[Item]:
    said = "Qui a lu ou transmis quoi, par pseudonyme."
    return [Item("Journal", said, reverse("journal:page"), USEFUL, "journal")]


def _installation(acteur: Acteur) -> list[Item]:
    return [Item(titre, said, url, OWED, icone) for titre, said, url, icone in owed()]


def _first_due(lines: Sequence[ReceivedLine]) -> str:
    due = [line.reponse_attendue_le for line in lines if line.reponse_attendue_le]
    return f"première réponse attendue le {_day(min(due))}" if due else "sans date attendue"


def _day(day: date) -> str:
    return french_date(day, "j F")


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


Provider = Callable[[Acteur], list[Item]]
_FIELD: tuple[Provider, ...] = (
    _arrival,
    _silences,
    _receipts,
    _messages,
    _asked,
    _handed_over,
    _received,
    _sent,
    _supports,
    _logbook,
    _brought,
)
_PROVIDERS: dict[Role, tuple[Provider, ...]] = {
    **dict.fromkeys(TERRAIN, _FIELD),
    Role.CHEF_DE_SERVICE: (
        _arrival,
        _silences,
        _receipts,
        _reminded,
        _meetings,
        _received,
        _supports,
        _messages,
        _asked,
        _shadowing,
        _report,
        _year_over,
        _contracts,
        _newcomers,
        _month,
    ),
    Role.DIRECTION: (_arrival, _readings, unnamed, _year_over, _contracts, _report, _month, _partnerships),
    Role.COORDONNATEUR: (_coordination, _receipts),
    Role.COORDINATION: (_meetings, _partnerships),
    **dict.fromkeys(RELAYS, (_asking,)),
    Role.MAIRE: (_addressed, _asking, _coordination, unnamed),
    Role.ADJOINT_DELEGUE: (_addressed, _asking),
    Role.CRIP: (_addressed,),
    Role.ADMINISTRATEUR: (_installation,),
    Role.CHEF_ETABLISSEMENT: (_arrival, _sent, _school, unnamed),
    Role.DPO: (alerts, mandates, requests, _readings, _ledger, _partnerships),
}
assert _PROVIDERS.keys() >= ENCADREMENT
