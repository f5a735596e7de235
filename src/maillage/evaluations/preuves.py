"""What the year's data say of each prerequisite, and the next step the study proposes (section 10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from maillage.base import clock
from maillage.conventions.enums import Forme
from maillage.conventions.queries import convention_in_force, forme, lectures, unsigned_charters
from maillage.enquetes.queries import results
from maillage.evaluations.commandes import Regard
from maillage.evaluations.faits import Fait, Periode, expected_meetings
from maillage.pilotage.reciprocite import Sens
from maillage.pilotage.reciprocite_tables import days, direction, said

TRADES = {"mediation_sociale": "médiation", "prevention_specialisee": "prévention"}


@dataclass(frozen=True)
class Etape:
    """A next step, and where the study proposes it."""

    texte: str
    etude: str


@dataclass(frozen=True)
class Annee:
    """All that a prerequisite may rest on: the year's figures, flows and orders."""

    periode: Periode
    faits: Mapping[str, Fait]
    sens: Sequence[Sens]
    regard: Regard
    seuil: int

    @property
    def forme(self) -> str:
        """Return the partnership's form on the year's last day."""
        return forme(self.periode.partenariat, self.periode.fin)

    def many(self, cle: str) -> int:
        """Return a figure as a number; none is zero."""
        value = self.faits[cle].valeur
        return int(value) if value.isdecimal() else 0

    def barometer(self, *cles: str) -> list[str]:
        """Say what both trades answered to these questions, in the year's last closed wave."""
        rows = results(self.periode.partenariat)
        last = max((one.semestre for one in rows), default="")
        return [
            f"Baromètre {last}, « {NAMES[cle]} » : {TRADES[one.metier]} {f'{mean:g}'.replace('.', ',')} sur 4"
            for cle in cles
            for one in rows
            if one.semestre == last and (mean := one.moyennes[cle]) is not None
        ]


NAMES = {
    "commande": "ce que les financeurs attendent est clair",
    "direction": "ma direction le veut",
    "metier": "je sais ce que fait l'autre métier",
    "droit": "je sais ce que j'ai le droit de dire",
    "retour": "il m'en revient quelque chose",
    "ecrit": "c'est écrit et nous nous en servons",
    "confiance": "ce que je confie est bien gardé",
    "appeler": "j'ose appeler",
}


def _orders(year: Annee) -> list[str]:
    found = year.regard
    lines = [f"Commandes écrites en cours : {len(found.suivis)}."]
    lines.append(f"Commandes pour lesquelles rien n'est écrit dans le carnet : {len(found.sans_activite)}.")
    lines.append(f"Registres où l'on travaille sans commande écrite : {len(found.sans_commande)}.")
    return lines + year.barometer("commande")


def _directions(year: Annee) -> list[str]:
    held, wanted = year.many("reunions"), expected_meetings(year.periode)
    return [
        f"Réunions tenues : {held} ; le rythme convenu en demande {wanted}.",
        f"Décisions prises : {year.faits['decisions'].valeur}.",
        *year.barometer("direction"),
    ]


def _knowing(year: Annee) -> list[str]:
    return [
        f"{year.faits[cle].nom} : {year.faits[cle].valeur}."
        for cle in ("projets", "diagnostics", "formations")
    ] + year.barometer("metier")


def _framework(year: Annee) -> list[str]:
    adopted = lectures(year.periode.partenariat, year.periode.fin)
    said_adopted = ", ".join(adopted) or "aucune, les lectures prudentes valent"
    lines = [f"Lectures du droit adoptées par écrit : {said_adopted}."]
    lines += [
        f"Retours de {one.emetteur} à {one.destinataire} : {said(one.offerts, year.seuil)} offerts, "
        f"{said(one.tenus, year.seuil)} tenus."
        for one in year.sens
        if one.offerts.value != 0
    ]
    return lines + year.barometer("droit", "retour")


def _written(year: Annee) -> list[str]:
    partenariat, today = year.periode.partenariat, clock.today()
    signed = convention_in_force(partenariat, year.periode.fin)
    left = sum(unsigned_charters(partenariat, today).values())
    lines = [f"Forme : {Forme(year.forme).label.lower()}."]
    if signed is not None:
        end = f", jusqu'au {signed.fin:%d/%m/%Y}" if signed.fin else ""
        lines.append(f"Convention signée, version {signed.version}{end}.")
    if left:
        lines.append(f"Chartes qui restent à signer, tous services ensemble : {left}.")
    return lines + year.barometer("ecrit")


def _trust(year: Annee) -> list[str]:
    lines = [
        f"Nouvelles d'un lieu, {direction(one)} : {said(one.lieux.repondus, year.seuil)} répondues sur "
        f"{said(one.lieux.envoyes, year.seuil)}, délai médian {days(one.lieux.delai)}."
        for one in year.sens
        if one.lieux.envoyes.value != 0
    ]
    return lines + year.barometer("confiance", "appeler")


EVIDENCE: Mapping[str, Callable[[Annee], list[str]]] = {
    "a": _orders,
    "b": _directions,
    "c": _knowing,
    "d": _framework,
    "e": _written,
    "f": _trust,
}


def next_step(year: Annee, lettre: str) -> Etape:
    """Return the step of section 10 that fits what the year shows."""
    return _STEPS[lettre](year)


def _clear_order(year: Annee) -> Etape:
    if year.regard.sans_activite or year.regard.sans_commande or not year.regard.suivis:
        return Etape(
            "Écrire, avec ceux qui financent, une commande sociale et éducative propre à ce territoire : "
            "ce qui est attendu de chaque métier, et ce qui ne l'est pas.",
            "10d",
        )
    return Etape("Relire la commande avec ceux qui l'ont passée, ces chiffres en main.", "10d")


def _carry(year: Annee) -> Etape:
    if year.many("reunions") < expected_meetings(year.periode):
        return Etape(
            "Reprendre le rythme convenu : c'est en construisant le cadre ensemble qu'on y adhère.",
            "10a",
        )
    return Etape("Laisser de la place à l'initiative : un cadre général, sans détails de trop.", "10a")


def _train(year: Annee) -> Etape:
    return Etape(
        "Former ensemble ceux qui sont là et ceux qui arrivent : missions de chacun, échange sur une "
        "personne ; la norme et la certification de la médiation en font un critère.",
        "10b",
    )


def _share(year: Annee) -> Etape:
    if not lectures(year.periode.partenariat, year.periode.fin):
        return Etape(
            "Trancher par écrit les questions ouvertes, et légitimer l'échange nominatif par une charte de "
            "confidentialité.",
            "10a",
        )
    return Etape(
        "Croiser les analyses : proposer le relais à trois à chaque orientation, et dire ce qui est offert.",
        "10d",
    )


def _write_down(year: Annee) -> Etape:
    match year.forme:
        case Forme.INFORMEL:
            return Etape(
                "Ouvrir l'atelier d'une convention : elle protège chaque métier et reste quand on part.",
                "10a",
            )
        case Forme.CONVENTION:
            return Etape("Se servir de la convention pour accueillir ceux qui arrivent.", "10a")
        case _:
            return Etape("Étendre ce pilotage aux quartiers qui touchent une autre commune.", "10a")


def _stay(year: Annee) -> Etape:
    return Etape(
        "Stabiliser les équipes : chaque départ oblige à refaire la confiance. Préparer l'après des contrats "
        "aidés avec des employeurs partenaires.",
        "10c",
    )


_STEPS: Mapping[str, Callable[[Annee], Etape]] = {
    "a": _clear_order,
    "b": _carry,
    "c": _train,
    "d": _share,
    "e": _write_down,
    "f": _stay,
}
