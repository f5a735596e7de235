// Talking to the server: a fresh anti-forgery token before writing, a limit of time, plain outcomes.
import type { Etat, NoteDuSoir, Ouverture, Recu, Reference } from "./types";

export class Injoignable extends Error {}
export class Ferme extends Error {}
export class Refus extends Error {}

const PATIENCE = 20_000;
let token = "";
// What this shift shows at each request: kept behind the six digits, never in a cookie.
let shift = "";
export const show = (jeton: string): void => { shift = jeton; };

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const headers = { ...init.headers, ...(shift && { "X-Carnet": shift }) };
    return await fetch(`/carnet/${path}`, { ...init, headers, signal: stop.signal, cache: "no-store", credentials: "same-origin", redirect: "error" });
  } catch {
    throw new Injoignable();
  } finally {
    clearTimeout(timer);
  }
}

async function read<T>(answer: Response): Promise<T> {
  let body: (T & { erreur?: string }) | null = null;
  try { body = (await answer.json()) as T & { erreur?: string }; } catch { /* cut on the way, or a page */ }
  if (answer.ok && body !== null) return body;
  if (answer.status === 401) throw new Ferme();
  if (answer.status >= 400 && answer.status < 500 && body?.erreur) throw new Refus(body.erreur);
  throw new Injoignable();
}

export async function state(): Promise<Etat> {
  const etat = await read<Etat>(await ask("etat/"));
  token = etat.csrf;
  return etat;
}

async function post<T>(path: string, body: unknown): Promise<T> {
  const send = () => ask(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-CSRFToken": token } });
  if (!token) await state();
  let answer = await send();
  if (answer.status === 403) { await state(); answer = await send(); } // the token was of another session
  return read<T>(answer);
}

export interface Ouvert { ouverture: Ouverture; reference: Reference }
export const open = (poste: string, code: string): Promise<Ouvert> => post("ouvrir/", { poste, code });
export const close = (): Promise<unknown> => post("fermer/", {});
export const send = (enveloppes: unknown[]): Promise<Recu[]> => post("envoyer/", { enveloppes });
export const deposit = (enveloppes: unknown[]): Promise<Recu[]> => post("deposer/", { enveloppes });
export const evening = async (): Promise<{ reference: Reference; notes: NoteDuSoir[] }> => read(await ask("soiree/"));
