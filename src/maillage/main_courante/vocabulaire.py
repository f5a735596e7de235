"""The words of the field: the default lists of each trade, and a service's own version of them.

A service stores only what it changes (`Vocabulaire` rows): a renamed label, an entry switched off,
an entry added. Codes never change, so that old notes keep their meaning.
Source: Maillage's field vocabulary, section 3 (norme NF X60-600, CESDIP, Mano, rapports de services).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from maillage.directory.enums import Metier
from maillage.main_courante.enums import Liste
from maillage.main_courante.models import Vocabulaire

RIEN_A_SIGNALER = "rien_a_signaler"
SORTIE_DE_RUE = "travail_de_rue"
CALME = "ras"
PERSONNE = "aucun"
EN_RONDE = "ronde"
TECHNIQUE = "Veille technique"

# The product itself writes these codes: a service may rename them, not switch them off.
LOCKED: frozenset[str] = frozenset({RIEN_A_SIGNALER, SORTIE_DE_RUE, CALME, PERSONNE, EN_RONDE})


@dataclass(frozen=True)
class Entree:
    """One entry of a list: its stored code, the label people read, its family, its rank."""

    code: str
    libelle: str
    famille: str = ""
    rang: int = 0
    actif: bool = True


Defaults = Mapping[Liste, tuple[Entree, ...]]


def _entries(*pairs: tuple[str, str], famille: str = "", start: int = 0) -> tuple[Entree, ...]:
    return tuple(
        Entree(code, libelle, famille, start + 10 * index) for index, (code, libelle) in enumerate(pairs)
    )


_TRANQUILLITE = _entries(
    ("regroupement", "Regroupement"),
    ("occupation_hall", "Occupation de hall ou de partie commune"),
    ("nuisance_sonore", "Nuisance sonore"),
    ("rodeo", "Deux-roues bruyants, rodéo"),
    ("conflit_voisinage", "Conflit de voisinage"),
    ("conflit_usage", "Conflit d'usage"),
    ("rixe", "Rixe, bagarre"),
    ("sortie_college", "Sortie de collège"),
    famille="Tranquillité",
    start=100,
)
_TECHNIQUE = _entries(
    ("degradation", "Dégradation"),
    ("eclairage", "Éclairage"),
    ("ascenseur", "Ascenseur"),
    ("depot_sauvage", "Dépôt sauvage, encombrants"),
    ("tag", "Tag"),
    ("epave", "Épave"),
    ("voirie", "Voirie"),
    ("proprete", "Propreté"),
    famille=TECHNIQUE,
    start=200,
)
_SOCIALE = _entries(
    ("personne_isolee", "Personne isolée"),
    ("personne_agee", "Personne âgée"),
    ("personne_en_detresse", "Personne en détresse"),
    ("sans_abri", "Sans-abri"),
    ("mineur_seul_la_nuit", "Mineur seul la nuit"),
    ("errance", "Errance"),
    ("consommation_visible", "Consommation visible"),
    famille="Veille sociale",
    start=300,
)
_INSTITUTIONS = _entries(
    ("information", "Information"),
    ("acces_aux_droits", "Accès aux droits"),
    ("accompagnement_physique", "Accompagnement physique"),
    ("incomprehension", "Incompréhension avec un service"),
    famille="Relation aux institutions",
    start=400,
)
_VIE_DU_QUARTIER = _entries(
    ("fete", "Fête"),
    ("animation", "Animation"),
    ("initiative_habitants", "Initiative d'habitants"),
    (RIEN_A_SIGNALER, "Rien à signaler"),
    famille="Vie du quartier",
    start=500,
)
_PRESENCE = _entries(
    (SORTIE_DE_RUE, "Travail de rue"),
    ("presence_sociale", "Présence sociale"),
    ("permanence", "Local, permanence"),
    ("abords_etablissement", "Abords d'établissement"),
    ("action_collective", "Action collective"),
    ("chantier_educatif", "Chantier éducatif"),
    famille="Présence éducative",
)

_SHARED: Defaults = {
    Liste.AMBIANCE: _entries((CALME, "Calme"), ("tensions", "Tensions"), ("violences", "Violences")),
    Liste.EFFECTIF: _entries(
        (PERSONNE, "Personne"),
        ("1", "1"),
        ("2_4", "2 à 4"),
        ("5_9", "5 à 9"),
        ("10_19", "10 à 19"),
        ("20_plus", "20 et plus"),
    ),
    Liste.CRENEAU: _entries(
        ("matin", "Matin"),
        ("midi", "Midi"),
        ("apres_midi", "Après-midi"),
        ("sortie_ecole", "Sortie d'école, 16–18 h"),
        ("soiree", "Soirée, 18–21 h"),
        ("nuit", "Nuit, 21–24 h"),
        ("nuit_profonde", "Nuit profonde, 0–5 h"),
    ),
    Liste.PUBLIC: _entries(
        ("enfants", "Enfants (moins de 11 ans)"),
        ("11_16", "11–16 ans"),
        ("16_21", "16–21 ans"),
        ("21_25", "21–25 ans"),
        ("adultes", "Adultes"),
        ("seniors", "Seniors"),
        ("familles", "Familles"),
        ("groupe_mixte", "Groupe mixte"),
    ),
    Liste.ORIGINE: _entries(
        (EN_RONDE, "Constat en ronde"),
        ("appel_habitant", "Appel d'habitant"),
        ("partenaire", "Demande d'un partenaire"),
        ("bailleur", "Demande du bailleur"),
        ("consigne", "Consigne de l'équipe précédente"),
    ),
    Liste.SUITE: _entries(
        ("rien", "Rien"),
        ("dialogue_engage", "Dialogue engagé"),
        ("apaise_sur_place", "Apaisé sur place"),
        ("mediation_proposee", "Médiation proposée"),
        ("mediation_acceptee", "Médiation acceptée"),
        ("mediation_refusee", "Médiation refusée"),
        ("accord", "Accord"),
        ("echec", "Échec"),
        ("mise_en_relation", "Mise en relation"),
        ("orientation", "Orientation"),
        ("signalement_technique", "Signalement technique"),
        ("appel_secours", "Appel aux secours"),
        ("passage_relais", "Passage de relais"),
    ),
}

MEDIATION: Defaults = MappingProxyType(
    {
        **_SHARED,
        Liste.CATEGORIE: _TRANQUILLITE + _TECHNIQUE + _SOCIALE + _INSTITUTIONS + _VIE_DU_QUARTIER,
    }
)
PREVENTION: Defaults = MappingProxyType(
    {
        **_SHARED,
        Liste.CATEGORIE: _PRESENCE + _TRANQUILLITE + _SOCIALE + _VIE_DU_QUARTIER,
        Liste.ORIGINE: _entries(
            (EN_RONDE, "Sortie de rue"),
            ("jeune", "Un jeune"),
            ("famille", "Une famille"),
            ("partenaire", "Demande d'un partenaire"),
            ("consigne", "Consigne de l'équipe précédente"),
        ),
    }
)


def defaults(metier: str) -> Defaults:
    """Return the lists a trade starts with; services of other trades read the mediators' ones."""
    return PREVENTION if metier == Metier.PREVENTION_SPECIALISEE else MEDIATION


class Listes:
    """A service's lists: the trade's defaults with the service's own changes laid over them."""

    def __init__(self, metier: str, changes: Iterable[Vocabulaire] = ()) -> None:
        """Merge the defaults of `metier` with the service's rows."""
        merged = {
            liste: {entry.code: entry for entry in entries} for liste, entries in defaults(metier).items()
        }
        for row in changes:
            known = merged[Liste(row.liste)].get(row.code)
            famille = row.famille or (known.famille if known else "Propre à l'équipe")
            merged[Liste(row.liste)][row.code] = Entree(row.code, row.libelle, famille, row.rang, row.actif)
        self._all = {
            liste: dict(sorted(entries.items(), key=lambda item: item[1].rang))
            for liste, entries in merged.items()
        }

    def entries(self, liste: Liste, *, all_entries: bool = False) -> list[Entree]:
        """Return the entries one may choose now, in order; `all_entries` adds the switched-off ones."""
        return [entry for entry in self._all[liste].values() if entry.actif or all_entries]

    def knows(self, liste: Liste, code: str) -> bool:
        """Say whether this code exists, switched off or not: a note may wait weeks in a phone."""
        return code in self._all[liste]

    def label(self, liste: Liste, code: str) -> str:
        """Return what people read for a stored code, even one that was switched off since."""
        entry = self._all[liste].get(code)
        return entry.libelle if entry else code.replace("_", " ")

    def family(self, code: str) -> str:
        """Return the family of a category code, empty when unknown."""
        entry = self._all[Liste.CATEGORIE].get(code)
        return entry.famille if entry else ""

    def by_family(self, liste: Liste) -> dict[str, list[Entree]]:
        """Return the choosable entries grouped by family, in order."""
        groups: dict[str, list[Entree]] = {}
        for entry in self.entries(liste):
            groups.setdefault(entry.famille, []).append(entry)
        return groups
