// The phone's own storage: sealed envelopes, locked boxes, a counter, this device's identifier.
import * as copie from "./copie";
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Envoi } from "./types";

export interface Boite { poste: string; prenom: string; sel: Uint8Array<ArrayBuffer>; iv: Uint8Array<ArrayBuffer>; scelle: Uint8Array<ArrayBuffer>; essais: number }
interface Schema extends DBSchema {
  envois: { key: string; value: Envoi; indexes: { numero: number } };
  boites: { key: string; value: Boite };
  reglages: { key: string; value: string | number };
}

let opening: Promise<IDBPDatabase<Schema>> | null = null;
function depot(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>("maillage-carnet", 1, {
    upgrade(db) {
      db.createObjectStore("envois", { keyPath: "id" }).createIndex("numero", "numero");
      db.createObjectStore("boites", { keyPath: "poste" });
      db.createObjectStore("reglages");
    },
    // Another tab brings a newer version: let it, and open again at the next use.
    blocking(_current, _blocked, event) { (event.target as IDBDatabase).close(); opening = null; },
    terminated() { opening = null; },
  });
  // A browser just killed may still hold it: the next use tries again.
  opening.catch(() => { opening = null; });
  return opening;
}
const STRICT = { durability: "strict" } as const;

// The next number of this device: taken once, in one transaction, even with two tabs.
export async function nextNumber(): Promise<{ appareil: string; numero: number }> {
  const tx = (await depot()).transaction("reglages", "readwrite", STRICT);
  let appareil = (await tx.store.get("appareil")) as string | undefined;
  if (!appareil) {
    appareil = crypto.randomUUID().replaceAll("-", "");
    await tx.store.put(appareil, "appareil");
  }
  const numero = Number((await tx.store.get("numero")) ?? 0) + 1;
  await tx.store.put(numero, "numero");
  await tx.done;
  return { appareil, numero };
}

// On the disk when it returns; throws when the phone has no room left.
export async function keep(envoi: Envoi): Promise<void> {
  await copie.write("envois", envoi.id, envoi);
  const tx = (await depot()).transaction("envois", "readwrite", STRICT);
  await Promise.all([tx.store.put(envoi), tx.done]);
}
export async function forget(id: string): Promise<boolean> {
  await copie.erase("envois", id);
  const tx = (await depot()).transaction("envois", "readwrite", STRICT);
  const there = (await tx.store.getKey(id)) !== undefined;
  if (there) await tx.store.delete(id);
  await tx.done;
  return there;
}
export const waiting = async (): Promise<Envoi[]> => (await depot()).getAllFromIndex("envois", "numero");

export const boxes = async (): Promise<Boite[]> => (await depot()).getAll("boites");
export const box = async (poste: string): Promise<Boite | undefined> => (await depot()).get("boites", poste);
export async function keepBox(one: Boite): Promise<void> {
  await copie.write("boites", one.poste, one);
  await (await depot()).put("boites", one);
}
export async function dropBox(poste: string): Promise<void> {
  await copie.erase("boites", poste);
  await (await depot()).delete("boites", poste);
}

// Puts back what the browser threw away; nothing is sent twice, since each envelope has one identifier.
export async function restore(): Promise<void> {
  await navigator.locks.request("carnet-envoi", { ifAvailable: true }, async (lock) => {
    if (!lock) return; // another tab is sending: the database is there
    const db = await depot();
    for (const one of (await copie.readAll("envois")) as Envoi[]) if (!(await db.getKey("envois", one.id))) await db.put("envois", one);
    for (const one of (await copie.readAll("boites")) as Boite[]) if (!(await db.getKey("boites", one.poste))) await db.put("boites", one);
  });
}
