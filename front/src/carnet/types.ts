// What the notebook knows: words of the service, places, crew; the shapes the server sends.
export interface Entree { code: string; libelle: string; famille: string }
export interface Lieu { id: string; nom: string; quartier: string }
export interface Collegue { poste: string; prenom: string }
export interface Destinataire { id: string; nom: string }
export interface Consigne { id: string; texte: string; lieu: string; de: string }
export interface SortieEnCours { id: string; debut: string; equipage: Collegue[] }

export interface NoteDuSoir {
  id: string; lieu: string; lieu_id: string; heure: string; categorie: string; categorie_code: string;
  ambiance: string; ambiance_code: string; effectif: string; effectif_code: string; texte: string; rivale: boolean; a_nous: boolean;
  publics: string[]; suites: string[]; origine_code: string; contacts_nouveaux: number | null;
}

export interface Reference {
  poste: string; prenom: string; service: string; prevention: boolean; jour: string;
  recents: Lieu[]; autres: Lieu[]; usuels: string[];
  listes: Record<string, Entree[]>; equipe: Collegue[]; destinataires: Destinataire[];
  sortie: SortieEnCours | null; consignes: Consigne[]; ou_passer: { lieu: string; pourquoi: string }[];
}

export interface Ouverture { id: string; preuve: string; jeton: string; expire: string }

// What the six digits unlock: the shift's proof, the words and places; never a note.
export interface Contenu {
  ouverture: Ouverture; reference: Reference; sortie: SortieEnCours | null;
  decalage: number; cle: ClePublique; dernier_lieu: string;
}

export interface ClePublique { nom: string; point: string }
export interface Etat {
  csrf: string; maintenant: string; cle: ClePublique; telephone: string | null;
  equipe: Collegue[]; moi: Collegue | null; mode: "session" | "telephone" | null;
}

export type Genre = "note" | "message" | "consigne" | "sortie";
export type EtatEnvoi = "attend" | "conflit" | "refuse";

// One sealed envelope: beside it, only what tells whose it is and since when it waits.
export interface Envoi {
  id: string; numero: number; genre: Genre; ouverture: string; poste: string; equipage: string[];
  le: number; cle: string; scelle: Uint8Array; etat: EtatEnvoi; motif: string;
}

export interface Recu { id: string; statut: "cree" | "deja" | "conflit" | "refuse" | "autre" | "bac"; motif: string }
