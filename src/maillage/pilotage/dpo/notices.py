"""The papers handed to people: what is done of their data, and what the law of child protection owes them.

Two different duties, two papers: RGPD 13 and 14 (data), CASF L. 226-2-2 (before professionals bound by
secrecy share). A third says the first in few and short words. All read the service as it is that day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from maillage.base import clock
from maillage.conventions.models import Partenariat
from maillage.conventions.queries import convention_in_force, members, partenariat_ids
from maillage.directory.enums import Metier
from maillage.directory.models import Service, Titre
from maillage.directory.queries import active_on
from maillage.documents.content import Block, Bullets, Document, Heading, Paragraph
from maillage.law.verdict import say_date
from maillage.operations.durees import ACCOMPAGNEMENT, ECHANGE, months_kept
from maillage.pilotage.dpo.mots import words_of

BLANK = "…………………………………………"
TO_COMPLETE = f"À compléter : {BLANK}"
NUMBERS = ("", "un", "deux", "trois", "quatre", "cinq", "six")


@dataclass(frozen=True)
class Known:
    """A service on a day: its title, those it works with, where to write to the officer."""

    service: Service
    le: date
    titre: Titre | None
    partenaires: Sequence[Service]
    convention: bool
    contacts: Sequence[str]
    durees: Mapping[str, int]

    @property
    def prevention(self) -> bool:
        """Tell whether it supports people, or only orients them."""
        return self.service.metier == Metier.PREVENTION_SPECIALISEE

    @property
    def autres(self) -> list[str]:
        """Name the services of the other trade."""
        return [str(one) for one in self.partenaires if one.metier != self.service.metier]


def read_service(service: Service, on: date | None = None) -> Known:
    """Read what the papers say of this service that day; about nobody."""
    le = on or clock.today()
    found = Partenariat.objects.filter(pk__in=partenariat_ids(service.pk, le)).order_by("nom", "pk")
    partenaires = {one.pk: one for each in found for one in members(each, le) if one.pk != service.pk}
    words = [words_of(each).get("accord.contact", "").strip() for each in found]
    return Known(
        service=service,
        le=le,
        titre=Titre.objects.filter(active_on(le), service=service).order_by("-debut", "pk").first(),
        partenaires=sorted(partenaires.values(), key=lambda one: (one.metier, one.nom_court)),
        convention=any(convention_in_force(each, le) for each in found),
        contacts=[text for text in dict.fromkeys(words) if text],
        durees={one: months_kept(one, le) for one in (ACCOMPAGNEMENT, ECHANGE)},
    )


def spoken(months: int) -> str:
    """Say a duration in words: « deux ans », « 18 mois »."""
    years, rest = divmod(months, 12)
    if rest or years >= len(NUMBERS):
        return f"{months} mois"
    return f"{NUMBERS[years]} an{'s' if years > 1 else ''}"


def data_notice(known: Known, *, mention: str = "") -> Document:
    """Return the information of RGPD 13 and 14: own words, nothing legal left out."""
    blocks: list[Block] = [
        Heading("Qui garde ce qui vous concerne"),
        *_who(known),
        Heading("Pourquoi, et de quel droit"),
        Paragraph(_why(known)),
        Paragraph(_ground(known)),
        Heading("Ce qui est gardé"),
        Bullets(_kept(known)),
        Paragraph(
            "Ce qui n'est jamais gardé : votre santé, votre origine, vos croyances, vos ennuis avec la "
            "justice, une photo, ni ce que des professionnels se disent de vous."
        ),
        Heading("D'où cela vient"),
        Paragraph(_source(known)),
        Heading("Qui peut le lire"),
        Bullets(_readers(known)),
        Heading("Combien de temps"),
        Bullets(_durations(known)),
        Heading("Vos droits"),
        Bullets(RIGHTS),
        Heading("À qui écrire"),
        *_contacts(known),
    ]
    return _document("Ce que nous faisons de vos données", known, blocks, mention, "RGPD 13 et 14")


RIGHTS = (
    "Lire tout ce qui est gardé de vous : réponse dans le mois.",
    "Faire corriger ce qui est faux, ou demander qu'on suspende le temps de vérifier.",
    "Vous opposer, pour des raisons qui tiennent à votre situation.",
    "Faire effacer ce qui n'est plus nécessaire à notre mission.",
    "Arrêter l'accompagnement quand vous voulez, sans dire pourquoi : les partages s'arrêtent le jour même.",
    "Pour un mineur, ses parents peuvent demander aussi. Ce qu'il a demandé de ne pas leur dire est d'abord "
    "soumis au délégué à la protection des données.",
    "Vous plaindre à la CNIL : cnil.fr, 3 place de Fontenoy, 75007 Paris.",
    "Aucune décision n'est prise par une machine. Rien n'est vendu, rien ne sort de l'Union européenne.",
)


def _who(known: Known) -> list[Block]:
    service = known.service
    town = f", à {service.ville.nom}" if service.ville else ""
    trade = service.get_metier_display().lower()
    lines: list[Block] = [
        Paragraph(f"{service.nom} ({trade}){town}. Qui le porte : {service.structure.nom}.")
    ]
    if known.titre is not None:
        number = f" {known.titre.numero}" if known.titre.numero else ""
        since = f"{known.titre.get_genre_display()}{number}, depuis le {say_date(known.titre.debut)}."
        lines.append(Paragraph(f"Son titre : {since[0].lower()}{since[1:]}"))
    if service.telephone:
        lines.append(Paragraph(f"Téléphone : {service.telephone}"))
    return lines


def _why(known: Known) -> str:
    if known.prevention:
        return (
            "Pour vous accompagner, si vous le voulez bien : savoir comment vous retrouver, ce que vous "
            "demandez, où en est votre accord, ce que chacun s'est engagé à faire."
        )
    return (
        "Pour vous adresser à une équipe d'éducateurs, si vous le demandez : comment vous retrouver, ce que "
        "vous demandez, votre accord. Le reste du temps nous notons des lieux et des moments, jamais des "
        "personnes."
    )


def _ground(known: Known) -> str:
    accord = "Votre accord pour être aidé est autre chose : vous pouvez le reprendre sans dire pourquoi."
    if known.titre is not None or known.convention:
        return f"Le fondement est une mission d'intérêt public (RGPD, article 6-1-e). {accord}"
    return f"Le fondement est l'intérêt légitime d'une association à vous aider (RGPD, 6-1-f). {accord}"


def _kept(known: Known) -> list[str]:
    need = ["Un nom d'usage ou un pseudonyme, une tranche d'âge", "Où vous retrouver, ce que vous demandez"]
    if not known.prevention:
        return [*need, "Ce à quoi vous avez dit oui, et vos parents si vous êtes mineur"]
    return [
        *need,
        "Ce à quoi vous avez dit oui ou non, et vos parents si vous êtes mineur",
        "Qui, dans l'équipe, répond de vous ; les rencontres avec votre famille et les engagements de chacun",
        "Le fait qu'une autre équipe a su quelque chose : qui, quand, pourquoi",
    ]


def _source(known: Known) -> str:
    if not known.prevention:
        return "De vous seul."
    others = ", ".join(known.autres)
    told = f" ({others})" if others else ""
    return (
        f"De vous. Si une autre équipe{told} vous a adressé à nous, elle nous a dit comment vous retrouver, "
        "votre tranche d'âge et votre demande, parce que vous étiez d'accord. Nous vous le disons à la "
        "première rencontre, au plus tard dans le mois (RGPD, article 14)."
    )


def _readers(known: Known) -> list[str]:
    lines = [f"Notre équipe ({known.service}), et elle seule."]
    if known.autres:
        named = ", ".join(known.autres)
        lines.append(f"Une équipe partenaire, si vous le voulez ou si la loi le permet : {named}.")
    lines.append("Le département, sans délai, quand un mineur est en danger ou risque de l'être.")
    if known.prevention:
        lines.append("Un coordonnateur désigné par le maire, dans les limites de son acte (CASF L. 121-6-2).")
    lines.append("Le délégué à la protection des données, le temps de répondre à votre demande.")
    lines.append("Jamais un bailleur, la police ou un élu, hors de ce que la loi impose.")
    return lines


def _durations(known: Known) -> list[str]:
    lines = ["Une demande d'orientation : trois mois au plus, puis seulement un nombre."]
    if known.prevention:
        kept = spoken(known.durees[ACCOMPAGNEMENT])
        lines.insert(0, f"Votre accompagnement : {kept} après notre dernier contact, puis il est effacé.")
    lines.append(f"Le fait d'un échange, sans son contenu : {spoken(known.durees[ECHANGE])}.")
    return lines


def _contacts(known: Known) -> list[Block]:
    officer = "Au service, ou au délégué à la protection des données :"
    lines = [line.strip() for text in known.contacts for line in text.splitlines() if line.strip()]
    return [Paragraph(officer), *(Paragraph(line) for line in lines or [TO_COMPLETE])]


APART = (
    "Ce papier ne parle pas de vos données : un autre le fait. Il dit ce que la loi appelle le partage "
    "d'informations en protection de l'enfance."
)
OWED = (
    "Vous êtes prévenus avant : le père, la mère, toute personne qui a l'autorité parentale, le tuteur.",
    "L'enfant aussi, selon son âge et ce qu'il peut comprendre.",
    "C'est une information, pas une demande d'accord. Dites-nous ce que vous en pensez : nous en parlons.",
    "On ne vous prévient pas d'abord si cela va contre l'intérêt de l'enfant ; la raison est alors écrite.",
)
FORBIDDEN = (
    "En dire plus que le nécessaire, ou le dire ailleurs que dans cet échange.",
    "Le dire à qui n'est pas tenu au secret : voisin, bailleur, police, élu, médiateur social.",
    "En faire un fichier : il reste le fait de l'échange, jamais ce qui s'y est dit.",
)


def sharing_notice(known: Known, *, mention: str = "") -> Document:
    """Return what CASF L. 226-2-2 owes parents, guardian and child before professionals share."""
    blanks = ("Avec qui", "Sur quoi", "Dit le", "À", "Par")
    blocks: list[Block] = [
        Paragraph(APART, strong=True),
        Heading("Ce que la loi permet"),
        Paragraph(
            "Des professionnels tenus au secret, qui protègent les enfants ou y aident, peuvent se dire ce "
            "qui est strictement nécessaire pour comprendre la situation d'un mineur et décider comment "
            "l'aider (code de l'action sociale et des familles, article L. 226-2-2)."
        ),
        Heading("Ce qui vous est dû"),
        Bullets(OWED),
        Heading("Ce qui n'est pas permis"),
        Bullets(FORBIDDEN),
        Heading("Ici"),
        Paragraph(f"Le service qui vous parle : {known.service.nom}."),
        *(Paragraph(f"{label} : {BLANK}") for label in blanks),
    ]
    title = "Avant de partager, pour protéger un enfant"
    return _document(title, known, blocks, mention, "CASF L. 226-2-2")


def easy_notice(known: Known, *, mention: str = "") -> Document:
    """Return the same as `data_notice` in short words, for someone who reads as at eleven."""
    helped = EASY_HELP if known.prevention else EASY_SENT
    blocks: list[Block] = [
        Heading("Qui sommes-nous ?"),
        Bullets((f"Nous sommes l'équipe {known.service}.", *helped)),
        Heading("Que gardons-nous ?"),
        Bullets(EASY_KEPT),
        Heading("Qui le lit ?"),
        Bullets(EASY_READ),
        Heading("Pendant combien de temps ?"),
        Bullets(_easy_time(known)),
        Heading("Et vous ?"),
        Bullets(EASY_RIGHTS),
        Heading("À qui le demander ?"),
        *_easy_contact(known),
    ]
    return _document("Nous et vous", known, blocks, mention, "facile à lire", large=True)


EASY_HELP = (
    "Nous aidons les jeunes qui le veulent.",
    "Vous venez si vous voulez. Vous partez si vous voulez.",
)
EASY_SENT = (
    "Nous parlons avec les gens du quartier.",
    "Si vous voulez, nous parlons de vous à une autre équipe.",
)
EASY_KEPT = (
    "Le nom que vous nous donnez. Il peut être inventé.",
    "Votre âge, à peu près.",
    "Où vous trouver.",
    "Ce que vous demandez.",
    "Quand vous dites oui, et quand vous dites non.",
)
EASY_READ = (
    "Notre équipe.",
    "Une autre équipe, si vous dites oui.",
    "Si un enfant est en danger, nous devons le dire. Nous vous en parlons.",
    "La police ne lit pas nos notes, sauf ordre d'un juge. Le bailleur jamais.",
)
EASY_RIGHTS = (
    "Vous pouvez tout lire.",
    "Vous pouvez dire : c'est faux.",
    "Vous pouvez dire : arrêtez. Nous arrêtons le jour même.",
    "Vous n'avez pas à dire pourquoi.",
    "Vous pouvez nous dire : n'en parlez pas à mes parents.",
)


def _easy_time(known: Known) -> tuple[str, str]:
    kept = spoken(known.durees[ACCOMPAGNEMENT])
    first = f"{kept[0].upper()}{kept[1:]} après la dernière fois où on se voit."
    return (first if known.prevention else "Trois mois, pas plus."), "Après, tout est effacé."


def _easy_contact(known: Known) -> list[Block]:
    lines = ["À nous, quand vous nous voyez."]
    if known.service.telephone:
        lines.append(f"Ou par téléphone : {known.service.telephone}.")
    lines.append("Vous pouvez aussi vous plaindre à la CNIL. Son site : cnil.fr")
    return [Bullets(lines)]


Made = Callable[..., Document]
NOTICES: Mapping[str, tuple[str, Made]] = {
    "donnees": ("Ce que nous faisons de vos données", data_notice),
    "facile": ("La même chose, facile à lire", easy_notice),
    "partage": ("Avant de partager, pour protéger un enfant", sharing_notice),
}


def notices_of(service: Service) -> list[tuple[str, str]]:
    """Return the papers a service hands out: (code, title); only who protects children shares."""
    prevention = service.metier == Metier.PREVENTION_SPECIALISEE
    return [(code, title) for code, (title, _) in NOTICES.items() if prevention or code != "partage"]


def _document(
    title: str, known: Known, blocks: Sequence[Block], mention: str, word: str, *, large: bool = False
) -> Document:
    return Document(
        title=title,
        subtitle=f"{known.service.nom}, au {say_date(known.le)}",
        blocks=blocks,
        mention=mention,
        large=large,
        keywords=(word,),
    )
