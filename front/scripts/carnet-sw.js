// The notebook's service worker; the server puts the list of files before it.
import "../src/carnet/sw.ts";
