"""All that one service holds about one person, passage by passage, in plain French.

Nobody else is named: brothers and sisters are not read, a professional is said by function, a
holder of parental authority by tie. `HELD` lists every table read here and in `shared`.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from maillage.base import clock
from maillage.base.encryption import data_keys
from maillage.base.enums import Portee
from maillage.dossiers.models import Accompagnement, Accord, Adhesion, Personne
from maillage.law import catalogue
from maillage.law.conservation import months_after
from maillage.operations.durees import ACCOMPAGNEMENT, months_kept
from maillage.sharing.demandes.passages import Passage, Rubrique, day, said, span
from maillage.sharing.demandes.shared import shared_rubriques
from maillage.sharing.enums import MotifReserve, ObjetConfidence, Origine
from maillage.sharing.reading import readable

HELD = frozenset(
    {
        "dossiers.Personne", "dossiers.Titulaire", "dossiers.Accompagnement", "dossiers.Reference",
        "dossiers.Adhesion", "dossiers.RencontreFamille", "dossiers.Inscription", "dossiers.Accord",
        "dossiers.InformationPrealable", "dossiers.Confidence", "dossiers.NoticeRGPD", "dossiers.Constat",
        "sharing.Echange", "sharing.Ouverture", "sharing.PersonneDesignee", "sharing.Information",
        "sharing.Carte", "sharing.TransmissionDanger", "sharing.DemandeAcces", "sharing.ReserveAcces",
    }
)  # fmt: skip
TIES = {"mere": "sa mère", "pere": "son père", "tuteur": "son tuteur", "autre": "un autre titulaire"}
HOLDER = "Titulaire de l'autorité parentale"
FREE = (MotifReserve.TEXTE,)
INFORMED = {"faite": "informés avant un partage", "dispense_interet_enfant": "pas informés, dans son intérêt"}


def held_about(personne: Personne) -> list[Rubrique]:
    """Return every heading that is not empty. The caller holds the transaction and writes the ledger line."""
    key = _key(personne)
    support = Accompagnement.objects.filter(personne=personne).first()
    found = [
        Rubrique("Identité", _identity(personne, support, key)),
        Rubrique("La demande", _need(personne, key)),
        *(_of_support(support, key) if support else ()),
        Rubrique("Les accords à un échange", _accords(personne)),
        Rubrique("Ce qui a été dit à la famille et au jeune", _told(personne)),
        Rubrique("Ce qu'il est demandé de ne pas dire", _confidences(personne)),
        Rubrique("Ce qu'un professionnel a noté de la situation", _constats(personne)),
        *shared_rubriques(personne, support),
    ]
    return [one for one in found if one.passages]


def _identity(personne: Personne, support: Accompagnement | None, key: bytes | None) -> list[Passage]:
    holders = personne.titulaires.order_by("lien", "pk")
    lines = [
        Passage("personne.nom", "Nom d'usage ou pseudonyme", readable(personne, "appellation_scellee", key)),
        Passage(
            "personne.age",
            "Tranche d'âge",
            personne.get_tranche_age_display(),
            personne.tranche_age_au,
        ),
        Passage("personne.debut", "Noté depuis", said(personne.creee_le)),
        *(
            Passage(f"titulaire.{one.lien}", HOLDER, one.get_lien_display(), tiers=one.lien)
            for one in holders
        ),
    ]
    last = personne.dernier_contact_le
    kept = months_kept(ACCOMPAGNEMENT, clock.today())
    since = last or (support.ouvert_le if support else None)
    end = personne.effacer_le or (months_after(since, kept) if since else None)
    if last:
        lines.append(Passage("personne.contact", "Dernier contact", said(last)))
    if end:
        lines.append(Passage("personne.fin", "Effacé au plus tard", said(end)))
    return lines


def _need(personne: Personne, key: bytes | None) -> list[Passage]:
    texts = {
        "personne.besoin": ("Ce qui a été demandé", readable(personne, "besoin_scelle", key)),
        "personne.lieu": ("Où retrouver la personne", readable(personne, "contact_scelle", key)),
    }
    return [
        Passage(cle, label, text, objet=ObjetConfidence.DEMANDE, reserves=FREE)
        for cle, (label, text) in texts.items()
        if text
    ]


def oriented_texts(personne: UUID) -> list[Passage]:
    """Return what the service that oriented them said, and the accords it heard, unless it is erased."""
    row = Personne.objects.filter(pk=personne, effacee_le__isnull=True).first()
    if row is None:
        return []
    return [replace(one, cle=f"oriente.{one.cle}") for one in (*_need(row, _key(row)), *_accords(row))]


def _of_support(support: Accompagnement, key: bytes | None) -> list[Rubrique]:
    ended = f", terminé le {said(support.clos_le)} : {support.get_motif_cloture_display().lower()}"
    text = f"ouvert le {said(support.ouvert_le)}{ended if support.clos_le else ''}"
    lines = [Passage("accompagnement", "Accompagnement", text)]
    if support.origine:
        lines.append(Passage("accompagnement.origine", "Rencontré par", _origin(support.origine)))
    for one in support.references.select_related("poste").order_by("debut", "pk"):
        reason = f" ({one.get_motif_display().lower()})" if one.motif else ""
        who = f"{one.poste.intitule}, {span(one.debut, one.fin)}{reason}"
        lines.append(Passage(f"reference.{one.pk}", "Référent", who))
    return [
        Rubrique("Accompagnement", lines),
        Rubrique("L'adhésion", _adhesions(support)),
        Rubrique("Les rencontres avec la famille", _meetings(support, key)),
        Rubrique("Les projets", _projects(support)),
    ]


def _origin(code: str) -> str:
    return str(Origine(code).label) if code in Origine.values else code.replace("_", " ")


def _giver(event: Adhesion | Accord) -> tuple[str, str]:
    """Return the words for who spoke, and the tie when it is a holder."""
    lien = event.titulaire.lien if event.titulaire else ""
    return (TIES[lien] if lien else "le jeune"), lien


def _adhesions(support: Accompagnement) -> list[Passage]:
    found = []
    for one in support.adhesions.select_related("titulaire", "destinataire").order_by("le", "rang", "pk"):
        who, lien = _giver(one)
        to = f" envers {one.destinataire}" if one.destinataire else ""
        how = f", expliquée : {one.get_explication_display().lower()}" if one.explication else ""
        text = f"{who} : {one.get_etat_display().lower()}{to}, {one.get_forme_display().lower()}{how}"
        found.append(Passage(f"adhesion.{one.pk}", one.get_finalite_display(), text, day(one.le), tiers=lien))
    return found


def _accords(personne: Personne) -> list[Passage]:
    found = []
    for one in personne.accords.select_related("titulaire", "destinataire").order_by("le", "rang", "pk"):
        who, lien = _giver(one)
        text = f"{who} : {one.get_etat_display().lower()}, {one.get_forme_display().lower()}"
        label, to = f"{one.get_portee_display()}, vers {one.destinataire}", ObjetConfidence.ECHANGES
        found.append(Passage(f"accord.{one.pk}", label, text, day(one.le), objet=to, tiers=lien))
    return found


def _meetings(support: Accompagnement, key: bytes | None) -> list[Passage]:
    found = []
    for one in support.rencontres.order_by("le", "pk"):
        text = readable(one, "engagements_scelles", key) or "rencontre, sans engagement écrit"
        after = f" Prochaine le {said(one.prochaine_le)}." if one.prochaine_le else ""
        label = "Engagements de chacun"
        found.append(Passage(f"rencontre.{one.pk}", label, f"{text}{after}", one.le, reserves=FREE))
    return found


def _projects(support: Accompagnement) -> list[Passage]:
    """Return the enrolments; the room above says which project each is (`inscription.<projet>`)."""
    rows = support.inscriptions.order_by("debut", "pk")
    return [
        Passage(
            f"inscription.{one.projet}",
            "Participation",
            span(one.debut, one.fin),
            objet=ObjetConfidence.PROJETS,
        )
        for one in rows
    ]


def _told(personne: Personne) -> list[Passage]:
    lines = [
        Passage(f"notice.{one.pk}", "Droits, et qui garde quoi", "dit", day(one.le))
        for one in personne.notices.order_by("le", "pk")
    ]
    for row in personne.informations.order_by("le", "pk"):
        reason = readable(row, "raison_scellee", _key(personne))
        text = INFORMED.get(row.etat, row.etat) + (f" : {reason}" if reason else "")
        lines.append(
            Passage(
                f"information.{row.pk}",
                "Les parents",
                text,
                day(row.le),
                reserves=FREE if reason else (),
                soi=bool(reason),
            )
        )
    return lines


def _key(personne: Personne) -> bytes | None:
    return data_keys(Portee.PERSONNE, [personne.pk]).get(personne.pk)


def _confidences(personne: Personne) -> list[Passage]:
    return [
        Passage(
            f"confidence.{one.pk}",
            TIES.get(one.lien, "à aucun parent"),
            one.get_objet_display() + (f", jusqu'au {said(one.levee_le)}" if one.levee_le else ""),
            day(one.le),
            soi=True,
        )
        for one in personne.confidences.order_by("le", "pk")
    ]


def _constats(personne: Personne) -> list[Passage]:
    rows = personne.constats.select_related("par").order_by("le", "pk")
    return [
        Passage(
            f"constat.{one.pk}",
            catalogue.fact_label(one.fait),
            f"{catalogue.value_label(one.fait, one.valeur)}, par {one.par.intitule}",
            day(one.le),
            reserves=(MotifReserve.DANGER,) if one.fait == "situation.danger" else (),
        )
        for one in rows
    ]
