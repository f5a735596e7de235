// Reading a free text for what should not be there. Twin of `main_courante/garde/lecture.py`.
import { EXPRESSIONS, FAIBLES, MOTIFS, type Motif, PRENOMS, REPERES } from "./lexique";

export interface Trouvaille {
  genre: string;
  debut: number;
  fin: number;
  mots: string;
  large: number; // where a replacement should begin: «le jeune» before a name goes with it
}

interface Mot {
  mot: string;
  debut: number;
  fin: number;
  majuscule: boolean;
  commence: boolean;
}

const WORD = /[a-z0-9œæ]+/g;
const ENDS = /[.!?;:•\n]/;
const JOINS = /^(?: ?[-'] ?| {1,2}|[.] ?)$/;
const CONTEXT = 60;
const SHOUTED = 0.6;
const BEFORE_PLACES = new Set("a sur vers en par pour entre dans de et chez".split(" "));

// What the text should not hold, in order, without overlap; places are counted in its NFC form.
export function lire(text: string, lieux: string[] = []): Trouvaille[] {
  return new Lecture(text.normalize("NFC"), lieux).found();
}

// The text without case nor accents, one character for one.
export function plier(text: string): string {
  return Array.from({ length: text.length }, (_, at) => folded(text[at])).join("");
}

function folded(letter: string): string {
  if ("’ʼ‘´`".includes(letter)) return "'";
  if ("\u00a0\u202f\u2009\t".includes(letter)) return " ";
  if ("‐‑–—".includes(letter)) return "-";
  const base = letter.normalize("NFD")[0].toLowerCase();
  return base.length === 1 ? base : letter;
}

class Lecture {
  private readonly plain: string;
  private readonly places: Set<string>;
  private readonly shouted: boolean;
  private readonly mots: Mot[] = [];
  private readonly masked: [number, number][];

  constructor(private readonly text: string, lieux: string[]) {
    this.plain = plier(text);
    this.places = new Set(lieux.flatMap((place) => plier(place).match(WORD) ?? []));
    const letters = text.match(/\p{L}/gu) ?? [];
    const capitals = letters.filter((letter) => letter !== letter.toLowerCase()).length;
    this.shouted = letters.length > 8 && capitals > SHOUTED * letters.length;
    this.split();
    this.masked = spans(EXPRESSIONS, this.plain);
  }

  found(): Trouvaille[] {
    const every = [...MOTIFS.flatMap((motif) => this.byMotif(motif)), ...this.names()];
    every.sort((one, other) => one.debut - other.debut || other.fin - one.fin);
    const kept: Trouvaille[] = [];
    for (const one of every) {
      if (!kept.length || one.debut >= kept[kept.length - 1].fin) kept.push(one);
    }
    return kept;
  }

  private split(): void {
    for (const match of this.plain.matchAll(WORD)) {
      const last = this.mots[this.mots.length - 1];
      const first = this.text[match.index];
      const before = last ? this.plain.slice(last.fin, match.index) : ".";
      const titled = last !== undefined && REPERES.titres.has(last.mot) && before.startsWith(".");
      this.mots.push({
        mot: match[0],
        debut: match.index,
        fin: match.index + match[0].length,
        majuscule: !this.shouted && first !== first.toLowerCase(),
        commence: ENDS.test(before) && !titled,
      });
    }
  }

  private byMotif(motif: Motif): Trouvaille[] {
    const source = motif.casse ? this.text : this.plain;
    return spans(motif.dit, source)
      .filter(([start, end]) => {
        const before = source.slice(Math.max(0, start - CONTEXT), start);
        const after = source.slice(end, end + CONTEXT);
        if (motif.apres && !motif.apres.test(before)) return false;
        if (motif.saufAvant?.test(before) || motif.saufApres?.test(after)) return false;
        return !motif.avec || motif.avec.test(source.slice(start, end));
      })
      .map(([debut, fin]) => ({ genre: motif.genre, debut, fin, mots: this.text.slice(debut, fin), large: debut }));
  }

  private names(): Trouvaille[] {
    const found: Trouvaille[] = [];
    let at = 0;
    let last = -2;
    while (at < this.mots.length) {
      if (!this.isName(at, last)) {
        at += 1;
        continue;
      }
      last = this.extended(at);
      const [debut, fin] = [this.mots[at].debut, this.mots[last].fin];
      found.push({ genre: "nom", debut, fin, mots: this.text.slice(debut, fin), large: this.wide(at) });
      at = last + 1;
    }
    return found;
  }

  // Whether a name begins at this word; `last` is the last word of the name before.
  private isName(at: number, last: number): boolean {
    const mot = this.mots[at];
    if (this.masked.some(([start, end]) => start <= mot.debut && mot.debut < end) || this.inPlace(at)) return false;
    if (isDigit(mot.mot[0])) return false;
    if (PRENOMS.has(mot.mot)) return true;
    return FAIBLES.has(mot.mot) ? this.weak(at, last) : this.unknown(at, last);
  }

  // A word that may also be an ordinary one: a capital or a cue must show that someone is meant.
  private weak(at: number, last: number): boolean {
    const mot = this.mots[at];
    const before = this.linked(at - 1);
    const after = this.linked(at, 1);
    if (REPERES.forts.has(before) || this.civil(at)) return true;
    if (this.shouted || !mot.majuscule) return false;
    if (this.cued(at) || this.follows(at, last)) return true;
    if (!mot.commence) return !REPERES.articles.has(before);
    if (!after) return false;
    return REPERES.verbes.has(after) || this.mots[at + 1].majuscule || this.joinedToName(at);
  }

  // A word of no list: taken for a name only where a name alone can stand.
  private unknown(at: number, last: number): boolean {
    const mot = this.mots[at];
    const before = this.linked(at - 1);
    const after = this.linked(at, 1);
    if (REPERES.connus.has(mot.mot) || this.places.has(mot.mot)) return false;
    if (mot.mot.length === 1) return mot.majuscule && (this.cued(at) || this.civil(at)) && before !== "dit";
    if (!mot.majuscule) return this.civil(at) && !REPERES.communs.has(mot.mot) && mot.mot.length > 2;
    if (this.acronym(mot) || REPERES.communs.has(mot.mot) || isCue(mot.mot)) return false;
    if (this.civil(at) || this.cued(at) || this.follows(at, last)) return true;
    if (mot.commence) return false;
    if (REPERES.avec.has(before)) return true;
    const placed = REPERES.articles.has(before) || REPERES.particules.has(before) || BEFORE_PLACES.has(before);
    return REPERES.verbes.has(after) && !placed;
  }

  private acronym(mot: Mot): boolean {
    const typed = this.text.slice(mot.debut, mot.fin);
    return typed === typed.toUpperCase() && typed.length < 6;
  }

  // The word at `at + step` when nothing but a space or a hyphen parts it from its neighbour:
  // with `step` 0 the neighbour is the word after `at`; with 1 it is `at` itself.
  private linked(at: number, step = 0): string {
    const place = at + step;
    if (place < 0 || place >= this.mots.length) return "";
    const left = step === 0 ? place : at;
    if (left + 1 >= this.mots.length) return "";
    const gap = this.plain.slice(this.mots[left].fin, this.mots[left + 1].debut);
    return this.joins(left, gap) ? this.mots[place].mot : "";
  }

  private joins(left: number, gap: string): boolean {
    if (!JOINS.test(gap)) return false;
    const short = REPERES.titres.has(this.mots[left].mot) || this.mots[left].mot.length <= 2;
    return !gap.startsWith(".") || short;
  }

  private cued(at: number): boolean {
    const before = this.linked(at - 1);
    return REPERES.personnes.has(before) || REPERES.lignees.has(before);
  }

  // Whether «Mme» or «monsieur» (not «un monsieur») stands before the word.
  private civil(at: number): boolean {
    const before = this.linked(at - 1);
    if (before === "m") return this.text[this.mots[at - 1].debut] === "M" && this.plain[this.mots[at - 1].fin] !== "'";
    if (REPERES.titres.has(before)) return true;
    return REPERES.civilites.has(before) && !REPERES.articles.has(this.linked(at - 2));
  }

  // Whether «et» alone parts the word from the name before.
  private follows(at: number, last: number): boolean {
    return last === at - 2 && this.linked(at - 1) === "et";
  }

  private joinedToName(at: number): boolean {
    if (this.linked(at, 1) !== "et" || at + 2 >= this.mots.length) return false;
    const other = this.mots[at + 2];
    return PRENOMS.has(other.mot) || other.majuscule;
  }

  // Whether the word belongs to the name of a place: «rue du Docteur Roux», «Saint-Malo».
  private inPlace(at: number): boolean {
    const named = this.places.has(this.mots[at].mot) && !PRENOMS.has(this.mots[at].mot);
    if (named || REPERES.saints.has(this.linked(at - 1))) return true;
    let back = at - 1;
    while (back >= 0 && this.linked(back)) {
      const mot = this.mots[back];
      if (REPERES.lieux.has(mot.mot)) return true;
      if (REPERES.honneurs.has(mot.mot)) {
        back -= 1;
        while (back >= 0 && REPERES.particules.has(this.linked(back))) back -= 1;
      } else if (mot.majuscule || PRENOMS.has(mot.mot) || FAIBLES.has(mot.mot) || mot.mot.length === 1) {
        back -= 1;
      } else return false;
    }
    return false;
  }

  // The last word of the name that begins at `at`: a surname, an initial, a particle.
  private extended(at: number): number {
    let last = at;
    while (last + 1 < this.mots.length && this.linked(last, 1)) {
      const following = this.mots[last + 1];
      const nobiliary = REPERES.particules.has(following.mot) && last + 2 < this.mots.length;
      if (following.commence || isDigit(following.mot[0]) || REPERES.connus.has(following.mot)) break;
      if (following.majuscule || PRENOMS.has(following.mot)) last += 1;
      else if (nobiliary && this.linked(last + 1, 1) && this.mots[last + 2].majuscule) last += 2;
      else break;
    }
    return last;
  }

  // Where a replacement of the name should begin.
  private wide(at: number): number {
    let start = at;
    while (start > 0 && isCue(this.linked(start - 1))) start -= 1;
    if (start < at && REPERES.articles.has(this.linked(start - 1))) start -= 1;
    return this.mots[start].debut;
  }
}

const isCue = (mot: string): boolean =>
  mot === "famille" || REPERES.personnes.has(mot) || REPERES.titres.has(mot) || REPERES.civilites.has(mot);
const isDigit = (letter: string): boolean => letter >= "0" && letter <= "9";

function spans(pattern: RegExp, source: string): [number, number][] {
  return [...source.matchAll(pattern)].map((match) => {
    const start = match.index + match[1].length;
    return [start, start + match[2].length];
  });
}
