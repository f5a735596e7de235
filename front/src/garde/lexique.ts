// The guard's lists and rules: the same files that the server reads, bundled as they are.
import ambigus from "../../../src/maillage/main_courante/garde/ambigus.txt";
import noms from "../../../src/maillage/main_courante/garde/noms.txt";
import prenoms from "../../../src/maillage/main_courante/garde/prenoms.txt";
import regles from "../../../src/maillage/main_courante/garde/regles.json";

export interface Genre {
  libelle: string;
  pourquoi: string;
  propositions: string[];
}

export interface Motif {
  genre: string;
  dit: RegExp;
  casse: boolean;
  apres?: RegExp | undefined;
  saufAvant?: RegExp | undefined;
  saufApres?: RegExp | undefined;
  avec?: RegExp | undefined;
}

interface Brut {
  genre: string;
  dit: string;
  casse?: boolean;
  apres?: string;
  sauf_avant?: string;
  sauf_apres?: string;
  avec?: string;
}

const words = (text: string): Set<string> => new Set(text.split(/\s+/).filter(Boolean));
const bounded = (pattern: string, letters = "a-z0-9"): RegExp =>
  new RegExp(`(^|[^${letters}])(${pattern})(?![${letters}])`, "g");
const framed = (pattern: string | undefined, frame: string): RegExp | undefined =>
  pattern === undefined ? undefined : new RegExp(frame.replace("{}", () => pattern));

const compile = (raw: Brut): Motif => ({
  genre: raw.genre,
  dit: bounded(raw.dit, raw.casse ? "A-Za-z0-9" : "a-z0-9"),
  casse: raw.casse ?? false,
  apres: framed(raw.apres, "(?:^|[^a-z0-9])(?:{})$"),
  saufAvant: framed(raw.sauf_avant, "(?:^|[^a-zA-Z0-9])(?:{})$"),
  saufApres: framed(raw.sauf_apres, "^(?:{})"),
  avec: framed(raw.avec, "{}"),
});

export const GENRES: Record<string, Genre> = regles.genres;
export const ACCORDS: Record<string, string> = regles.accords;
export const MOTIFS: Motif[] = (regles.motifs as Brut[]).map(compile);
export const EXPRESSIONS = bounded(regles.expressions);
export const PRENOMS = words(prenoms);
export const FAIBLES = words(`${ambigus} ${noms}`);
export const REPERES = Object.fromEntries(
  Object.entries(regles.reperes as Record<string, string>).map(([name, list]) => [name, words(list)]),
);

// First names of the installer, already without accents: weak, a capital or a cue must show someone is meant.
export function ajouter(names: Iterable<string>): void {
  for (const name of names) if (!PRENOMS.has(name)) FAIBLES.add(name);
}
