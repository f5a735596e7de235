"""Where a statement of the report works in Maillage: a screen by its name.

The study only names screens; the web layer gives their addresses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

PREFIXES: Final = ("ville", "pratique", "regle")
"""Screens that take a name: ``ville:lorient``, ``pratique:kiosque``, ``regle:CASF-L226-2-2``."""


@dataclass(frozen=True, slots=True)
class Ecran:
    """One screen: its address's name, and what a link to it says."""

    vue: str
    libelle: str


ECRANS: Final[Mapping[str, Ecran]] = {
    "accueil_etude": Ecran("etude:accueil", "L'étude"),
    "villes": Ecran("etude:villes", "Les six villes"),
    "comparaison": Ecran("etude:comparaison", "La comparaison des six villes"),
    "formes": Ecran("etude:formes", "Les trois formes"),
    "prerequis": Ecran("etude:prerequis", "Les six pré-requis"),
    "preconisations": Ecran("etude:preconisations", "Les préconisations"),
    "textes": Ecran("etude:textes", "Les textes de loi"),
    "voix": Ecran("etude:voix", "Qui parle"),
    "territoires": Ecran("etude:territoires", "Les territoires"),
    "pratiques": Ecran("etude:pratiques", "Les pratiques à emprunter"),
    "questionnaire": Ecran("etude:chez_vous", "Et chez vous ?"),
    "aujourdhui": Ecran("accueil:page", "Aujourd'hui"),
    "noter": Ecran("notes:noter", "Noter"),
    "messages": Ecran("messages:liste", "Dire à l'autre équipe"),
    "orientation": Ecran("orientations:nouvelle", "Préparer une orientation"),
    "accompagnements": Ecran("accompagnements:liste", "Les accompagnements"),
    "droit": Ecran("droit:catalogue", "Ce que dit la loi, règle par règle"),
    "services": Ecran("annuaire:qui", "Qui est là : services et métiers"),
    "partenariat": Ecran("partenariat:liste", "Le partenariat : forme, clauses, lectures"),
    "journal": Ecran("journal:page", "Le journal de ce qui a été dit, à qui"),
    "reciprocite": Ecran("reciprocite:mois", "La réciprocité du mois"),
    "reunions": Ecran("reunions:liste", "Les réunions"),
    "projets": Ecran("projets:liste", "Les projets"),
    "diagnostics": Ecran("diagnostics:liste", "Les diagnostics partagés"),
    "evaluation": Ecran("evaluation:liste", "L'évaluation annuelle"),
    "equipes": Ecran("equipes:departs", "Les départs, et ce qui passe à qui"),
    "formation": Ecran("formation:page", "Se former sur le droit, cas par cas"),
    "metiers": Ecran("metiers:liste", "Les deux métiers, dits par eux-mêmes"),
    "enquetes": Ecran("barometre:liste", "Le baromètre des équipes"),
    "coordination": Ecran("designations:liste", "Les coordonnateurs désignés"),
    "reseau": Ecran("reseau:villes", "Le réseau des villes"),
}
"""Every screen that an item may name."""
