// «Noter»: the place, what, how many. Touching the number saves.
import type { Carnet } from "../carnet";
import { garder } from "../../garde";
import { choices, field, freeText, h, icon, unfold } from "../dom";
import type { Entree } from "../types";
import { toast } from "./cadre";

const USUAL = 6;

export function showNoter(root: HTMLElement, carnet: Carnet, redraw: () => void): void {
  const b = carnet.brouillon, reference = carnet.reference;
  const error = h("p", { class: "form-errors", role: "alert", hidden: true });
  const save = async (effectif: string, rien = false, button?: HTMLElement) => {
    const missing = !b.lieu ? "Choisissez un lieu." : !rien && !b.categorie ? "Choisissez ce que vous avez vu." : "";
    if (missing) { error.textContent = missing; error.hidden = false; error.scrollIntoView({ block: "center" }); return; }
    if (form.hasAttribute("data-busy") || !guard.may(() => void save(effectif, rien, button))) return;
    form.setAttribute("data-busy", "");
    button?.setAttribute("aria-disabled", "true");
    const place = b.lieu, what = rien ? "Rien à signaler" : carnet.mot("categorie", b.categorie);
    try {
      const made = await carnet.noter(effectif, rien);
      redraw();
      window.scrollTo({ top: 0, behavior: "instant" });
      const kept = made.garde === "garde";
      toast(kept ? `Noté. ${carnet.lieu(place)} · ${what}` : "Plus de place sur ce téléphone : gardée à l'écran seulement, retrouvez du réseau avant de fermer.",
        { id: made.id, numero: made.numero, undo: () => carnet.annuler(made.id, "note", place) }, kept ? "good brief" : "missing");
      void carnet.envoyer();
    } catch {
      form.removeAttribute("data-busy");
      button?.removeAttribute("aria-disabled");
      error.textContent = "La note n'a pas pu être scellée ; elle est encore à l'écran, recommencez.";
      error.hidden = false;
    }
  };
  const places = (list: { id: string; nom: string }[]) => choices("lieu", list.map((one) => ({ code: one.id, libelle: one.nom })), b.lieu, (code) => { b.lieu = code; });
  const last = [...reference.recents, ...reference.autres].find((one) => one.id === carnet.contenu.dernier_lieu);
  const recents = last ? [last, ...reference.recents.filter((one) => one.id !== last.id)] : reference.recents;
  const others = reference.autres.filter((one) => one.id !== last?.id);
  const word = freeText("Un mot", "Sans nom ni signe qui ferait reconnaître quelqu'un : « un jeune », « une habitante ».", b.texte, (text) => { b.texte = text; });
  const guard = garder(word.querySelector("textarea") as HTMLTextAreaElement, () => [...recents, ...others].map((one) => one.nom));
  const form = h("form", { class: "stack note-form", autocomplete: "off", onSubmit: (event: Event) => event.preventDefault() },
    h("h1", { class: "visually-hidden" }, b.corrige ? "Corriger" : "Noter"),
    error,
    b.corrige && h("div", { class: "note" }, icon("info"), h("div", { class: "text" }, h("p", {}, "Vous corrigez une note : l'ancienne reste, celle-ci la remplace."),
      h("button", { type: "button", class: "btn btn-quiet", id: "ne-plus-corriger", onClick: () => { carnet.brouillon = carnet.blank(); redraw(); } }, "Ne plus corriger"))),
    field("Où ?", places(recents), others.length > 0 && unfold("Un autre lieu", false, places(others))),
    !reference.prevention && h("button", { type: "button", class: "btn btn-secondary btn-hero ras", onClick: (event: Event) => void save("aucun", true, event.currentTarget as HTMLElement) }, icon("coche"), "Rien à signaler"),
    what(carnet),
    field("Ambiance", choices("ambiance", reference.listes.ambiance, b.ambiance, (code) => { b.ambiance = code; })),
    reference.prevention && contacts(carnet),
    unfold("Un mot, une suite, un public", Boolean(b.texte || b.suites.length || b.publics.length), word,
      several("Suites", "suite", carnet, b.suites), several("Publics", "public", carnet, b.publics),
      field("Origine", choices("origine", reference.listes.origine, b.origine, (code) => { b.origine = code; }))),
    h("fieldset", { class: "field save-band" }, h("legend", {}, "Combien de personnes ? ", h("span", { class: "optional" }, "Toucher enregistre.")),
      h("div", { class: "bands" }, reference.listes.effectif.map((entry) => h("button", { type: "button", class: "btn btn-secondary", "data-effectif": entry.code, onClick: (event: Event) => void save(entry.code, false, event.currentTarget as HTMLElement) }, entry.libelle)))));
  root.replaceChildren(form);
}

function what(carnet: Carnet): HTMLElement {
  const b = carnet.brouillon, all = carnet.reference.listes.categorie.filter((one) => one.code !== "rien_a_signaler");
  const rank = (entry: Entree) => { const at = carnet.reference.usuels.indexOf(entry.code); return at < 0 ? 99 : at; };
  const shown = [...all].sort((one, other) => rank(one) - rank(other)).slice(0, USUAL);
  const chosen = all.find((one) => one.code === b.categorie);
  if (chosen && !shown.includes(chosen)) shown[USUAL - 1] = chosen;
  const families = new Map<string, Entree[]>();
  for (const entry of all.filter((one) => !shown.includes(one))) families.set(entry.famille, [...(families.get(entry.famille) ?? []), entry]);
  const pick = (code: string) => { b.categorie = code; };
  return field("Quoi ?", choices("categorie", shown, b.categorie, pick),
    unfold("Tous les motifs", false, [...families].map(([famille, entries]) => h("div", { class: "stack-tight" }, h("p", { class: "soft" }, famille), choices("categorie", entries, b.categorie, pick)))));
}

function several(title: string, liste: string, carnet: Carnet, chosen: string[]): HTMLElement {
  const pick = (code: string) => { const at = chosen.indexOf(code); if (at < 0) chosen.push(code); else chosen.splice(at, 1); };
  return field(title, choices(liste, carnet.reference.listes[liste], "", pick, "checkbox", chosen));
}

function contacts(carnet: Carnet): HTMLElement {
  const input = h("input", { class: "form-control short", id: "contacts", type: "number", inputmode: "numeric", min: 0, max: 200, autocomplete: "off", value: carnet.brouillon.contacts, onInput: (event: Event) => { carnet.brouillon.contacts = (event.target as HTMLInputElement).value; } });
  return h("div", { class: "field" }, h("label", { for: "contacts" }, "Contacts nouveaux ", h("span", { class: "optional" }, "(facultatif)")), input);
}
