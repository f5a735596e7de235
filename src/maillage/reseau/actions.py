"""Publishing a year of a partnership, receiving one of another city."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.db.transaction import atomic

from maillage.audit import PLATEFORME
from maillage.audit.actions import record
from maillage.audit.enums import Acte
from maillage.base import clock
from maillage.base.identifiers import new_id
from maillage.conventions.models import Partenariat, Participation
from maillage.diagnostics.masking import PUBLISHED, masked
from maillage.main_courante.models import MessageDeLieu
from maillage.reseau.bundle import FORMAT, TRADES, VERSION, Bundle, BundleRefused, seal
from maillage.reseau.models import LotPublie, LotRecu

# Before, nothing was ever written here; a bundle of an older year would not be readable either.
OLDEST = 2000


@atomic
def publish(*, partenariat: Partenariat, annee: int) -> str:
    """Return the signed file of a finished year, made the first time and the same ever after.

    Raises BundleRefused for a year that is not finished.
    """
    if not OLDEST <= annee < clock.today().year:
        raise BundleRefused(f"L'année {annee} ne se publie pas : il faut une année finie.")
    Partenariat.objects.select_for_update().get(pk=partenariat.pk)
    record(
        chaine=PLATEFORME,
        acte=Acte.EXPORT,
        acteur=None,
        objet_genre="lot",
        objet=partenariat.pk,
        detail={"genre": "lot"},
    )
    already = LotPublie.objects.filter(partenariat=partenariat, annee=annee).first()
    if already is not None:
        return already.fichier
    lot = LotPublie(
        partenariat=partenariat,
        annee=annee,
        sequence=LotPublie.objects.filter(partenariat=partenariat).count() + 1,
        publie_le=clock.now(),
    )
    lot.fichier = seal(_content(lot))
    lot.save()
    return lot.fichier


@atomic
def receive(bundle: Bundle) -> LotRecu:
    """Keep a bundle. Raises BundleRefused when it was received before, is older, or usurps a name."""
    content = bundle.contenu
    name = content["partenariat"]
    # A ledger line locks the platform's chain: two imports go one after the other.
    record(chaine=PLATEFORME, acte=Acte.CREATION, acteur=None, objet_genre="lot", detail={"genre": "lot"})
    theirs = LotRecu.objects.filter(cle_publique=bundle.cle_publique, partenariat=name)
    if LotRecu.objects.filter(pk=content["id"]).exists():
        raise BundleRefused("Ce lot a déjà été reçu.")
    if theirs.filter(sequence__gte=content["sequence"]).exists():
        raise BundleRefused("Un lot plus récent de cette ville a déjà été reçu.")
    if theirs.filter(annee=content["annee"]).exists():
        raise BundleRefused(f"Cette ville a déjà dit son année {content['annee']}.")
    if LotRecu.objects.filter(partenariat=name).exclude(cle_publique=bundle.cle_publique).exists():
        raise BundleRefused(f"« {name} » signe d'habitude avec une autre clé.")
    return LotRecu.objects.create(
        id=content["id"],
        cle_publique=bundle.cle_publique,
        partenariat=name,
        annee=content["annee"],
        sequence=content["sequence"],
        contenu=dict(content),
        recu_le=clock.now(),
    )


def _content(lot: LotPublie) -> Mapping[str, Any]:
    """What the year was, every count of less than eleven left out."""
    last = date(lot.annee, 12, 31)
    living = Q(debut__lte=last) & (Q(fin=None) | Q(fin__gte=last))
    forme = lot.partenariat.formes.filter(living).order_by("-debut").first()
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": str(new_id()),
        "sequence": lot.sequence,
        "ville": lot.partenariat.nom,
        "partenariat": lot.partenariat.code,
        "annee": lot.annee,
        "forme": forme.forme if forme else "",
        "invente": lot.partenariat.invente,
        "services": {
            trade: Participation.objects.filter(
                living, partenariat=lot.partenariat, service__metier=trade
            ).count()
            for trade in TRADES
        },
        "messages": {trade: masked(_sent(lot, trade), PUBLISHED).value for trade in TRADES},
    }


def _sent(lot: LotPublie, trade: str) -> int:
    """How many place messages a trade sent to the other in the year, in Paris time."""
    start, end = (
        datetime.combine(date(year, 1, 1), time.min, tzinfo=clock.PARIS)
        for year in (lot.annee, lot.annee + 1)
    )
    other = next(one for one in TRADES if one != trade)
    return MessageDeLieu.objects.filter(
        partenariat=lot.partenariat,
        service_emetteur__metier=trade,
        service_destinataire__metier=other,
        envoye_le__gte=start,
        envoye_le__lt=end,
    ).count()
