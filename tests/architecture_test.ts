/** Enforces the arrows of ARCHITECTURE.md: who may import whom. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

interface Import {
  /** Path from the root, with forward slashes. */
  readonly from: string;
  /** The same for a file, or the bare name of a package. */
  readonly to: string;
}

function sources(folder: string): string[] {
  const absolute = path.join(ROOT, folder);
  if (!fs.existsSync(absolute)) return [];
  return fs.readdirSync(absolute, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ts|tsx)$/.test(file))
    .map((file) => path.posix.join(folder, file.split(path.sep).join("/")));
}

function importsOf(file: string): Import[] {
  const text = fs.readFileSync(path.join(ROOT, file), "utf8");
  const found = text.matchAll(
    /(?:import|export)\s[^"';]*?from\s*"([^"]+)"|import\(\s*"([^"]+)"|^import\s+"([^"]+)"/gm,
  );
  return [...found].map(([, a, b, c]) => {
    const target = a ?? b ?? c;
    const to = target.startsWith(".") ? path.posix.join(path.posix.dirname(file), target) : target;
    return { from: file, to };
  });
}

const ALL = ["src/shared", "src/ui", "sidecar"].flatMap(sources).filter((file) =>
  !file.startsWith("sidecar/kernels/assembly/")
);
const IMPORTS = ALL.flatMap(importsOf);

/** Imports out of `from` that `allowed` does not let through. */
function breaches(from: string, allowed: (to: string) => boolean): string[] {
  return IMPORTS.filter((one) => one.from.startsWith(from) && !allowed(one.to)).map((one) =>
    `${one.from} -> ${one.to}`
  );
}

test("the sources are found, so that the rules below can fail", () => {
  expect(ALL.length).toBeGreaterThan(60);
  expect(IMPORTS.length).toBeGreaterThan(150);
  expect(IMPORTS.some(({ from, to }) => from === "sidecar/main.ts" && to === "src/shared/errors.ts")).toBe(
    true,
  );
});

test("shared is pure: it imports nothing outside itself", () => {
  expect(breaches("src/shared/", (to) => to.startsWith("src/shared/") || to === "jsep")).toEqual([]);
});

test("shared knows neither Deno nor the DOM nor Node", () => {
  const found = sources("src/shared").filter((file) =>
    /\bDeno\.[a-zA-Z]+\(|\bdocument\.(create|get|query|body)|\bwindow\.(add|local|open)|"node:/.test(
      fs.readFileSync(path.join(ROOT, file), "utf8"),
    )
  );
  expect(found).toEqual([]);
});

test("the window and the sidecar do not import each other", () => {
  expect(breaches("src/ui/", (to) => !to.startsWith("sidecar/"))).toEqual([]);
  expect(breaches("sidecar/", (to) => !to.startsWith("src/ui/"))).toEqual([]);
});

test("processes and kernels see numbers and parameters only: no files, queue or messages", () => {
  const allowed = (to: string) =>
    /^(src\/shared\/(processes|seismic|errors|assert|units)|sidecar\/(processes|kernels)\/)/.test(to) ||
    to === "sidecar/traces/header_records.ts" || to === "jsep";
  expect(breaches("sidecar/processes/", allowed)).toEqual([]);
  const kernelsAllowed = (to: string) => allowed(to) || to === "node:fs";
  expect(breaches("sidecar/kernels/", kernelsAllowed)).toEqual([]);
});

test("the data's way does not know the jobs or the server", () => {
  for (const folder of ["sidecar/segy/", "sidecar/dataset/", "sidecar/flow/", "sidecar/processes/"]) {
    expect(breaches(folder, (to) => !/^sidecar\/(jobs|server|cli|monitor|runner)\//.test(to))).toEqual([]);
  }
});

test("files know nothing of what is in them", () => {
  const allowed = (to: string) => /^(node:|sidecar\/files\/|src\/shared\/errors\.ts$)/.test(to);
  expect(breaches("sidecar/files/", allowed)).toEqual([]);
});

test("only the command line and main know the command line", () => {
  const found = IMPORTS.filter(({ from, to }) =>
    to.startsWith("sidecar/cli/") && !/^sidecar\/(cli\/|main\.ts)/.test(from)
  );
  expect(found).toEqual([]);
});

test("names of files are snake_case", () => {
  expect(ALL.filter((file) => !/^[a-z0-9_]+\.tsx?$/.test(path.posix.basename(file)))).toEqual([]);
});
