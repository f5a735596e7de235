// The frame: what waits and since when, the thumb bar, and the last gesture with its undo.
import * as envois from "../envois";
import type { Carnet } from "../carnet";
import { h, icon } from "../dom";
import { since } from "../horloge";

export type Onglet = "noter" | "soir" | "dire" | "sortie";
const TABS: [Onglet, string, string][] = [["noter", "noter", "Noter"], ["soir", "lune", "Ce soir"], ["dire", "message", "Dire"], ["sortie", "equipe", "Sortie"]];
const UNDO_MS = 12_000;
const WHY: Record<envois.Issue, string> = {
  rien: "", parti: "", injoignable: "pas de réseau", ferme: "rouvrez le carnet avec du réseau", refus: "le serveur demande de réessayer",
};

export function bar(current: Onglet, go: (tab: Onglet) => void, sortie: string): HTMLElement {
  return h("nav", { class: "bottomnav", "aria-label": "Carnet" }, h("ul", {}, TABS.map(([tab, glyph, label]) =>
    h("li", {}, h("button", { type: "button", "data-onglet": tab, "aria-current": tab === current && "page", onClick: () => go(tab) }, icon(glyph), h("span", {}, tab === "sortie" ? sortie : label))))));
}

// How many wait, since when, and why: said in words, always at the same place.
export async function showWaiting(place: HTMLElement, carnet: Carnet): Promise<void> {
  const kept = await envois.all().catch(() => null);
  if (!kept) {
    place.dataset.attente = "?";
    place.replaceChildren(icon("incomplet"), h("span", {}, "Ce qui attend ne se lit pas : fermez le navigateur, puis rouvrez le carnet."));
    return;
  }
  const mine = kept.filter((one) => envois.isMine(one, carnet.poste));
  const others = kept.length - mine.length, held = envois.memoryCount();
  place.dataset.attente = String(mine.length);
  if (!mine.length) {
    place.replaceChildren(icon("coche"), h("span", {}, others ? "Tout ce qui est à vous est parti." : "Tout est parti."));
  } else {
    const first = new Date(Math.min(...mine.map((one) => one.le)));
    const late = mine.length > 1 ? `${mine.length} notes attendent` : "1 note attend";
    const reason = WHY[carnet.issue] ? ` : ${WHY[carnet.issue]}` : "";
    place.replaceChildren(icon("attente"), h("span", {}, `${late} depuis ${since(first)}${reason}.`));
  }
  if (held) place.append(h("strong", {}, " Plus de place sur le téléphone : ne fermez pas avant d'avoir du réseau."));
}

let timer = 0;
// `brief` keeps to one line of the strip, so that nothing moves under the thumb; a warning is said whole.
export function toast(text: string, done?: { id: string; numero: number; undo: () => Promise<boolean> }, tone = "good"): void {
  const place = document.getElementById("annonces"), strip = place?.parentElement;
  if (!place || !strip) return;
  const show = (look: string, ...inside: Node[]) => { strip.className = `carnet-etat ${look}`; place.replaceChildren(...inside); };
  clearTimeout(timer);
  const undo = done && h("button", { type: "button", class: "btn btn-quiet", onClick: async () => {
    const gone = await done.undo();
    show("", h("div", { class: "note" }, icon(gone ? "coche" : "info"), h("p", { class: "text" }, gone ? "Annulé." : "C'est déjà parti.")));
  } }, "Annuler");
  const said = h("div", { class: `note ${tone}`, "data-id": done?.id, "data-numero": done?.numero }, icon(tone === "missing" ? "incomplet" : "coche"), h("p", { class: "text" }, text), undo);
  show(undo ? `${tone} defaire` : tone, said);
  timer = window.setTimeout(() => show(""), UNDO_MS);
}
