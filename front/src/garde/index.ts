// The guard against over-writing. It works without a network, shows and offers, and never blocks.
//   garder(field, places)                 reads a field as it is written; `.may(again)` before saving
//   garderFormulaire(form, field, places) the same on a form that the browser sends
//   charger(address)                      the installer's first names, kept by the browser for later
export { garder, garderFormulaire, type Garde } from "./formulaire";
export { ajouter, GENRES } from "./lexique";
export { lire, type Trouvaille } from "./lecture";
export { charger } from "./prenoms";
export { propositions, remplacer } from "./remplacer";
