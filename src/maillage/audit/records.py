"""From the ledger's rows to the records that are chained, signed and exported."""

from maillage.audit.format import JSON, line_record, moment_text
from maillage.audit.models import Ligne, TeteSignee


def line_of(ligne: Ligne) -> dict[str, JSON]:
    """Return the chained record of a line, without its digest."""
    return line_record(
        chaine=ligne.chaine_id,
        rang=ligne.rang,
        le=ligne.le,
        acteur=ligne.acteur,
        acte=ligne.acte,
        objet_genre=ligne.objet_genre,
        objet=ligne.objet,
        detail=ligne.detail,
        precedent=ligne.precedent,
    )


def head_of(tete: TeteSignee) -> dict[str, JSON]:
    """Return the record of a signed head."""
    return {
        "genre": "tete",
        "chaine": str(tete.chaine_id),
        "rang": tete.rang,
        "empreinte": tete.empreinte,
        "le": moment_text(tete.le),
        "signature": tete.signature,
        "cle_publique": tete.cle_publique,
    }
