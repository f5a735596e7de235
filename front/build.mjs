import { rmSync, mkdirSync } from "node:fs";
const out = "../src/maillage/web/static/dist";
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
