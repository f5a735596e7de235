// What one leaves to the next team: a place, a gesture, a word.
import type { Carnet } from "../carnet";
import { garder } from "../../garde";
import { choices, field, freeText, h, icon, unfold } from "../dom";
import { toast } from "./cadre";

export function consigne(carnet: Carnet, redraw: () => void): HTMLElement | false {
  const gestes = carnet.reference.listes.geste ?? [];
  if (!gestes.length) return false; // a box of before: its words come with the network
  const left = (carnet.aLaisser ??= { lieu: carnet.contenu.dernier_lieu, geste: gestes[0].code, texte: "" });
  const error = h("p", { class: "form-errors", role: "alert", hidden: true });
  const places = [...carnet.reference.recents, ...carnet.reference.autres];
  const recents = [...places.filter((one) => one.id === left.lieu), ...carnet.reference.recents.filter((one) => one.id !== left.lieu)];
  const others = places.filter((one) => !recents.includes(one));
  const list = (some: typeof places) => choices("lieu", some.map((one) => ({ code: one.id, libelle: one.nom })), left.lieu, (code) => { left.lieu = code; });
  const word = freeText("Un mot", "Un lieu, un moment : jamais un nom.", left.texte, (text) => { left.texte = text; });
  const guard = garder(word.querySelector("textarea") as HTMLTextAreaElement, () => places.map((one) => one.nom));
  const leave = async () => {
    if (!left.lieu) { error.textContent = "Choisissez un lieu."; error.hidden = false; error.scrollIntoView({ block: "center" }); return; }
    if (!guard.may(() => void leave())) return;
    button.setAttribute("disabled", "");
    const made = await carnet.laisser(left);
    redraw();
    toast("Consigne gardée : l'équipe suivante la lira en arrivant.", { id: made.id, numero: made.numero, undo: () => carnet.annuler(made.id, "consigne") });
    void carnet.envoyer();
  };
  const button = h("button", { type: "button", class: "btn btn-secondary btn-wide", id: "laisser", onClick: () => void leave() }, icon("document"), "Laisser la consigne");
  return unfold("Laisser une consigne à l'équipe suivante", Boolean(left.texte), h("form", { class: "stack note-form", autocomplete: "off", onSubmit: (event: Event) => event.preventDefault() },
    error,
    field("Quoi ?", choices("geste", gestes, left.geste, (code) => { left.geste = code; })),
    field("Où ?", list(recents), others.length > 0 && unfold("Un autre lieu", false, list(others))),
    word, button));
}
