/** `seisproc serve` as the window starts it: with the launcher's permissions, over pipes. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CommandName, Replies, Requests } from "../../src/shared/protocol/commands.ts";
import { openAnswer, parseReadyLine, type ReadyLine } from "../../src/shared/protocol/envelope.ts";
import { decodePanels } from "../../src/shared/protocol/gathers.ts";
import { parseReply } from "../../src/shared/protocol/parse_replies.ts";

const LAUNCHER = fileURLToPath(new URL("../../sidecar/cli/launch.mjs", import.meta.url));

export class LaunchedSidecar {
  stdout = "";
  stderr = "";
  readonly exited: Promise<number | null>;

  private constructor(readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.on("data", (piece) => this.stdout += piece);
    child.stderr.on("data", (piece) => this.stderr += piece);
    this.exited = new Promise((resolve) => child.on("exit", (code) => resolve(code)));
  }

  /** `launcher`: of the program, unless it is a gated one. */
  static async start(
    workspace: string,
    args: readonly string[] = [],
    launcher = LAUNCHER,
  ): Promise<LaunchedSidecar> {
    const env = { ...process.env, SEISPROC_WORKSPACE: workspace };
    const sidecar = new LaunchedSidecar(spawn("node", [launcher, "serve", ...args], { env }));
    while (!sidecar.stdout.includes("\n")) {
      const wait = new Promise((resolve) => setTimeout(resolve, 5, "waiting"));
      if (await Promise.race([wait, sidecar.exited]) !== "waiting") throw new Error(sidecar.stderr);
    }
    return sidecar;
  }

  get ready(): ReadyLine {
    const ready = parseReadyLine(JSON.parse(this.stdout));
    if (ready === undefined) throw new Error(`no ready line: ${this.stdout}`);
    return ready;
  }

  fetch(where: string, body: unknown): Promise<Response> {
    const { url, token } = this.ready;
    const headers = { authorization: `Bearer ${token}` };
    return fetch(url + where, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async ask<C extends CommandName>(command: C, request: Requests[C]): Promise<Replies[C]> {
    const response = await this.fetch("/command", { command, ...request });
    return parseReply(command, await response.json());
  }

  async panels(where: "gather" | "spectrum", request: unknown) {
    const response = await this.fetch(`/${where}`, request);
    if (response.status !== 200) openAnswer(await response.json());
    return decodePanels(await response.arrayBuffer());
  }

  async end(): Promise<number | null> {
    this.child.stdin.end();
    return await this.exited;
  }
}
