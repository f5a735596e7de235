"""Les faits sur l'information elle-même : nature, identification, origine, nécessité."""

from maillage.law.facts.outils import booleen, enumeration

NATURE = enumeration(
    "contenu.nature",
    "nature de l'information",
    "une seule nature par cas ; un message mêlé se découpe",
    {
        "ambiance": "phénomène de territoire, ambiance d'un lieu",
        "fait_incident": "fait ou incident",
        "orientation_demande": "demande d'orientation : identité, contact, besoin exprimé",
        "orientation_accuse": "accusé de réception, rien de plus",
        "orientation_suite": "suite donnée, évolution ou résultat",
        "besoin_de_coordination": "besoin de coordination, sans la nature des difficultés",
        "vie_privee": "vie privée",
        "donnee_sensible": "donnée sensible (RGPD art. 9)",
        "donnee_infraction": "donnée d'infraction (RGPD art. 10)",
        "assiduite_scolaire": "assiduité scolaire",
        "mesure_scolaire": "mesure prise par l'établissement",
        "information_preoccupante": "information préoccupante",
        "fait_de_transmission": "le fait qu'une information a été transmise",
        "danger_arme": "dangerosité liée à une arme",
        "statistique_agregee": "statistique agrégée",
    },
)
IDENTIFICATION = enumeration(
    "contenu.identification",
    "identification",
    "nom, image, adresse, surnom, classe, petit groupe ou recoupement "
    "identifient ; sous le seuil U-12 un effectif est indirect",
    {
        "aucune": "personne identifiable : aucune",
        "indirecte": "indirecte",
        "directe": "directe",
    },
    defaut="directe",
)
ORIGINE = enumeration(
    "contenu.origine",
    "origine",
    "comment l'émetteur le sait",
    {
        "appris_en_fonction": "appris en fonction",
        "vu_espace_public": "vu dans l'espace public",
        "dit_personne_presente": "dit par la personne présente",
        "recu_echange_protege": "reçu dans un échange protégé (L121-6-2 al. 6, CLSPD, L141-1, L226-2-2)",
    },
)
STRICTEMENT_NECESSAIRE = booleen(
    "contenu.strictement_necessaire", "strictement nécessaire", "l'émetteur l'atteste élément par élément"
)
