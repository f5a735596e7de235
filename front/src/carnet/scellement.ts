// Sealing: ECDH P-256, HKDF, AES-GCM to the server's public key. This phone cannot open what it sealed.
import type { ClePublique, Genre, Ouverture, SortieEnCours } from "./types";

const INFO = new TextEncoder().encode("maillage carnet 1");
const CURVE = { name: "ECDH", namedCurve: "P-256" };

export const toBase64 = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

async function sealed(cle: ClePublique, identifier: string, clear: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const theirs = fromBase64(cle.point);
  const public_ = await crypto.subtle.importKey("raw", theirs, CURVE, false, []);
  const fresh = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", fresh.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: public_ }, fresh.privateKey, 256);
  const root = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const aes = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: joined(point, theirs), info: INFO },
    root, { name: "AES-GCM", length: 256 }, false, ["encrypt"],
  );
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(identifier);
  const hidden = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, aes, clear);
  return joined(point, iv, new Uint8Array(hidden));
}

export interface AEcrire {
  id: string; genre: Genre; donnees: Record<string, unknown>; sortie: (SortieEnCours & { fin?: string }) | null;
}

// Proves, by the shift's key, who wrote; then seals proof and content together.
export async function seal(what: AEcrire, ouverture: Ouverture, cle: ClePublique): Promise<Uint8Array<ArrayBuffer>> {
  const sortie = what.sortie && {
    id: what.sortie.id, debut: what.sortie.debut, fin: what.sortie.fin ?? null,
    equipage: what.sortie.equipage.map((one) => one.poste),
  };
  const text = JSON.stringify({ genre: what.genre, donnees: { ...what.donnees, id: what.id }, sortie });
  const body = new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey(
    "raw", fromBase64(ouverture.preuve), { name: "HMAC", hash: "SHA-256" }, false, ["sign"],
  );
  const signed = joined(new TextEncoder().encode(`${what.id}|`), body);
  const proof = new Uint8Array(await crypto.subtle.sign("HMAC", key, signed));
  return sealed(cle, `${what.id}.${ouverture.id}`, joined(proof, body));
}
