// «Dire à l'autre équipe»: a place, a moment, a number; no name, no law.
import type { Carnet } from "../carnet";
import { garder } from "../../garde";
import { choices, field, freeText, h, icon, unfold } from "../dom";
import { slot } from "../horloge";
import { toast } from "./cadre";

export function showDire(root: HTMLElement, carnet: Carnet, done: () => void): void {
  const reference = carnet.reference, teams = reference.destinataires;
  if (!teams.length) {
    root.replaceChildren(h("div", { class: "empty" }, icon("message"), h("p", { class: "title" }, "Pas encore d'autre équipe"), h("p", {}, "Votre service n'a pas de partenaire de l'autre métier sur ce territoire.")));
    return;
  }
  const said = (carnet.aDire ??= { destinataire: teams.length === 1 ? teams[0].id : "", lieu: carnet.contenu.dernier_lieu, creneau: slot(), effectif: "", categorie: "", texte: "" });
  const error = h("p", { class: "form-errors", role: "alert", hidden: true });
  const places = [...reference.recents, ...reference.autres];
  const first = places.filter((one) => one.id === said.lieu).concat(reference.recents.filter((one) => one.id !== said.lieu));
  const list = (some: typeof places) => choices("lieu", some.map((one) => ({ code: one.id, libelle: one.nom })), said.lieu, (code) => { said.lieu = code; });
  const what = reference.listes.categorie.filter((one) => one.code !== "rien_a_signaler");
  const usual = what.filter((one) => reference.usuels.includes(one.code)), rest = what.filter((one) => !usual.includes(one));
  const send = async () => {
    const missing = !said.destinataire ? "Choisissez l'équipe à qui le dire." : !said.lieu ? "Choisissez un lieu." : !said.categorie ? "Dites ce qui se passe." : !said.effectif ? "Combien de personnes ?" : "";
    if (missing) { error.textContent = missing; error.hidden = false; error.scrollIntoView({ block: "center" }); return; }
    if (!guard.may(() => void send())) return;
    button.setAttribute("disabled", "");
    const team = teams.find((one) => one.id === said.destinataire)?.nom ?? "";
    const made = await carnet.dire(said);
    done();
    toast(`Gardé pour ${team} : cela part dès qu'il y a du réseau.`, { id: made.id, numero: made.numero, undo: () => carnet.annuler(made.id, "message") });
    void carnet.envoyer();
  };
  const word = freeText("Un mot", "Un lieu, un moment, un nombre : jamais un nom.", said.texte, (text) => { said.texte = text; });
  const guard = garder(word.querySelector("textarea") as HTMLTextAreaElement, () => places.map((one) => one.nom));
  const button = h("button", { type: "button", class: "btn btn-primary btn-hero", onClick: () => void send() }, icon("envoyer"), "Dire");
  const more = places.filter((one) => !first.includes(one));
  root.replaceChildren(h("form", { class: "stack note-form", autocomplete: "off", onSubmit: (event: Event) => event.preventDefault() },
    h("h1", {}, "Dire à l'autre équipe"), error,
    teams.length > 1 && field("À qui ?", choices("destinataire", teams.map((one) => ({ code: one.id, libelle: one.nom })), said.destinataire, (code) => { said.destinataire = code; })),
    field("Où ?", list(first), more.length > 0 && unfold("Un autre lieu", false, list(more))),
    field("Quoi ?", choices("quoi", usual.length ? usual : rest, said.categorie, (code) => { said.categorie = code; }), usual.length > 0 && rest.length > 0 && unfold("Tous les motifs", false, choices("quoi", rest, said.categorie, (code) => { said.categorie = code; }))),
    field("Quand ?", choices("creneau", reference.listes.creneau, said.creneau, (code) => { said.creneau = code; })),
    field("Combien ?", choices("combien", reference.listes.effectif, said.effectif, (code) => { said.effectif = code; })),
    unfold("Ajouter un mot", Boolean(said.texte), word),
    button));
}
