"""Les codes des verdicts et leurs libellés : issues, obligations, qui peut lever un manque."""

ISSUES = {
    "obligatoire": "Un texte impose cette transmission",
    "permis": "Un texte la permet, ou rien ne la défend",
    "incomplet": "Serait permis si des faits réparables étaient réunis",
    "a_trancher": "Dépend d'une question ouverte : à un responsable nommé",
    "interdit": "Défense expresse, ou aucune règle possible",
}

TITRES = {
    "obligatoire": "À transmettre sans délai",
    "permis": "Vous pouvez",
    "incomplet": "Il manque…",
    "a_trancher": "À décider ensemble",
    "interdit": "Pas sous cette forme",
}
"""Les mots de l'écran, avant tout article."""

OBLIGATIONS = {
    "O-NECESSAIRE": "Ne transmettre que le strictement nécessaire, élément par élément",
    "O-INFORMER": "Informer d'abord les titulaires de l'autorité parentale et "
    "l'enfant, ou écrire la raison de s'en dispenser",
    "O-COORDONNATEUR": "Porter l'échange à la connaissance du coordonnateur, s'il en est désigné un",
    "O-SANS-TIERS": "Rappeler au destinataire : rien à un tiers (CP 226-13)",
    "O-SANS-DELAI": "Sans délai",
    "O-MAIRE-ET-PCD": "Informer le maire et le président du département",
    "O-MAIRE-FAIT": "Le maire est informé du seul fait de la transmission",
    "O-COPIE-PCD": "Copie au président du département",
    "O-JOURNAL": "Journal : qui, à qui, quand, fondement, nature ; jamais le contenu",
    "O-NOTICE": "Information RGPD donnée",
    "O-ACCORD": "Accord consigné : portée, date, révocable",
    "O-MINIMUM": "S'en tenir à l'identité, au contact et au besoin exprimé ; "
    "pour une suite : à ce qui a suivi, jamais au contenu de l'accompagnement",
    "O-REGLES": "Respecter règlement et charte du groupe",
    "O-REQUISITION": "Vérifier la réquisition, par la direction, documents nommés seulement",
    "O-SANS-FICHIER": "Ne rien écrire du contenu dans un fichier",
    "O-NE-PAS-ALERTER": "Ne pas prévenir l'auteur présumé",
    "O-TROIS-MOIS": "Aux professionnels et élus : de droit ; aux autres : sur demande, dans les trois mois",
    "O-IDENTITE": "Vérifier l'identité",
    "O-MASQUER": "Masquer ce qui concerne des tiers et l'auteur d'un signalement",
}

LEVE_PAR = {
    "personne": "la personne",
    "titulaire_autorite_parentale": "le titulaire de l'autorité parentale",
    "emetteur": "l'émetteur",
    "autorite_emploi": "l'autorité d'emploi",
    "maire": "le maire",
    "president_departement": "le président du département",
    "coordonnateur": "le coordonnateur",
    "groupe": "le président du groupe et ses membres",
    "partenariat": "les deux directions et le DPO",
}
