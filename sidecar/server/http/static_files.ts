/** The built window, if it is there: files of `resources/app` and nothing else. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Answer } from "./http_door.ts";

const APP_FOLDER = fileURLToPath(new URL("../../../resources/app", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

const HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": "default-src 'self'; img-src 'self' data: blob:; " +
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>SeisProc</title>
<h1>SeisProc</h1><p>The sidecar runs. The window is not built yet: run <code>npm run build</code>.</p></html>`;

/** The answer to a GET of a page; undefined when there is no such file. Pages hold no secrets and need no token. */
export function staticFile(pathname: string, folder = APP_FOLDER): Answer | undefined {
  // The native window has the page at /app/index.html: it works here at the same address too.
  const name = pathname.replace(/^\/app(?=\/)/, "");
  const asked = name === "/" ? "/index.html" : name;
  const file = fileIn(folder, asked);
  if (file !== undefined) {
    const type = TYPES[path.extname(file).toLowerCase()] ?? "application/octet-stream";
    const headers = { ...HEADERS, "content-type": type, "cache-control": "no-cache" };
    return { status: 200, headers, body: fs.readFileSync(file) };
  }
  if (asked !== "/index.html") return undefined;
  return { status: 200, headers: { ...HEADERS, "content-type": TYPES[".html"] }, body: NOT_BUILT };
}

/** The real file of an address; undefined for what is not a plain file inside the folder, links resolved. */
function fileIn(folder: string, pathname: string): string | undefined {
  try {
    const name = decodeURIComponent(pathname);
    if (!/^(\/[\w@-][\w.@-]*)+$/.test(name)) return undefined;
    const root = fs.realpathSync(folder);
    const file = fs.realpathSync(path.join(root, ...name.split("/")));
    const inside = file.startsWith(root + path.sep) && fs.statSync(file).isFile();
    return inside ? file : undefined;
  } catch {
    return undefined;
  }
}
