// Keeps the notebook's own files, so that it opens without a network; no note, no answer ever enters a cache.
declare const COQUILLE: { version: string; fichiers: string[] };
const worker = self as unknown as ServiceWorkerGlobalScope;
const NAME = `carnet-${COQUILLE.version}`;
const PAGE = "/carnet/";

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll([new Request(PAGE, { cache: "reload" }), ...COQUILLE.fichiers])).then(() => worker.skipWaiting()));
});
worker.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("carnet-") && name !== NAME).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => worker.clients.claim()));
});
worker.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname === PAGE || COQUILLE.fichiers.includes(url.pathname))
    event.respondWith(caches.match(url.pathname === PAGE ? PAGE : event.request, { ignoreSearch: true }).then((kept) => kept ?? fetch(event.request)));
});
