/** The doors of SeisProc: hands each command to its file in `cli/`, loading only what the command needs. */
import { isRequestError, SeisProcError, toWireError } from "../src/shared/errors.ts";
import { commandHelp, HELP } from "./cli/help.ts";
import { EXIT } from "./cli/exit_status.ts";
import { outliveTerminal } from "./cli/lost_terminal.ts";
import { complain, sayJson } from "./cli/terminal.ts";
import { PROGRAM_VERSION } from "./version.ts";

type Command = (args: string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  scan: async () => (await import("./cli/commands/scan_arguments.ts")).scan,
  run: async () => (await import("./cli/commands/run.ts")).run,
  import: async () => (await import("./cli/commands/import.ts")).importCommand,
  export: async () => (await import("./cli/commands/export.ts")).exportCommand,
  headers: async () => (await import("./cli/commands/headers.ts")).headers,
  text: async () => (await import("./cli/commands/text.ts")).text,
  jobs: async () => (await import("./cli/commands/jobs.ts")).jobs,
  processes: async () => (await import("./cli/commands/processes.ts")).processes,
  demo: async () => (await import("./cli/commands/demo.ts")).demo,
  desktop: async () => (await import("./cli/commands/desktop.ts")).desktop,
  serve: async () => (await import("./cli/commands/serve.ts")).serve,
};

async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    console.log((rest[0] && commandHelp(rest[0])) ?? HELP);
    return EXIT.completed;
  }
  if (name === "--version") {
    console.log(PROGRAM_VERSION);
    return EXIT.completed;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    const message = `Cannot run ${name}: expected one of ${
      Object.keys(COMMANDS).join(", ")
    }: see seisproc --help`;
    throw new SeisProcError("usage", message, { argument: name });
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    console.log(commandHelp(name));
    return EXIT.completed;
  }
  const command = await COMMANDS[name]();
  return await command(rest);
}

/** Errors go to stderr as one sentence; with `--json` also to stdout as a line, so that scripts can read the tag. */
function report(error: unknown, json: boolean): number {
  const wire = toWireError(error);
  complain(wire.message);
  if (json) sayJson({ error: wire });
  if (wire.tag === "internal" && Deno.env.get("SEISPROC_DEBUG")) console.error(error);
  return isRequestError(wire.tag) ? EXIT.usage : EXIT.failed;
}

outliveTerminal();
try {
  Deno.exit(await main(Deno.args));
} catch (error) {
  Deno.exit(report(error, Deno.args.includes("--json")));
}
