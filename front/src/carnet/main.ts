// The notebook's page: locked, then open on «Noter»; locks itself; sends whenever it can.
import { charger } from "../garde";
import { restore } from "./depot";
import * as serveur from "./echange";
import { Carnet } from "./carnet";
import { h, icon } from "./dom";
import { isNight } from "./horloge";
import { bar, showWaiting, type Onglet } from "./vues/cadre";
import { showDire } from "./vues/dire";
import { showNoter } from "./vues/noter";
import { showSoir } from "./vues/soir";
import { showSortie } from "./vues/sortie";
import { showLock } from "./vues/verrou";

const LOCK_MS = Number(document.body.dataset.verrou ?? 300) * 1000;
const EVERY_MS = 30_000;
const root = document.getElementById("contenu") as HTMLElement;
const foot = document.getElementById("barre") as HTMLElement;
const waiting = document.getElementById("attente") as HTMLElement;
const strip = document.getElementById("etat") as HTMLElement;
const lockButton = document.getElementById("fermer") as HTMLButtonElement;

void charger("/garde/prenoms.txt");
let carnet: Carnet | null = null;
let tab: Onglet = "noter";
let lastTouch = Date.now();

function draw(): void {
  if (!carnet) return;
  const open = carnet;
  const go = (next: Onglet) => { tab = next; draw(); window.scrollTo(0, 0); };
  foot.replaceChildren(bar(tab, go, open.sortie ? "En sortie" : "Sortie"));
  if (tab === "noter") showNoter(root, open, draw);
  else if (tab === "dire") showDire(root, open, () => go("noter"));
  else if (tab === "sortie") showSortie(root, open, draw);
  else void showSoir(root, open, () => go("noter"), draw);
  void showWaiting(waiting, open);
}

function enter(opened: Carnet): void {
  const first = carnet === null;
  if (carnet) opened.continuer(carnet);
  carnet = opened;
  strip.hidden = lockButton.hidden = false;
  document.documentElement.dataset.theme ??= isNight() ? "dark" : "light";
  carnet.onChange = () => {
    if (!carnet) return;
    void showWaiting(waiting, carnet);
    if (tab === "soir") draw();
  };
  if (first) draw();
  else void showWaiting(waiting, carnet);
  void carnet.rafraichir().then(() => carnet?.envoyer());
}

// Nothing readable survives: the page starts again from what the disk holds, which is sealed.
function lock(): void {
  carnet = null;
  root.replaceChildren();
  location.reload();
}

async function leave(): Promise<void> {
  try { await serveur.close(); } catch { /* offline: the shift ends by itself */ }
  lock();
}

// The numbers are in the page itself: they show without a network, and what is being written stays.
const danger = document.getElementById("danger") as HTMLDialogElement;
document.querySelector(".topbar .btn-danger")?.addEventListener("click", (event) => { event.preventDefault(); danger.showModal(); });
lockButton.append(icon("cadenas"), h("span", {}, "Fermer"));
lockButton.addEventListener("click", () => void leave());
for (const event of ["pointerdown", "keydown", "input"]) document.addEventListener(event, () => { lastTouch = Date.now(); }, { passive: true });
window.addEventListener("online", () => void carnet?.envoyer());
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") tick(); });
// Back from the browser's page memory: locked again.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

function tick(): void {
  if (!carnet) return;
  if (Date.now() - lastTouch > LOCK_MS || Date.now() < lastTouch - LOCK_MS) lock();
  else void carnet.envoyer();
}
setInterval(tick, Math.min(EVERY_MS, LOCK_MS / 4));

async function start(): Promise<void> {
  if ("serviceWorker" in navigator) void navigator.serviceWorker.register("/carnet/sw.js", { scope: "/carnet/" }).catch(() => undefined);
  void navigator.storage?.persist?.();
  await restore().catch(() => undefined);
  await showLock(root, enter);
}
void start();
