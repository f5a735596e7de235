// The outbox: what waits, in order; sent once by one tab at a time; forgotten on «cree» and «deja» only.
import * as depot from "./depot";
import * as serveur from "./echange";
import { toBase64 } from "./scellement";
import type { Envoi, Recu } from "./types";

const BATCH = 50;
// No room left on the phone: these wait in memory, and the screen says so.
const inMemory = new Map<string, Envoi>();

export type Issue = "rien" | "parti" | "injoignable" | "ferme" | "refus";

export async function put(envoi: Envoi): Promise<"garde" | "memoire"> {
  try {
    await depot.keep(envoi);
    inMemory.delete(envoi.id);
    return "garde";
  } catch {
    inMemory.set(envoi.id, envoi);
    return "memoire";
  }
}
export const memoryCount = (): number => inMemory.size;

export async function all(): Promise<Envoi[]> {
  const kept = await depot.waiting();
  return [...kept, ...[...inMemory.values()].filter((one) => !kept.some((other) => other.id === one.id))];
}
export const isMine = (envoi: Envoi, poste: string): boolean => envoi.poste === poste || envoi.equipage.includes(poste);

export async function remove(id: string): Promise<boolean> {
  const held = inMemory.delete(id);
  return (await depot.forget(id)) || held;
}

// Takes back what has not left yet; false when it may already be on its way.
export const takeBack = async (id: string): Promise<boolean> =>
  navigator.locks.request("carnet-envoi", () => remove(id));

const wire = (one: Envoi) => ({ id: one.id, ouverture: one.ouverture, cle: one.cle, scelle: toBase64(one.scelle) });

// Sends what is mine, in order; a lost answer changes nothing: the same envelope leaves again.
export async function flush(poste: string): Promise<Issue> {
  return navigator.locks.request("carnet-envoi", { ifAvailable: true }, async (lock): Promise<Issue> => {
    if (!lock) return "rien";
    let outcome: Issue = "rien";
    const passed = new Set<string>();
    for (;;) {
      const batch = (await all()).filter((one) => one.etat === "attend" && isMine(one, poste) && !passed.has(one.id)).slice(0, BATCH);
      if (!batch.length) return outcome;
      try {
        await settle(batch, await serveur.send(batch.map(wire)));
        outcome = "parti";
      } catch (error) {
        if (error instanceof serveur.Ferme) return "ferme";
        return error instanceof serveur.Refus ? "refus" : "injoignable";
      }
      for (const one of batch) passed.add(one.id);
    }
  });
}

// What others left here: only the sealed tray may take it, and only when its author no longer comes in.
export async function depositOthers(poste: string): Promise<void> {
  await navigator.locks.request("carnet-envoi", { ifAvailable: true }, async (lock) => {
    const others = (await all()).filter((one) => one.etat === "attend" && one.poste !== poste).slice(0, BATCH);
    if (!lock || !others.length) return;
    try { await settle(others, await serveur.deposit(others.map(wire)), true); } catch { /* another time */ }
  });
}

async function settle(batch: Envoi[], answers: Recu[], tray = false): Promise<void> {
  const known = new Map(batch.map((one) => [one.id, one]));
  for (const answer of answers) {
    const envoi = known.get(answer.id);
    if (!envoi) continue;
    if (answer.statut === "cree" || answer.statut === "deja") await remove(envoi.id);
    else if (!tray && (answer.statut === "conflit" || answer.statut === "refuse"))
      await put({ ...envoi, etat: answer.statut, motif: answer.motif });
  }
}
