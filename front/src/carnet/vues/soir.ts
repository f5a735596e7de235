// «Ce soir»: consignes, where to pass, what waits, our notes; the crew corrects and withdraws.
import * as envois from "../envois";
import type { Carnet } from "../carnet";
import { h, icon } from "../dom";
import { hour, since } from "../horloge";
import type { Envoi, Genre, NoteDuSoir } from "../types";
import { toast } from "./cadre";

export async function showSoir(root: HTMLElement, carnet: Carnet, correct: () => void, redraw: () => void): Promise<void> {
  const kept = await envois.all().catch(() => []);
  const mine = kept.filter((one) => envois.isMine(one, carnet.poste));
  root.replaceChildren(h("div", { class: "stack" },
    h("header", { class: "page-head" }, h("p", { class: "eyebrow" }, carnet.reference.service), h("h1", {}, "Ce soir")),
    consignes(carnet), places(carnet), pending(mine, carnet, redraw), ours(carnet, correct, redraw)));
}

function consignes(carnet: Carnet): HTMLElement | false {
  const list = carnet.reference.consignes;
  return list.length > 0 && h("section", { class: "stack-tight", "aria-label": "Consignes" }, h("h2", {}, "Consignes"),
    h("ul", { class: "items" }, list.map((one) => h("li", {}, h("span", { class: "lead-icon" }, icon("document")), h("div", { class: "body" }, h("span", { class: "title" }, one.lieu || "Pour tous"), h("span", { class: "free-text" }, one.texte), one.de && h("span", { class: "meta" }, one.de))))));
}

function places(carnet: Carnet): HTMLElement | false {
  const list = carnet.reference.ou_passer;
  return list.length > 0 && h("section", { class: "stack-tight", "aria-label": "Où passer ce soir" }, h("h2", {}, "Où passer ce soir"),
    h("ul", { class: "items" }, list.map((one) => h("li", {}, h("span", { class: "lead-icon" }, icon("lieu")), h("div", { class: "body" }, h("span", { class: "title" }, one.lieu), h("span", { class: "meta" }, one.pourquoi))))));
}

const KINDS: Record<Genre, string> = { note: "Note", message: "Mot à l'autre équipe", consigne: "Consigne", sortie: "Sortie" };
const STATES: Record<string, string> = { attend: "Scellée, attend le réseau", conflit: "Autre contenu déjà reçu : gardé à part, à régler dans Notes", refuse: "Refusée" };

function pending(mine: Envoi[], carnet: Carnet, redraw: () => void): HTMLElement {
  const title = h("h2", {}, "Ce qui attend");
  if (!mine.length) return h("section", { class: "stack-tight" }, title, h("p", { class: "soft" }, "Rien : tout est parti."));
  return h("section", { class: "stack-tight" }, title, h("ul", { class: "items" }, mine.map((one) => {
    const readable = carnet.lisibles.find((other) => other.id === one.id);
    const again = async () => { await envois.put({ ...one, etat: "attend", motif: "" }); await carnet.envoyer(); redraw(); };
    const drop = async () => {
      await envois.remove(one.id); redraw();
      toast("Retirée de ce téléphone.", { id: one.id, numero: one.numero, undo: async () => { await envois.put(one); redraw(); return true; } });
    };
    return h("li", { "data-envoi": one.id, "data-etat": one.etat }, h("span", { class: "lead-icon" }, icon(one.etat === "attend" ? "cadenas" : "incomplet")),
      h("div", { class: "body" }, h("span", { class: "title" }, readable?.titre ?? `${KINDS[one.genre]}, ${since(new Date(one.le))}`),
        readable && h("span", { class: "free-text meta" }, readable.detail), h("span", { class: "meta" }, one.motif || STATES[one.etat]),
        one.etat !== "attend" && h("div", { class: "row-wrap" }, h("button", { type: "button", class: "btn btn-quiet", onClick: again }, "Renvoyer"), h("button", { type: "button", class: "btn btn-quiet", onClick: drop }, "Retirer du téléphone"))));
  })));
}

function ours(carnet: Carnet, correct: () => void, redraw: () => void): HTMLElement {
  const title = h("h2", {}, "Nos notes");
  const section = (...inside: HTMLElement[]) => h("section", { class: "stack-tight" }, title, ...inside);
  if (carnet.notes === null) {
    const seen = carnet.lisibles;
    if (!seen.length) return section(h("p", { class: "soft" }, "Elles se lisent avec du réseau ; le téléphone n'en garde aucune."));
    return section(h("ul", { class: "items" }, seen.map((one) => h("li", {}, h("div", { class: "body" }, h("span", { class: "title" }, `${hour(one.le)} · ${one.titre}`), h("span", { class: "free-text meta" }, one.detail))))));
  }
  if (!carnet.notes.length) return section(h("p", { class: "soft" }, "Aucune encore ce soir."));
  return section(h("ul", { class: "items" }, carnet.notes.map((note) => line(note, carnet, correct, redraw))));
}

function line(note: NoteDuSoir, carnet: Carnet, correct: () => void, redraw: () => void): HTMLElement {
  const edit = () => {
    carnet.brouillon = { ...carnet.blank(), lieu: note.lieu_id, categorie: note.categorie_code, ambiance: note.ambiance_code, texte: note.texte, corrige: note.id,
      publics: [...note.publics], suites: [...note.suites], origine: note.origine_code, contacts: String(note.contacts_nouveaux ?? "") };
    correct();
  };
  const withdraw = async () => { await carnet.annuler(note.id, "note", note.lieu_id); carnet.notes = (carnet.notes ?? []).filter((one) => one !== note); redraw(); toast("Note retirée."); };
  return h("li", {}, h("div", { class: "body" }, h("span", { class: "title" }, `${note.heure} · ${note.lieu}`), h("span", { class: "meta" }, `${note.categorie} · ${note.ambiance} · ${note.effectif}`), note.texte && h("span", { class: "free-text" }, note.texte),
    note.rivale && h("span", { class: "meta" }, "Corrigée deux fois en même temps : gardez-en une, retirez l'autre."),
    note.a_nous && h("div", { class: "row-wrap" }, h("button", { type: "button", class: "btn btn-quiet", onClick: edit }, "Corriger"), h("button", { type: "button", class: "btn btn-quiet", onClick: withdraw }, "Retirer"))));
}
