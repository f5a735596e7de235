// The locked box: words, places and the shift's proof, behind six digits. No note is ever in it.
import * as depot from "./depot";
import type { Contenu } from "./types";

const ROUNDS = 600_000;
const TRIES = 10;

async function derived(code: string, sel: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const raw = await crypto.subtle.importKey("raw", new TextEncoder().encode(code), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt: sel, iterations: ROUNDS },
    raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"],
  );
}

export class Coffre {
  private constructor(private readonly key: CryptoKey, private readonly sel: Uint8Array<ArrayBuffer>, readonly contenu: Contenu) {}

  static async create(code: string, contenu: Contenu): Promise<Coffre> {
    const sel = crypto.getRandomValues(new Uint8Array(16));
    const made = new Coffre(await derived(code, sel), sel, contenu);
    await made.save();
    return made;
  }

  // Returns null when the digits are wrong; ten wrong tries in a row erase the box, never what waits to be sent.
  static async open(poste: string, code: string): Promise<Coffre | null> {
    const found = await depot.box(poste);
    if (!found) return null;
    const key = await derived(code, found.sel);
    try {
      const clear = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, key, found.scelle);
      if (found.essais) await depot.keepBox({ ...found, essais: 0 });
      return new Coffre(key, found.sel, JSON.parse(new TextDecoder().decode(clear)) as Contenu);
    } catch {
      if (found.essais + 1 >= TRIES) await depot.dropBox(poste);
      else await depot.keepBox({ ...found, essais: found.essais + 1 });
      return null;
    }
  }

  async save(): Promise<void> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const clear = new TextEncoder().encode(JSON.stringify(this.contenu));
    const scelle = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, clear));
    const { poste, prenom } = this.contenu.reference;
    await depot.keepBox({ poste, prenom, sel: this.sel, iv, scelle, essais: 0 });
  }
}
