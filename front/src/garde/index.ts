// The guard against over-writing. It works without a network, shows and offers, and never blocks.
//   lire(text, places)        what should not be there
//   garder(form, field, …)    plugs it into a form
export { garder } from "./formulaire";
export { ajouter, GENRES } from "./lexique";
export { lire, type Trouvaille } from "./lecture";
export { propositions, remplacer } from "./remplacer";
