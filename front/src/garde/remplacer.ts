// Neutral wordings: which to offer for words found, and the text once one is taken.
import { ACCORDS, GENRES } from "./lexique";
import { plier, type Trouvaille } from "./lecture";

const VOWEL = /^[aeiouyhœ]/;
const ELIDED = /(^|[^a-z])(que|de|jusque|lorsque|puisque|quoique)( +)$/;

// The wordings to offer, the one that agrees with the words before first: «Mme …» gives «une habitante».
export function propositions(text: string, found: Trouvaille): string[] {
  const before = plier(text.slice(found.large, found.debut)).match(/[a-zœ]+/g) ?? [];
  const agreed = before.map((word) => ACCORDS[word]).filter(Boolean).pop();
  const offered = GENRES[found.genre].propositions;
  return agreed === undefined ? offered : [agreed, ...offered.filter((one) => one !== agreed)].slice(0, 4);
}

// The text with the words replaced, «que» and «de» elided, a capital kept where a sentence begins.
export function remplacer(text: string, found: Trouvaille, wording: string): string {
  let before = text.slice(0, found.large);
  const starts = /(^|[.!?]\s+|\n)$/.test(before);
  const elided = VOWEL.test(plier(wording)) ? ELIDED.exec(plier(before)) : null;
  if (elided) before = `${before.slice(0, before.length - elided[3].length - 1)}'`;
  const said = starts ? wording[0].toUpperCase() + wording.slice(1) : wording;
  return before + said + text.slice(found.fin);
}
