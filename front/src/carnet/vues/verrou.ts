// The locked screen: who, then six digits. Says what waits even when nobody may open.
import * as depot from "../depot";
import * as envois from "../envois";
import * as serveur from "../echange";
import { Carnet, openOnline, unlock } from "../carnet";
import { h, icon } from "../dom";
import { since } from "../horloge";
import type { Collegue, Etat } from "../types";

const WRONG = "Ces chiffres n'ouvrent pas ce carnet. Rien n'est perdu : ce qui attend reste gardé.";

export async function showLock(root: HTMLElement, entered: (carnet: Carnet) => void): Promise<void> {
  const boxes = await depot.boxes().catch(() => []);
  let etat: Etat | null = null;
  await drawLock(root, boxes, etat, entered);
  try {
    etat = await serveur.state();
    // Whoever touched their name meanwhile is typing, or already in: the list must not come back under the thumb.
    await drawLock(root, boxes, etat, entered, () => root.querySelector(".verrou-liste") !== null);
    void envois.depositOthers(etat.moi?.poste ?? "").then(() => showWaiting(root));
  } catch { /* no network: the boxes of this phone still open */ }
}

async function showWaiting(root: HTMLElement): Promise<void> {
  const place = root.querySelector("#verrou-attente");
  if (place) place.textContent = await waitingSentence();
}

async function waitingSentence(): Promise<string> {
  const waiting = await envois.all().catch(() => null);
  if (!waiting) return "Ce qui attend ne se lit pas : fermez le navigateur, puis rouvrez le carnet.";
  if (!waiting.length) return "Rien n'attend sur ce téléphone.";
  const first = new Date(Math.min(...waiting.map((one) => one.le)));
  const many = waiting.length > 1;
  return `${waiting.length} ${many ? "notes attendent, scellées" : "note attend, scellée"}, depuis ${since(first)}.`;
}

async function drawLock(root: HTMLElement, boxes: depot.Boite[], etat: Etat | null, entered: (carnet: Carnet) => void, wanted = () => true): Promise<void> {
  const people = new Map<string, Collegue>();
  for (const one of [...boxes, ...(etat?.equipe ?? []), ...(etat?.moi ? [etat.moi] : [])]) people.set(one.poste, { poste: one.poste, prenom: one.prenom });
  const known = (poste: string) => boxes.some((one) => one.poste === poste);
  const waiting = await waitingSentence();
  if (!wanted()) return;
  root.replaceChildren(h("div", { class: "stack verrou verrou-liste" },
    h("header", { class: "page-head" },
      h("p", { class: "eyebrow" }, etat?.telephone ? `Téléphone de service : ${etat.telephone}` : "Carnet"),
      h("h1", {}, people.size ? "Qui écrit ?" : "Le carnet de terrain")),
    h("p", { id: "verrou-attente", class: "meta" }, waiting),
    people.size
      ? h("ul", { class: "items" }, [...people.values()].map((one) => h("li", {},
          h("span", { class: "lead-icon" }, icon("personne")),
          h("div", { class: "body" }, h("button", { type: "button", class: "title btn-plain", "data-poste": one.poste, onClick: () => askCode(root, one, etat, known(one.poste), boxes, entered) }, one.prenom)),
          h("span", { class: "chevron" }, icon("suite")))))
      : nobody(etat),
    people.size > 0 && etat && !etat.telephone && !etat.moi && h("a", { class: "btn btn-secondary", href: "/connexion/?next=/carnet/" }, "Se connecter pour envoyer"),
  ));
}

function nobody(etat: Etat | null): HTMLElement {
  return h("div", { class: "note" }, icon(etat ? "info" : "hors_ligne"), h("div", { class: "text" },
    h("p", {}, etat
      ? "Connectez-vous une première fois, ou faites inscrire ce téléphone par votre chef·fe de service. Ensuite le carnet s'ouvre sans réseau."
      : "Pas de réseau. La première ouverture du carnet en demande un ; ensuite il s'en passe."),
    etat && h("a", { class: "btn btn-primary", href: "/connexion/?next=/carnet/" }, "Se connecter")));
}

function askCode(root: HTMLElement, who: Collegue, etat: Etat | null, known: boolean, boxes: depot.Boite[], entered: (carnet: Carnet) => void): void {
  const session = etat?.mode === "session" && etat.moi?.poste === who.poste;
  const input = h("input", { class: "form-control code", id: "code", type: "password", inputmode: "numeric", autocomplete: "off", maxlength: 6, "aria-describedby": "code-aide" }) as HTMLInputElement;
  const error = h("p", { class: "form-errors", role: "alert", hidden: true });
  const help = !known && session ? "Choisissez six chiffres pour ce service : ils ferment l'écran, rien d'autre." : "Les six chiffres de votre carnet.";
  const submit = async (event: Event) => {
    event.preventDefault();
    const code = input.value;
    if (!/^\d{6}$/.test(code)) return say(error, "Six chiffres.");
    form.setAttribute("data-busy", "");
    try {
      input.value = "";
      await enter(who, code, etat, entered);
    } catch (problem) {
      say(error, problem instanceof serveur.Refus ? problem.message : WRONG);
      input.focus();
    } finally {
      form.removeAttribute("data-busy");
    }
  };
  input.addEventListener("input", () => { if (input.value.length === 6) form.requestSubmit(); });
  const form = h("form", { class: "stack verrou-code", autocomplete: "off", onSubmit: submit }, error,
    h("div", { class: "field" }, h("label", { for: "code" }, `Carnet de ${who.prenom}`), h("div", { class: "help", id: "code-aide" }, help), input),
    h("button", { class: "btn btn-primary btn-wide" }, "Ouvrir"),
    h("button", { type: "button", class: "btn btn-quiet btn-wide", onClick: () => void drawLock(root, boxes, etat, entered) }, "Quelqu'un d'autre")) as HTMLFormElement;
  root.replaceChildren(h("div", { class: "stack verrou" }, h("h1", {}, "Votre code"), form,
    h("p", { class: "meta" }, "Code oublié ? Choisissez-en un autre après une connexion complète : ce qui attend n'est pas touché.")));
  input.focus();
}

async function enter(who: Collegue, code: string, etat: Etat | null, entered: (carnet: Carnet) => void): Promise<void> {
  const carnet = await unlock(who.poste, code);
  if (carnet) {
    entered(carnet);
    // The shift on the server may be over: the same digits open the next one, behind the open screen.
    try {
      const open = (await serveur.state()).moi?.poste === who.poste;
      if (!open) entered(await openOnline(who.poste, code));
    } catch (error) {
      if (error instanceof serveur.Ferme || error instanceof serveur.Refus) { carnet.issue = "ferme"; carnet.onChange(); }
    }
    return;
  }
  if (!etat) throw new Error("wrong digits, no network");
  const session = etat.mode === "session" && etat.moi?.poste === who.poste;
  if (session || etat.telephone) entered(await openOnline(who.poste, code));
  else throw new Error("wrong digits");
}

function say(place: HTMLElement, sentence: string): void {
  place.textContent = sentence;
  place.hidden = false;
}
