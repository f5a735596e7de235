"""The conventions: signed at La Rochelle, with its charters; being written at Limoges."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from maillage.base import clock
from maillage.comptes.acteur import Acteur, build_acteur
from maillage.comptes.models import Compte
from maillage.conventions.actions import open_workshop, propose_clause, vote_clause
from maillage.conventions.actions.atelier import Wording
from maillage.conventions.enums import EtatConvention, GenreCharte, OrigineClause
from maillage.conventions.models import (
    Charte,
    Clause,
    ClauseProposee,
    Convention,
    Partenariat,
    RedactionClause,
    SignatureCharte,
    SignatureConvention,
)
from maillage.conventions.queries import SIDES, SIGNERS, members, partenariat_ids
from maillage.conventions.travail import DELAI_REPONSE, RYTHME
from maillage.directory.enums import Metier, Role
from maillage.directory.models import Poste, Service
from maillage.directory.queries import active_on

# What each clause of La Rochelle says, by its fact: the study gives the idea, never the words.
WORDS = {
    "clause_retour": "Le service qui a reçu une orientation dit à celui qui l'a faite si la rencontre a eu "
    "lieu et si une relation est engagée, rien de plus, quand la personne est d'accord.",
    "information_rgpd": "Les deux équipes remettent la même information écrite, dite aussi de vive voix, "
    "avant de noter un nom.",
    "part_action_sociale": "La fiche de poste des médiateurs écrit leur part d'action sociale : aller vers, "
    "écouter, orienter.",
}
INVENTED = "(rédaction inventée)"
# The other three points that the study gives to that convention: they organise, and establish no fact of
# the law; the meeting writes a rule of work.
ORGANISED: tuple[tuple[str, str, str, int | None], ...] = (
    (
        "Passer le relais à deux",
        "Quand le jeune et sa famille y adhèrent, un service passe le relais à l'autre, chacun restant dans "
        "son métier.",
        "",
        None,
    ),
    (
        "Se voir toutes les six semaines",
        "Une réunion formelle réunit les deux équipes sous six semaines.",
        RYTHME,
        6,
    ),
    (
        "Évaluer ensemble chaque année",
        "Une fois l'an, les équipes disent comment le partenariat marche et s'il sert encore.",
        "",
        None,
    ),
)
CHARTERS = {
    GenreCharte.DEONTOLOGIE: "Nous allons vers les personnes sans rien imposer : elles peuvent refuser, et "
    "revenir.\n\nNous ne rendons pas de services à la place de l'autre équipe, et nous ne parlons pas en son "
    "nom.\n\n(texte inventé)",
    GenreCharte.CONFIDENTIALITE: "Nous ne disons que le nécessaire, à qui en a besoin, avec l'accord de la "
    "personne.\n\nCe que nous entendons en équipe n'en sort pas. Une charte ne lève aucun secret.\n\n"
    "(texte inventé)",
}
PROPOSED = (
    (
        Wording(
            "Se dire la suite d'une orientation",
            "L'équipe qui reçoit dit sous trois semaines si la rencontre a eu lieu, avec l'accord du jeune. "
            + INVENTED,
            "clause_retour",
            True,
        ),
        OrigineClause.VILLE,
        "La Rochelle",
        (True, True),
    ),
    (
        Wording(
            "Un passage commun par semaine",
            f"Une fois par semaine, une équipe de chaque métier marche ensemble dans le quartier. {INVENTED}",
        ),
        OrigineClause.PRATIQUE,
        "",
        (True, False),
    ),
    (
        Wording(
            "Se répondre sous dix jours",
            f"L'équipe qui reçoit dit chez elle qui prend, dans les dix jours. {INVENTED}",
            DELAI_REPONSE,
            10,
        ),
        OrigineClause.ETUDE,
        "La convention écrite avec le terrain",
        (False, True),
    ),
)


def write_signed(partenariat: Partenariat, today: date) -> Convention:
    """Write the version in force under the clauses already there; their facts and first day stay."""
    clauses = list(Clause.objects.filter(partenariat=partenariat).order_by("titre", "pk"))
    since = min(clause.debut for clause in clauses)
    directions = [_direction(service, since) for service in members(partenariat, today)]
    opened = datetime.combine(since - timedelta(days=60), time(10), tzinfo=clock.PARIS)
    row = Convention.objects.create(
        partenariat=partenariat,
        version=1,
        etat=EtatConvention.SIGNEE,
        ouverte_le=opened,
        ouverte_par=directions[0],
        texte_du=since,
        debut=since,
        fin=date(today.year + 2, 8, 31),
        revue_le=date(today.year + 1, 8, 31),
        invente=True,
    )
    for rank, clause in enumerate(clauses):
        _write_clause(row, clause, opened + timedelta(days=rank), directions[0])
    for titre, texte, fait, valeur in ORGANISED:
        words = {"fait": fait, "valeur": valeur}
        proposed = _write_words(row, titre, f"{texte} {INVENTED}", opened, directions[0], **words)
        if fait:
            _rule_of_work(row, proposed, clauses[0].preuve)
    SignatureConvention.objects.bulk_create(
        SignatureConvention(convention=row, camp=SIDES[Metier(poste.service.metier)], poste=poste, le=since)
        for poste in directions
    )
    return row


def write_charters(partenariat: Partenariat, since: date) -> Poste:
    """Publish both charters, signed by every post but one newcomer's, without an account; return it."""
    here = Poste.objects.filter(service__in=members(partenariat), debut__lte=clock.today())
    posts = here.filter(role__in=SIGNERS)
    field = posts.filter(active_on(clock.today()), role=Role.MEDIATEUR, lecture_seule=False)
    newcomer = field.filter(professionnel__compte=None).latest("debut", "pk")
    for genre, texte in CHARTERS.items():
        charte = Charte.objects.create(
            partenariat=partenariat, genre=genre, version=1, texte=texte, debut=since, invente=True
        )
        SignatureCharte.objects.bulk_create(
            SignatureCharte(charte=charte, poste=poste, le=max(since, poste.debut))
            for poste in posts.exclude(pk=newcomer.pk)
        )
    return newcomer


def write_workshop(partenariat: Partenariat, today: date) -> Convention:
    """Open the workshop with three clauses: both trades carry the first, the others are not agreed yet."""
    mediation, prevention = (_voters(service, today) for service in members(partenariat, today))
    row = open_workshop(by=mediation[0], partenariat=partenariat)
    Convention.objects.filter(pk=row.pk).update(invente=True)
    for wording, origin, source, answers in PROPOSED:
        clause = propose_clause(
            by=mediation[0], convention=row.pk, origine=origin, source=source, wording=wording
        )
        for voters, yes in zip((mediation, prevention), answers, strict=True):
            for voter in voters:
                vote_clause(by=voter, clause=clause.pk, redaction=1, pour=yes)
    return row


def _direction(service: Service, since: date) -> Poste:
    """Return the direction's post, held since the convention it signs."""
    poste = Poste.objects.filter(service=service, role=Role.DIRECTION, lecture_seule=False).order_by("pk")[0]
    poste.debut = min(poste.debut, since)
    poste.save(update_fields=["debut"])
    return poste


def _write_words(
    row: Convention, titre: str, texte: str, when: datetime, by: Poste, **fact: object
) -> ClauseProposee:
    """Write one clause of the signed text, as first worded."""
    proposed = ClauseProposee.objects.create(convention=row, origine=OrigineClause.PRATIQUE, proposee_le=when)
    RedactionClause.objects.create(
        clause=proposed, numero=1, titre=titre, texte=texte, le=when, par=by, **fact
    )
    return proposed


def _rule_of_work(row: Convention, proposed: ClauseProposee, preuve: str) -> None:
    """Put a rule of work in force as the convention writes it."""
    text = proposed.redactions.get()
    assert row.debut is not None
    Clause.objects.create(
        partenariat=row.partenariat,
        proposee=proposed,
        titre=text.titre,
        fait=text.fait,
        valeur=text.valeur,
        preuve=preuve,
        debut=row.debut,
        fin=row.fin,
        revue_le=row.revue_le,
        invente=True,
    )


def _write_clause(row: Convention, clause: Clause, when: datetime, by: Poste) -> None:
    proposed = _write_words(
        row,
        clause.titre,
        f"{WORDS[clause.fait]} {INVENTED}",
        when,
        by,
        fait=clause.fait,
        valeur=clause.valeur,
        metier=clause.service.metier if clause.service else "",
    )
    clause.proposee, clause.fin, clause.revue_le = proposed, row.fin, row.revue_le
    clause.save(update_fields=["proposee", "fin", "revue_le"])


def _voters(service: Service, today: date) -> list[Acteur]:
    """Return three people of the service, as a request would carry them."""
    posts = (
        Poste.objects.filter(active_on(today), service=service, role__in=SIGNERS, lecture_seule=False)
        .select_related("service", "professionnel")
        .order_by("role", "pk")
    )
    return [build_acteur(Compte(), poste, partenariat_ids(service.pk, today)) for poste in posts[:3]]
