/**
 * Builds the window into resources/app by Vite; does nothing when what is there is newer than its sources.
 * The page works at any folder of a server: all addresses in it are relative. The launcher asks for it before it opens
 * the window; `node src/ui/build.mjs` does it by itself.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "..", "..");
const target = path.join(root, "resources", "app");

const sources = [here, path.join(root, "src", "shared"), path.join(root, "package-lock.json")];
if (process.argv[1] !== undefined && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await buildWindow();
}

/** `say` is called before it is built; a window that cannot be built ends the program, unless an older one is there. */
export async function buildWindow(say = () => {}) {
  const index = path.join(target, "index.html");
  if (newest(sources) <= modified(index)) return;
  say("Building the window, since it is missing or older than its sources");
  const partial = `${target}.${process.pid}`;
  try {
    const { build } = await import("vite");
    await build({
      configFile: false,
      root: here,
      base: "./",
      logLevel: "warn",
      oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
      plugins: [icons(), preloadFont()],
      build: {
        outDir: partial,
        emptyOutDir: false,
        target: "es2022",
        // The policy of the page allows no data: addresses for fonts, and no inline scripts.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: { output: { hashCharacters: "hex" } },
      },
    });
  } catch (error) {
    fs.rmSync(partial, { recursive: true, force: true });
    console.error(`Cannot build the window: ${error.message}`);
    if (!fs.existsSync(index)) process.exit(1);
    return console.error("The window that was built before is shown");
  }
  replaceTarget(partial);
}

/** Of several that build at once the last one wins: each moves what is there out of the way. */
function replaceTarget(partial) {
  const old = `${partial}.old`;
  for (let tries = 0;; tries++) {
    try {
      if (fs.existsSync(target)) fs.renameSync(target, old);
      fs.renameSync(partial, target);
      break;
    } catch (error) {
      if (tries === 10) throw error;
      fs.rmSync(old, { recursive: true, force: true });
    }
  }
  fs.rmSync(old, { recursive: true, force: true });
}

/** Puts the icons into the page, so that they are there with its first picture. */
function icons() {
  const sprite = fs.readFileSync(path.join(here, "icons.svg"), "utf8");
  return { name: "icons", transformIndexHtml: (html) => html.replace("<!-- icons -->", sprite) };
}

/** The font comes with the page: without it the first picture would wait for the stylesheet and then for the font. */
function preloadFont() {
  const handler = (html, { bundle }) => {
    const font = Object.keys(bundle ?? {}).find((name) => name.endsWith(".woff2"));
    const attrs = { rel: "preload", as: "font", type: "font/woff2", href: `./${font}`, crossorigin: true };
    return font === undefined ? html : [{ tag: "link", attrs, injectTo: "head-prepend" }];
  };
  return { name: "preload-font", transformIndexHtml: { order: "post", handler } };
}

function newest(places) {
  return Math.max(...places.map((place) => {
    if (!fs.statSync(place).isDirectory()) return modified(place);
    const names = fs.readdirSync(place, { recursive: true });
    return Math.max(...names.map((name) => modified(path.join(place, name))));
  }));
}

function modified(file) {
  return fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0;
}
