"""A form filled as someone would fill it, for addresses where an empty one says little.

A word in braces is the identifier of a seeded object, or `{moi}`, the post of who asks.
"""

from __future__ import annotations

from collections.abc import Mapping

TODAY, LATER = "2027-01-12", "2027-02-12"
WORDS = {"titre": "Se répondre", "texte": "On se répond.", "etablit": "", "metier": ""}
ADHESION = {"donneur": "jeune", "etat": "acquise", "forme": "orale", "finalite": "accompagnement"}
NOTE = {
    "id": "0190aaaa-0000-7000-8000-00000000000a", "lieu": "{lieu}", "categorie": "eclairage",
    "ambiance": "ras", "effectif": "aucun", "texte": "Une lampe.",
}  # fmt: skip

PAYLOADS: Mapping[str, Mapping[str, str]] = {
    "notes:conflit": {"garder": "1"},
    "notes:corriger": NOTE,
    "notes:annuler": {"id": NOTE["id"]},
    "messages:repondre": {"reponse": "vu"},
    "veille:envoyer": {"guichet": "{guichet}"},
    "demandes:repondre": {"reponse": "pas_pour_nous"},
    "veille:lien": {"geste": "vu"},
    "connexion:compte": {"poste": "{moi}"},
    "orientations:retirer": {"donneur": "jeune"},
    "orientations:decliner": {"decliner-motif": "autre"},
    "orientations:rediriger": {"rediriger-motif": "autre_besoin"},
    "orientations:suite": {"suite-code": "rencontre_faite"},
    "orientations:retour": {"suite-code": "relation_engagee"},
    "orientations:retour_accord": {
        "accord-donneur": "jeune", "accord-portee": "retour", "accord-etat": "donne", "accord-forme": "orale",
    },
    "orientations:porteur": {"porteur": "{moi}"},
    "orientations:relais_reponse": {"etat": "sans_suite"},
    "accompagnements:adhesion": ADHESION,
    "accompagnements:referent": {"referent": "{moi}"},
    "accompagnements:information": {"etat": "faite"},
    "accompagnements:contact": {"le": TODAY},
    "accompagnements:famille": {"le": TODAY, "engagements": "Se revoir."},
    "accompagnements:coordination": {"designation": "{designation}"},
    "accompagnements:terminer": {"motif": "objectif"},
    "designations:etape": {"version": "2", "etape": "accord"},
    "designations:signer": {"version": "2", "debut": LATER, "fin": LATER},
    "designations:finir": {"version": "2"},
    "informations:ecrire": {
        "destinataires": "{maire}", "difficultes": "sociales", "intervenants": "prevention",
        "aggravation": "on",
    },
    "accompagnements:confidences": {"objet": "demande"},
    "accompagnements:fratrie": {"avec": "{inscrit}"},
    "projets:soutien": {"genre": "mecene", "nom": "Fondation", "apport": "Des pinceaux"},
    "annuaire:ouvrir_dispositif": {"nom": "Tremplin", "age_min": "11", "age_max": "16"},
    "administration:assistance": {"motif": "Le téléphone 2 ne s'ouvre plus", "minutes": "30"},
    "acces:proposer": {"officier": "00000000-0000-4000-8000-000000000000"},
    "acces:ouvrir": {"demandeur": "personne", "identite": "connue", "parole": "non_demande"},
    "administration:confirmations": {"geste": "ecarter"},
    "carte:donner": {"numero": "904173", "encore": "904173"},
    "carte:imprimer": {"jeton": "{jeton_de_carte}"},
    "projets:commencer": {"le": TODAY},
    "projets:seance": {"le": TODAY, "services": "{service}", "heures": "2"},
    "projets:ligne": {"poste": "materiel", "libelle": "Peinture", "prevu": "10", "realise": "0", "le": TODAY},
    "projets:inscrire": {"accompagnement": "{accompagnement}"},
    "projets:retirer": {"accompagnement": "{inscrit}"},
    "projets:terminer": {"le": TODAY, "bilan": "Le kiosque est repeint."},
    "evaluation:avis": {f"note-{one}": "3" for one in "abcdef"},
    "evaluation:demander": {"qui": "jeunes"},
    "evaluation:reponse": {"qui": "3", "reponse": "4", "utile": "1"},
    "equipes:depart": {"preneur": "{moi}"},
    "equipes:poste": {"contrat": "adulte_relais", "fin": LATER},
    "equipes:qualifier": {"intitule": "Titre", "obtenue_le": "2026-01-05", "preuve": "Copie"},
    "equipes:certification": {"exigence": "analyse", "piece": "Feuilles", "le": TODAY},
    "equipes:employeurs": {"nom": "Régie", "siret": "42310040300025", "emplois": "Gardien"},
    "formation:cas": {"choix": "incomplet"},
    "lectures:proposer": {"valeur": "rapport", "debut": TODAY, "fin": LATER, "motif": "Essayer"},
    "convention:proposer": {**WORDS, "origine": "pratique", "source": ""},
    "convention:arreter": {"debut": LATER, "revue_le": "2027-08-12", "fin": "2028-02-11"},
    "convention:signer": {"le": TODAY},
    "convention:ecrire_charte": {"texte": "Le nécessaire.", "debut": LATER},
    "convention:modifier": {**WORDS, "redaction": "1"},
    "convention:voter": {"redaction": "1", "pour": "oui"},
    "forme:ecrire": {"forme": "convention", "preuve": "Convention n° 3", "debut": TODAY},
    "forme:titre": {"genre": "transfert", "numero": "n° 4", "preuve": "Convention", "debut": TODAY},
    "forme:terme": {"fin": TODAY},
    "reunions:reporter": {"jour": LATER, "heure": "14:00", "motif": "salle"},
    "reunions:annuler": {"motif": "salle"},
    "reunions:compte_rendu": {"texte": "On s'est dit.", "version": "1"},
    "reunions:decider": {"texte": "Se revoir", "service": "{service}", "echeance": LATER},
    "reunions:inviter": {"structure": "Collège"},
    "reunions:suivre": {"etat": "faite"},
    "diagnostics:liste": {
        "partenariat": "{chez_moi}", "titre": "L'automne", "debut": "2026-10", "fin": "2026-11",
    },
    "diagnostics:marches": {
        "partenariat": "{chez_moi}", "titre": "Marche", "jour": LATER, "lieux": "{lieu}",
    },
    "diagnostics:recit": {"texte": "Vu.", "divergence": "", "version": "1", "geste": "garder"},
    "barometre:vague": {"geste": "fermer"},
    "maisons:accueil": {"motif": "renseignement"},
    "reseau:confirmer": {"cle": "{cle}"},
    "reseau:oublier": {"cle": "{cle}"},
    "registre:page": {"passage": "aipd.avis", "aipd.avis-texte": "Avis donné."},
}  # fmt: skip
