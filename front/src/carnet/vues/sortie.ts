// The outing: who is in the crew, since when; its members own its notes together.
import type { Carnet } from "../carnet";
import { choices, field, h, icon } from "../dom";
import { hour } from "../horloge";
import { toast } from "./cadre";
import { consigne } from "./consigne";

export function showSortie(root: HTMLElement, carnet: Carnet, redraw: () => void): void {
  const word = carnet.reference.prevention ? "sortie de rue" : "tournée";
  const sortie = carnet.sortie;
  if (sortie) {
    const end = async () => {
      const made = await carnet.rentrer();
      redraw();
      if (made) toast(`Fin de la ${word}. Bon retour.`, { id: made.id, numero: made.numero, undo: async () => { const back = await carnet.annuler(made.id, "sortie"); if (back) await carnet.reprendre(sortie); redraw(); return back; } });
      void carnet.envoyer();
    };
    root.replaceChildren(h("div", { class: "stack" }, h("header", { class: "page-head" }, h("p", { class: "eyebrow" }, `Depuis ${hour(new Date(sortie.debut))}`), h("h1", {}, `En ${word}`)),
      h("p", {}, sortie.equipage.map((one) => one.prenom).join(", ")),
      h("p", { class: "soft" }, "Les notes sont à l'équipe : chacun·e peut les corriger, personne d'autre sur ce téléphone ne les lit ni ne les envoie."),
      h("button", { type: "button", class: "btn btn-primary btn-hero", id: "fin-de-sortie", onClick: () => void end() }, icon("sortir"), "Fin de sortie"),
      consigne(carnet, redraw)));
    return;
  }
  const chosen: string[] = [];
  const leave = async () => {
    await carnet.partir(carnet.reference.equipe.filter((one) => chosen.includes(one.poste)));
    redraw();
    toast(`${word[0].toUpperCase()}${word.slice(1)} commencée.`);
    void carnet.envoyer();
  };
  const pick = (code: string) => { const at = chosen.indexOf(code); if (at < 0) chosen.push(code); else chosen.splice(at, 1); };
  root.replaceChildren(h("div", { class: "stack note-form" }, h("h1", {}, `Partir en ${word}`),
    field("Avec qui ?", choices("equipage", carnet.reference.equipe.map((one) => ({ code: one.poste, libelle: one.prenom })), "", pick, "checkbox")),
    h("button", { type: "button", class: "btn btn-primary btn-hero", id: "partir", onClick: () => void leave() }, icon("equipe"), "Partir"),
    consigne(carnet, redraw)));
}
