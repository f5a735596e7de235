// Bundles styles, scripts, icons and fonts into src/maillage/web/static/dist, once, at installation.
// Every file bears the hash of its content; manifest.json maps source names to built ones.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, copyFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/maillage/web/static/dist");
const manifest = {};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

// One bundle per file placed directly in scripts/ or styles/: drop a file there to add an entry.
const entries = (folder) =>
  readdirSync(join(here, folder))
    .filter((name) => [".js", ".css"].includes(extname(name)))
    .map((name) => join(here, folder, name));

const { metafile } = await build({
  entryPoints: [...entries("scripts"), ...entries("styles")],
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome99", "firefox97", "safari15"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".png": "file", ".svg": "file" },
  metafile: true,
  logLevel: "warning",
});
for (const [file, made] of Object.entries(metafile.outputs)) {
  if (made.entryPoint) manifest[basename(made.entryPoint)] = basename(file);
}

function addHashed(source, name) {
  const content = readFileSync(source);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  writeFileSync(join(out, hashed), content);
  manifest[name] = hashed;
}
addHashed(join(here, "icons.svg"), "icons.svg");
addHashed(join(here, "mark.svg"), "mark.svg");
// The same mark for home screens that draw no SVG: square, the telephone rounds it itself.
for (const side of [180, 192, 512]) addHashed(join(here, `mark-${side}.png`), `mark-${side}.png`);

// The same typeface in TTF, which the PDF engine reads: not served by name, found by folder.
const ttf = join(here, "node_modules/@expo-google-fonts/atkinson-hyperlegible-next");
mkdirSync(join(out, "fonts"));
for (const style of ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold"]) {
  for (const name of readdirSync(join(ttf, style)).filter((file) => file.endsWith(".ttf"))) {
    copyFileSync(join(ttf, style, name), join(out, "fonts", name));
  }
}

writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 1));
for (const name of readdirSync(out).filter((file) => /\.(css|js|svg)$/.test(file))) {
  const content = readFileSync(join(out, name));
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(content));
  writeFileSync(join(out, `${name}.gz`), gzipSync(content, { level: 9 }));
}
