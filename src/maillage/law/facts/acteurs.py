"""Les deux acteurs de l'échange : fonction, emploi, secret, part prise aux missions sociales."""

from dataclasses import dataclass

from maillage.law.facts import situation
from maillage.law.facts.lectures import prudente, rapport
from maillage.law.facts.outils import booleen, ensemble, enumeration
from maillage.law.language import Dans, Derive, Fait, Formule, tous, un_de

FONCTIONS = {
    "educateur_prevention": "éducateur ou éducatrice de prévention spécialisée",
    "mediateur": "médiateur ou médiatrice sociale, correspondant de nuit",
    "assistant_service_social": "assistant de service social",
    "agent_ase": "agent de l'aide sociale à l'enfance",
    "agent_ccas": "agent du CCAS",
    "coordonnateur": "coordonnateur (CASF L121-6-2)",
    "agent_municipal": "autre agent municipal",
    "cadre_municipal": "cadre ou directeur municipal",
    "chef_etablissement": "chef d'établissement scolaire",
    "personnel_scolaire": "autre personnel scolaire",
    "professionnel_sante": "professionnel de santé",
    "maire": "maire",
    "adjoint_delegue": "élu ayant reçu délégation du maire (CGCT L2122-18)",
    "president_departement": "président du conseil départemental",
    "delegue_departement": "délégué du président du département (CRIP comprise)",
    "autre_elu": "élu sans délégation",
    "police": "police ou gendarmerie",
    "secours": "secours",
    "procureur": "procureur de la République",
    "juge": "juge",
    "autorite_medicale": "autorité médicale",
    "prefet": "préfet",
    "bailleur": "bailleur",
    "transporteur": "transporteur",
    "personne_concernee": "la personne concernée",
    "titulaire_autorite_parentale": "titulaire de l'autorité parentale",
    "educateur_pjj": "éducateur de la protection judiciaire de la jeunesse",
    "animateur": "animateur de centre social ou d'accueil de jeunes",
    "parent_relais": "parent relais, habitant vacataire",
    "autre_tiers": "autre tiers",
}
EMPLOIS = {
    "agent_public": "agent public",
    "salarie_prive": "salarié de droit privé (adulte-relais toujours)",
    "elu": "élu",
    "sans_objet": "sans objet",
}
FONDEMENTS = {
    "mission_ase": "participation aux missions de l'ASE (titre requis : "
    "habilitation, délégation ou transfert)",
    "profession_assistant_service_social": "profession d'assistant de service social",
    "coordonnateur": "désigné coordonnateur : ne vaut que si situation.coordonnateur = designe_pour_ce_sujet",
    "admission_aide_sociale": "admission à l'aide sociale, CCAS",
    "profession_sante": "profession de santé",
    "statut_agent_public": "seul statut d'agent public (CGFP L121-6)",
    "autre_texte": "autre texte",
}
PARTS_PROTECTION = {
    "met_en_oeuvre": "met en œuvre la protection de l'enfance",
    "concours_documente": "y apporte un concours écrit (protocole, habilitation, demande du département)",
    "aucune": "aucune part établie",
}
PARTS_ACTION = {
    "statutaire": "professionnel de l'action sociale par statut ou profession",
    "mission_ecrite": "mission d'action sociale écrite",
    "aucune": "aucune",
}

MAIRIE = ("maire", "adjoint_delegue")
PCD = ("president_departement", "delegue_departement")
ECOLE = ("chef_etablissement", "personnel_scolaire")
RELAYEURS = ("educateur_prevention", "mediateur", "assistant_service_social")
ACCUEIL = (
    "educateur_prevention",
    "assistant_service_social",
    "agent_ase",
    "agent_ccas",
    "coordonnateur",
    "professionnel_sante",
)
TIERS = (
    "police",
    "bailleur",
    "transporteur",
    "maire",
    "adjoint_delegue",
    "autre_elu",
    "prefet",
    "procureur",
    "juge",
    "titulaire_autorite_parentale",
    "parent_relais",
    "autre_tiers",
)
SECRETS_FERMES = (
    "mission_ase",
    "profession_assistant_service_social",
    "admission_aide_sociale",
    "profession_sante",
    "autre_texte",
)
"""Les fondements qui obligent au secret sans discussion."""


@dataclass(frozen=True)
class Acteur:
    """Les faits d'un bout de l'échange, et les deux faits qui s'en déduisent."""

    fonction: Fait
    emploi: Fait
    fondement_secret: Fait
    part_protection_enfance: Fait
    part_action_sociale: Fait
    designe_nominativement: Fait
    secret: Derive
    mission_ase: Formule

    def faits(self) -> tuple[Fait, ...]:
        """Les six faits du message, dans l'ordre."""
        return (
            self.fonction,
            self.emploi,
            self.fondement_secret,
            self.part_protection_enfance,
            self.part_action_sociale,
            self.designe_nominativement,
        )


def _educateur_par_statut(fonction: Fait, fondement: Fait) -> Formule:
    """Question U-3 : le statut d'un éducateur municipal vaut mission de l'ASE."""
    return tous(
        rapport("U-3"),
        fonction.parmi("educateur_prevention"),
        fondement.parmi("statut_agent_public"),
    )


def _secret(role: str, qui: str, fonction: Fait, fondement: Fait) -> Derive:
    """Le secret d'un acteur : ferme, contesté (U-4 ou U-6 pour l'école), aucun ; sinon inconnu."""
    ferme = un_de(fondement.parmi(*SECRETS_FERMES), _educateur_par_statut(fonction, fondement))
    pas_ferme = tous(
        fondement.hors(*SECRETS_FERMES),
        un_de(prudente("U-3"), fonction.hors("educateur_prevention")),
    )
    designe = tous(fondement.parmi("coordonnateur"), situation.COORDONNATEUR.parmi("designe_pour_ce_sujet"))
    pas_designe = un_de(
        fondement.hors("coordonnateur"), situation.COORDONNATEUR.hors("designe_pour_ce_sujet")
    )
    statut = tous(fondement.parmi("statut_agent_public"), pas_designe)
    ecole, ailleurs = fonction.parmi(*ECOLE), fonction.hors(*ECOLE)
    return Derive(
        f"{role}.secret",
        f"secret {qui}",
        {
            "ferme": un_de(
                ferme,
                designe,
                tous(statut, ecole, rapport("U-6")),
                tous(statut, ailleurs, rapport("U-4")),
            ),
            "conteste_U4": tous(statut, pas_ferme, ailleurs, prudente("U-4")),
            "conteste_U6": tous(statut, pas_ferme, ecole, prudente("U-6")),
            "aucun": tous(_sans(fondement), pas_designe),
        },
    )


def _sans(fondement: Fait) -> Dans:
    """Aucun fondement, sauf peut-être celui de coordonnateur, qui dépend de la désignation."""
    return fondement.hors(*SECRETS_FERMES, "statut_agent_public")


def _fait_enumere(
    role: str, nom: str, libelle: str, definition: str, valeurs: dict[str, str], defaut: str | None = None
) -> Fait:
    """Un fait énuméré de ce bout de l'échange."""
    return enumeration(f"{role}.{nom}", libelle, definition, valeurs, defaut=defaut)


def _parts(role: str, qui: str) -> tuple[Fait, Fait]:
    """La part à la protection de l'enfance, puis la part à l'action sociale."""
    protection = _fait_enumere(
        role,
        "part_protection_enfance",
        f"part à la protection de l'enfance {qui}",
        "au sens de CASF L226-2-2, prouvée par écrit",
        PARTS_PROTECTION,
        "aucune",
    )
    action = _fait_enumere(
        role,
        "part_action_sociale",
        f"part à l'action sociale {qui}",
        "au sens de CASF L116-1",
        PARTS_ACTION,
        "aucune",
    )
    return protection, action


def _acteur(role: str, qui: str) -> Acteur:
    """Les faits d'un rôle (`emetteur`, `destinataire`), nommés en français par `qui`."""
    fonction = _fait_enumere(
        role, "fonction", f"fonction {qui}", "fonction exercée dans cet échange", FONCTIONS
    )
    emploi = _fait_enumere(
        role, "emploi", f"lien d'emploi {qui}", "nature du contrat ou du mandat, non l'employeur", EMPLOIS
    )
    fondement = ensemble(
        f"{role}.fondement_secret",
        f"fondement du secret {qui}",
        "textes qui l'obligent au secret ; liste vide = aucun ; absent = inconnu",
        FONDEMENTS,
    )
    designe = booleen(
        f"{role}.designe_nominativement",
        f"désignation nominative {qui}",
        "désigné par son nom par qui tient le fichier, le groupe ou la liste du coordonnateur",
    )
    mission = un_de(fondement.parmi("mission_ase"), _educateur_par_statut(fonction, fondement))
    secret = _secret(role, qui, fonction, fondement)
    return Acteur(fonction, emploi, fondement, *_parts(role, qui), designe, secret, mission)


EMETTEUR = _acteur("emetteur", "de l'émetteur")
DESTINATAIRE = _acteur("destinataire", "du destinataire")
