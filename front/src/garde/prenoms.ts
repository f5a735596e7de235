// First names that the installer gave: fetched once, then served by the browser's own cache.
import { ajouter } from "./lexique";

// Without a network and without a copy, the guard reads with its own list.
export async function charger(address: string): Promise<void> {
  try {
    const answer = await fetch(address, { cache: "force-cache", credentials: "same-origin" });
    const plain = answer.headers.get("Content-Type")?.startsWith("text/plain");
    if (answer.ok && plain) ajouter((await answer.text()).split(" ").filter(Boolean));
  } catch {
    return;
  }
}
