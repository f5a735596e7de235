// The same things a second time, in plain files of the site: after a kill in a bad moment, a browser may find its
// database damaged and throw it away whole. What is here is sealed as it is there.
import { fromBase64, toBase64 } from "./scellement";

export type Rayon = "envois" | "boites";

// Older browsers have no such files: they keep the database alone.
const usable = (): boolean => "storage" in navigator && "getDirectory" in navigator.storage && "FileSystemFileHandle" in window && "createWritable" in FileSystemFileHandle.prototype;
async function shelf(name: Rayon): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(`carnet-${name}`, { create: true });
}
const packed = (_key: string, value: unknown): unknown => (value instanceof Uint8Array ? { octets: toBase64(value) } : value);
function unpacked(_key: string, value: unknown): unknown {
  const octets = (value as { octets?: unknown } | null)?.octets;
  return typeof octets === "string" ? fromBase64(octets) : value;
}

// Never refuses: the database is what says whether a note is kept.
export async function write(name: Rayon, id: string, value: unknown): Promise<void> {
  if (!usable()) return;
  try {
    const out = await (await (await shelf(name)).getFileHandle(id, { create: true })).createWritable();
    await out.write(JSON.stringify(value, packed));
    await out.close();
  } catch { /* no room, or no right: one copy only */ }
}

// Throws when a file stays: what was taken back must not come again.
export async function erase(name: Rayon, id: string): Promise<void> {
  if (!usable()) return;
  try {
    await (await shelf(name)).removeEntry(id);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "NotFoundError")) throw error;
  }
}

// A file that was being written when the browser died does not read: its note was not announced yet.
export async function readAll(name: Rayon): Promise<unknown[]> {
  if (!usable()) return [];
  const found: unknown[] = [];
  for await (const handle of (await shelf(name)).values()) {
    if (handle.kind !== "file") continue;
    try { found.push(JSON.parse(await (await (handle as FileSystemFileHandle).getFile()).text(), unpacked)); } catch { /* half a file */ }
  }
  return found;
}
