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
    /^sidecar\/traces\/(header_records|trace_block)\.ts$/.test(to) || to === "jsep" ||
    to === "geodesy/utm.js";
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
  const allowed = (to: string) => /^(node:|sidecar\/files\/|src\/shared\/(errors|is_record)\.ts$)/.test(to);
  expect(breaches("sidecar/files/", allowed)).toEqual([]);
});

test("only the command line and main know the command line", () => {
  const found = IMPORTS.filter(({ from, to }) =>
    to.startsWith("sidecar/cli/") && !/^sidecar\/(cli\/|main\.ts)/.test(from)
  );
  expect(found).toEqual([]);
});

/**
 * The house from the ground up: a file imports from its own room or from a floor below, never from one above. The
 * longest name that a path begins with is its room; rooms on one floor do not know each other.
 */
const FLOORS: readonly (readonly string[])[] = [
  ["src/shared/"],
  ["src/shared/seismic/"],
  ["src/shared/processes/", "src/shared/monitor/"],
  ["src/shared/flow/"],
  ["src/shared/job/"],
  ["src/shared/protocol/"],
  ["sidecar/std_async.ts", "sidecar/version.ts"],
  ["sidecar/files/", "sidecar/kernels/"],
  ["sidecar/traces/"],
  ["sidecar/processes/", "sidecar/segy/format/"],
  ["sidecar/segy/layout/", "sidecar/segy/geometry/"],
  ["sidecar/segy/headers/", "sidecar/segy/write/"],
  ["sidecar/segy/read/"],
  ["sidecar/dataset/zarr/", "sidecar/dataset/synthetic/"],
  ["sidecar/dataset/"],
  ["sidecar/flow/"],
  ["sidecar/flow/document/", "sidecar/flow/estimate/"],
  ["sidecar/jobs/folder/"],
  ["sidecar/runner/", "sidecar/jobs/run/", "sidecar/jobs/known/"],
  ["sidecar/jobs/desk/"],
  ["sidecar/jobs/"],
  ["sidecar/jobs/adapters/"],
  ["sidecar/jobs/processing_api.ts", "sidecar/monitor/"],
  ["sidecar/server/http/", "sidecar/server/reading/"],
  ["sidecar/server/view/"],
  ["sidecar/server/"],
  ["sidecar/cli/"],
  ["sidecar/main.ts"],
  ["src/ui/format/", "src/ui/texts/"],
  ["src/ui/canvas/picture/", "src/ui/canvas/colour/", "src/ui/canvas/view/"],
  ["src/ui/canvas/draw/"],
  ["src/ui/canvas/gl/", "src/ui/canvas/axes/"],
  ["src/ui/canvas/panel/"],
  ["src/ui/state/"],
  ["src/ui/connection/", "src/ui/history/", "src/ui/host/", "src/ui/report/", "src/ui/widgets/"],
  ["src/ui/actions/"],
  ["src/ui/commands/"],
  ["src/ui/frame/", "src/ui/views/view_props.ts"],
  [
    "src/ui/dialogs/path_browser/",
    "src/ui/dialogs/process_survey/",
    "src/ui/views/data/",
    "src/ui/views/viewer/",
    "src/ui/views/jobs/",
    "src/ui/views/analytics/",
    "src/ui/views/resources/",
    "src/ui/views/alerts/",
    "src/ui/views/settings/",
  ],
  ["src/ui/views/views.ts"],
  ["src/ui/app.tsx"],
  ["src/ui/main.tsx"],
];

/** Floor and room of a file; undefined where the house does not name one. */
function placeOf(file: string): { floor: number; room: string } | undefined {
  const places = FLOORS.flatMap((rooms, floor) => rooms.map((room) => ({ floor, room })));
  return places.filter(({ room }) => file.startsWith(room)).sort((a, b) => b.room.length - a.room.length)[0];
}

const isOurs = (to: string) => to.startsWith("sidecar/") || to.startsWith("src/");
/** Styles belong to their component and have no floor of their own. */
const isStyle = (to: string) => to.endsWith(".css");

test("every file has a room", () => {
  expect(ALL.filter((file) => isOurs(file) && !placeOf(file))).toEqual([]);
});

test("no arrow runs up, and rooms on one floor do not know each other", () => {
  const up = IMPORTS.filter(({ from, to }) => {
    const a = placeOf(from), b = placeOf(to);
    return isOurs(from) && isOurs(to) && !isStyle(to) && a && b && a.room !== b.room && b.floor >= a.floor;
  });
  expect(up.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

/** Groups of files that import themselves through each other (Tarjan 1972). */
function circles(imports: readonly Import[]): string[][] {
  const next = Map.groupBy(imports, ({ from }) => from);
  const order = new Map<string, number>(), low = new Map<string, number>();
  const stack: string[] = [], found: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    low.set(file, order.get(file) ?? 0);
    stack.push(file);
    for (const { to } of next.get(file) ?? []) {
      if (!order.has(to)) visit(to);
      if (stack.includes(to)) low.set(file, Math.min(low.get(file) ?? 0, low.get(to) ?? 0));
    }
    if (low.get(file) !== order.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1 || next.get(file)?.some(({ to }) => to === file)) found.push(group.sort());
  };
  for (const { from } of imports) if (!order.has(from)) visit(from);
  return found;
}

test("circles are found", () => {
  const imports = [["a", "b"], ["b", "c"], ["c", "a"], ["c", "d"], ["e", "e"]];
  expect(circles(imports.map(([from, to]) => ({ from, to })))).toEqual([["a", "b", "c"], ["e"]]);
});

test("no file imports itself through others", () => {
  expect(circles(IMPORTS)).toEqual([]);
});

test("the runner knows nothing of jobs but the folder of one", () => {
  expect(breaches("sidecar/runner/", (to) => !/^sidecar\/jobs\/(?!folder\/)/.test(to))).toEqual([]);
});

test("the traces' room imports nothing but shared words", () => {
  expect(breaches("sidecar/traces/", (to) => /^(src\/shared\/|sidecar\/traces\/)/.test(to))).toEqual([]);
});

test("what is known of jobs and what runs one never meet, nor do reading and writing SEG-Y", () => {
  const apart = [["sidecar/jobs/known/", "sidecar/jobs/run/"], ["sidecar/segy/read/", "sidecar/segy/write/"]];
  for (const [one, other] of apart) {
    expect(breaches(one, (to) => !to.startsWith(other))).toEqual([]);
    expect(breaches(other, (to) => !to.startsWith(one))).toEqual([]);
  }
});

test("in the window only the connection fetches, only history knows Dexie, only the host knows Neutralino", () => {
  const outside = (room: string) =>
    IMPORTS.filter(({ from }) => from.startsWith("src/ui/") && !from.startsWith(room));
  expect(outside("src/ui/history/").filter(({ to }) => to === "dexie")).toEqual([]);
  expect(outside("src/ui/host/").filter(({ to }) => to === "@neutralinojs/lib")).toEqual([]);
  const fetching = sources("src/ui").filter((file) =>
    /\bfetch\(|XMLHttpRequest|WebSocket|EventSource/.test(fs.readFileSync(path.join(ROOT, file), "utf8"))
  );
  expect(fetching).toEqual(["src/ui/connection/sidecar.ts"]);
});

test("views ask through actions, and only what applies events writes the jobs", () => {
  const upper = /^src\/ui\/(frame|dialogs|views|widgets|canvas|commands|app\.tsx)/;
  const asking = IMPORTS.filter(({ from, to }) => upper.test(from) && to.startsWith("src/ui/connection/"));
  // A type names no one: what happens by itself is told in the words of the connection.
  expect(asking.map(({ from }) => from)).toEqual(["src/ui/frame/happenings.ts"]);
  const writers = sources("src/ui").filter((file) =>
    /\b(putJob|putProgress|resetJobs|forgetJob|addOlderJobs|setHeld)\(/.test(
      fs.readFileSync(path.join(ROOT, file), "utf8"),
    )
  );
  expect(writers.sort()).toEqual(["src/ui/connection/apply_event.ts", "src/ui/state/jobs.ts"]);
});

test("no component is longer than 200 lines", () => {
  const long = sources("src/ui").filter((file) =>
    fs.readFileSync(path.join(ROOT, file), "utf8").split("\n").length > 200
  );
  expect(long).toEqual([]);
});

/** One process is one file, one kernel one file, so these rows are as long as their catalog. */
const ROWS = /^(src\/shared\/processes|sidecar\/processes|sidecar\/kernels\/assembly)$/;

test("no room has more than 16 files in a row", () => {
  const rows = Map.groupBy(ALL, (file) => path.posix.dirname(file));
  const crowded = [...rows].filter(([folder, files]) => files.length > 16 && !ROWS.test(folder));
  expect(crowded.map(([folder, files]) => `${folder}: ${files.length}`)).toEqual([]);
});

test("what is private is private to the language too", () => {
  const found = ALL.filter((file) =>
    /^\s*(private|protected) (?!constructor)|\(private |, private /m.test(
      fs.readFileSync(path.join(ROOT, file), "utf8"),
    )
  );
  expect(found).toEqual([]);
});

test("every file of the program opens with a line on what it is", () => {
  const isTold = (file: string) => /^\/\*\*\s/.test(fs.readFileSync(path.join(ROOT, file), "utf8"));
  expect([...ALL, ...sources("sidecar/kernels/assembly")].filter((file) => !isTold(file))).toEqual([]);
});

test("names of files are snake_case", () => {
  expect(ALL.filter((file) => !/^[a-z0-9_]+\.tsx?$/.test(path.posix.basename(file)))).toEqual([]);
});
