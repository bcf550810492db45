/** What Deno may do for each command: looking needs no more than reading, only servers listen, only jobs start programs. */

/** What a command may know of the environment. */
const NAMES = [
  "SEISPROC_WORKSPACE",
  "SEISPROC_DEBUG",
  "SEISPROC_HANG_UP",
  "HOME",
  "XDG_DATA_HOME",
  "LOCALAPPDATA",
  "USERPROFILE",
];
const LOOKING = new Set(["scan", "headers", "text", "processes"]);
const SERVING = new Set(["serve", "desktop"]);

/**
 * Arguments of `deno run` for a command. Everything that jobs start is the Deno that runs them.
 * @param {string | undefined} command
 * @param {string} deno where Deno lies
 */
export function denoArguments(command, deno) {
  return [
    ...memory(command),
    "--no-prompt",
    "--no-remote",
    "--cached-only",
    "--quiet",
    ...permissions(command, deno),
  ];
}

/**
 * The command by whose permissions this one runs: `text` looks, but with `--set` it runs a job.
 * @param {readonly string[]} args
 */
export function permittedAs(args) {
  const sets = args[0] === "text" && args.some((arg) => arg === "--set" || arg.startsWith("--set="));
  return sets ? "run" : args[0];
}

/** The server stays for days and mostly idles: a small nursery, and leave to collect garbage when nothing happens. */
function memory(command) {
  return SERVING.has(command) ? ["--v8-flags=--expose-gc,--max-semi-space-size=1"] : [];
}

function permissions(command, deno) {
  if (LOOKING.has(command)) return ["--allow-read", "--allow-env=SEISPROC_DEBUG", "--deny-ffi"];
  const names = command === "desktop" ? [...NAMES, "SEISPROC_PORT"] : NAMES;
  const jobs = [
    "--allow-read",
    "--allow-write",
    `--allow-env=${names.join(",")}`,
    `--allow-run=${deno}`,
    "--allow-sys=cpus,systemMemoryInfo,homedir,hostname,statfs,uid,gid",
    "--deny-ffi",
  ];
  return SERVING.has(command) ? [...jobs, "--allow-net=127.0.0.1"] : jobs;
}

/** True when the command's permissions cannot name this Deno: they are lists with commas. */
export function cannotName(command, deno) {
  return !LOOKING.has(command) && deno.includes(",");
}

/**
 * The environment for Deno. Its own variables change how it starts, where it listens and whom it asks: those of the
 * user are for the user's programs. SeisProc never asks whether there is a newer Deno.
 * @param {Record<string, string | undefined>} environment
 */
export function denoEnvironment(environment) {
  const foreign = /^(DENO_(?!DIR$)|OTEL_|NODE_OPTIONS$)/;
  const kept = Object.entries(environment).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), DENO_NO_UPDATE_CHECK: "1" };
}
