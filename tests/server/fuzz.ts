/** Malformed requests, made from a seed: every one must get a typed answer and the server must live on. */
import type { CommandName } from "../../src/shared/protocol/commands.ts";
import { COMMAND_NAMES } from "../../src/shared/protocol/parse_commands.ts";
import { rawRequest, type ServerBench } from "./server_bench.ts";

/** mulberry32: small, seeded, good enough to choose. */
export function randomFrom(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NASTY: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 0.5, 1e308, -1e308, 2 ** 53, 2 ** 31, 2 ** 32, Number.MIN_VALUE],
  ...[
    "",
    "x",
    "../../etc/passwd",
    "/etc/passwd",
    "/",
    "..",
    ".",
    "\0",
    "/tmp/\0.sgy",
    "C:\\",
    "file:///etc/passwd",
  ],
  ...[
    "%2e%2e%2f",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "é",
    "\ud800",
    "\u202e",
    "💥",
    "\n\r\t",
  ],
  ...[
    "a".repeat(5000),
    "/" + "a/".repeat(3000),
    "/dev/zero",
    "/proc/self/mem",
    "/proc/self/environ",
    "NaN",
    "1e999",
  ],
  ...[[], {}, [[]], [null], { __proto__: 1 }, { length: 1e9 }, { constructor: {} }, [[[[[[[[]]]]]]]]],
];

const JOB = ["job"];
/** Fields that a command knows: others are refused at the door, which is fuzzed too, but not only. */
const FIELDS: Readonly<Record<CommandName, readonly string[]>> = {
  ...{ hello: [], list_processes: [], get_timetable: [], resume_all: [], release_queue: [] },
  ...{ list_grants: [], list_alerts: [], list_rules: [], get_resources: [], cancel_all: ["keepPartial"] },
  ...{ get_job: JOB, job_request: JOB, pause_job: JOB, resume_job: JOB, finish_job: JOB, retry_job: JOB },
  ...{
    remove_job: JOB,
    cancel_job: ["job", "keepPartial"],
    rename_job: ["job", "name"],
    tag_job: ["job", "tags"],
  },
  ...{ set_priority: ["job", "priority"], reorder_job: ["job", "before"], set_limits: ["heavy", "light"] },
  ...{ list_jobs: ["states", "text", "limit"], job_history: ["job", "after", "limit"], preflight: ["work"] },
  ...{
    job_log: ["job", "after", "limit", "text"],
    submit: ["work"],
    open_path: ["path"],
    choose_folder: ["path"],
  },
  ...{
    list_folder: ["path"],
    load_flow: ["path"],
    scan_file: ["path"],
    scan_so_far: ["path"],
    describe_survey: ["survey"],
    acknowledge_alert: ["alert"],
  },
  ...{ list_job_stamps: [], list_groups: [], get_group: ["group"], get_jobs: ["jobs"] },
  ...{
    rerun_job: ["job", "output", "overwrite"],
    preflight_group: ["works"],
    submit_group: ["works", "name"],
    change_jobs: ["verb", "jobs", "filter", "keepPartial"],
  },
  ...{
    read_log: ["job", "from", "back", "limit", "text", "context"],
    pause_all: ["until"],
    hold_queue: ["until"],
    get_settings: [],
    set_settings: ["change"],
    list_documents: ["kind"],
    get_document: ["kind", "name"],
    put_document: ["kind", "name", "value"],
    remove_document: ["kind", "name"],
  },
  ...{ trace_words: ["survey", "order", "key", "gather", "trace"] },
  ...{ list_gathers: ["survey", "order", "key", "first", "limit"], snooze_rule: ["rule", "seconds"] },
  ...{ clear_alerts: ["what"], set_rule: ["rule", "change"] },
};

export class Fuzzer {
  readonly #random: () => number;
  /** How often each status was answered: tells that requests get beyond the door. */
  readonly statuses = new Map<number, number>();

  constructor(readonly bench: ServerBench, readonly file: string, readonly folder: string, seed: number) {
    this.#random = randomFrom(seed);
  }

  /** One malformed request; what was wrong with the answer, or undefined. */
  async one(): Promise<string | undefined> {
    const kind = this.#random();
    if (kind < 0.55) {
      return await this.#send("POST", "/command", this.#spoiled(JSON.stringify(this.#command())));
    }
    if (kind < 0.7) return await this.#send("POST", "/command", this.#garbageText());
    if (kind < 0.82) {
      return await this.#send(
        "POST",
        this.#pick(["/gather", "/spectrum", "/headers"]),
        this.#spoiled(this.#gather()),
      );
    }
    if (kind < 0.94) {
      return await this.#send(this.#pick(["GET", "DELETE", "PUT", "POST"]), this.#address(), undefined);
    }
    return await this.#raw();
  }

  async #send(method: string, where: string, body: string | undefined): Promise<string | undefined> {
    const headers: Record<string, string> = this.#random() < 0.02 ? { authorization: "Bearer x" } : {};
    const init = { method, headers, body: method === "GET" ? undefined : body };
    let response: Response;
    try {
      response = await this.bench.fetch(where, init);
    } catch (error) {
      return `${method} ${where.slice(0, 80)}: no answer: ${error}`;
    }
    const { status } = response;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    const stream = response.headers.get("content-type") === "application/x-ndjson";
    const text = stream ? (await response.body?.cancel(), "") : await response.text();
    if (status < 400) return undefined;
    const known = [400, 401, 403, 404, 409, 413, 503, 507].includes(status);
    if (known && typed(text)) return undefined;
    return `${method} ${where.slice(0, 80)} ${body?.slice(0, 300)}: ${status} ${text.slice(0, 300)}`;
  }

  async #raw(): Promise<string | undefined> {
    const answer = await rawRequest(this.bench.port, this.#rawBytes(), 100);
    const status = /^HTTP\/1\.[01] (\d+)/.exec(answer)?.[1];
    return status === undefined || Number(status) < 500 ? undefined : `raw: ${answer.slice(0, 300)}`;
  }

  /** A command with plausible fields, some of them nasty. */
  #command(): Record<string, unknown> {
    const command = this.#random() < 0.97 ? this.#pick(COMMAND_NAMES) : this.#nasty();
    const jobs = this.bench.manager.list();
    const job = jobs.length > 0 && this.#random() < 0.7 ? this.#pick(jobs).id : "20200101-000000-000-abcdef";
    const fields: Record<string, unknown> = {
      ...{ job, name: "n", priority: "high", before: null, tags: ["t"], keepPartial: true, path: this.file },
      ...{ survey: this.file, order: ["cdp"], key: "fldr", first: 0, limit: 5, heavy: 1, light: 1, alert: 1 },
      ...{
        rule: "cpu",
        seconds: 1,
        what: "all",
        change: { on: true },
        states: ["queued"],
        text: "x",
        after: 0,
      },
      work: this.#work(),
      ...{ until: Date.now() + 1e6, from: 100, back: true, context: 2 },
      ...{ gather: 0, trace: 1, kind: "preset", value: { any: ["thing"] } },
      works: [this.#work(), this.#work()],
      ...{ jobs: [job], group: job, verb: "tag", output: `${this.folder}/again.sgy`, overwrite: true },
      ...(this.#random() < 0.5
        ? { verb: "pause" }
        : { filter: { states: ["running"], tag: "t" }, jobs: undefined }),
    };
    const known = Object.entries(FIELDS).find(([name]) => name === command)?.[1] ?? [];
    const odds = this.#random() < 0.9 ? 0 : 0.2;
    const wanted = Object.entries(fields).filter(([name]) =>
      known.includes(name) ? this.#random() < 0.9 : this.#random() < odds
    );
    return { command, ...Object.fromEntries(wanted.map(([name, value]) => [name, this.#maybeNasty(value)])) };
  }

  #work(): unknown {
    const to = `${this.folder}/out${Math.floor(this.#random() * 50)}.sgy`;
    const flow = {
      seisproc: 1,
      input: { path: this.#maybeNasty(this.file), order: this.#maybeNasty(["cdp"]) },
      processes: this.#maybeNasty([{
        process: this.#maybeNasty("agc"),
        parameters: this.#maybeNasty({ windowMs: 5 }),
      }]),
      output: { path: this.#maybeNasty(to), mode: this.#maybeNasty("both") },
    };
    return this.#pick<unknown>([
      { kind: "flow", flow: this.#maybeNasty(flow), onError: this.#maybeNasty("skip") },
      {
        kind: "import",
        input: this.#maybeNasty(this.file),
        to: this.#maybeNasty(to),
        copy: this.#maybeNasty(true),
      },
      { kind: "export", input: this.#maybeNasty(this.file), to, format: this.#maybeNasty("ibm") },
      this.#nasty(),
    ]);
  }

  #gather(): string {
    const step = {
      process: this.#maybeNasty("bandpass"),
      parameters: this.#maybeNasty({ lowHz: this.#maybeNasty(9) }),
    };
    const fields: Record<string, unknown> = {
      ...{
        order: ["cdp", "-offset"],
        key: "fldr",
        gather: 0,
        firstTrace: 1,
        traces: 2,
        firstSample: 1,
        samples: 5,
      },
      ...{ processes: [step], panels: ["input", "processed"], columns: 3, rows: 3, words: ["cdp"], map: [] },
    };
    const wanted = Object.entries(fields).filter(() => this.#random() < 0.4);
    const asked = Object.fromEntries(wanted.map(([name, value]) => [name, this.#maybeNasty(value)]));
    return JSON.stringify({ survey: this.#random() < 0.9 ? this.file : this.#nasty(), ...asked });
  }

  #maybeNasty(value: unknown): unknown {
    return this.#random() < 0.15 ? this.#nasty() : value;
  }

  #nasty(): unknown {
    return this.#pick(NASTY);
  }

  /** Mostly as it is; else with bytes changed, cut, doubled or numbers grown. */
  #spoiled(json: string): string {
    const how = this.#random(), at = Math.floor(this.#random() * json.length);
    if (how < 0.6) return json;
    if (how < 0.7) return json.slice(0, at);
    if (how < 0.8) return json.slice(0, at) + this.#character() + json.slice(at + 1);
    if (how < 0.9) {
      return json.replaceAll(/\d+/g, this.#pick(["1e400", "-1", "99999999999999999999", "0x10", "01"]));
    }
    return json.slice(at) + json;
  }

  #garbageText(): string {
    const how = this.#random(), length = Math.floor(this.#random() * 200);
    if (how < 0.2) return this.#pick(["[", '{"a":', '[{"command":']).repeat(1 + length * 50);
    if (how < 0.3) return JSON.stringify(this.#nasty());
    if (how < 0.4) return `{"command":${"9".repeat(length)}}`;
    return Array.from({ length }, () => this.#character()).join("");
  }

  #address(): string {
    const parts = [
      "/",
      "events",
      "gather",
      "command",
      "..",
      "%2e%2e",
      "%00",
      "%ff",
      "app.js",
      "é",
      "?",
      "after=",
      "request=",
    ];
    const more = [
      "&",
      "=",
      "%7B%7D",
      "-1",
      "1e9",
      "index.html",
      "\\",
      "//",
      "etc/passwd",
      "%5c",
      "stream=x",
      "resources=1",
    ];
    const length = 1 + Math.floor(this.#random() * 6);
    return "/" + Array.from({ length }, () => this.#pick([...parts, ...more])).join(this.#pick(["", "/"]));
  }

  #rawBytes(): Uint8Array {
    const { port, token } = this.bench;
    const head = `POST /command HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${token}\r\n`;
    const texts = [
      () => head + "content-length: 99999\r\n\r\n{",
      () => head + "content-length: -1\r\n\r\n{}",
      () => head + "transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
      () => head + "transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
      () => head.replace("1.1", this.#pick(["9.9", "1.0", "x"])) + "\r\n",
      () => head + `x: ${"y".repeat(Math.floor(this.#random() * 20_000))}\r\n\r\n`,
      () => head + "x: y\r\n".repeat(Math.floor(this.#random() * 200)) + "\r\n",
      () => head.slice(0, Math.floor(this.#random() * head.length)),
      () => "GET " + "/".repeat(Math.floor(this.#random() * 10_000)) + " HTTP/1.1\r\n\r\n",
      () => "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
      () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];
    if (this.#random() < 0.7) return new TextEncoder().encode(this.#pick(texts)());
    return Uint8Array.from({ length: Math.floor(this.#random() * 500) }, () => this.#random() * 256);
  }

  #character(): string {
    return String.fromCharCode(Math.floor(this.#random() ** 3 * 0xffff));
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)];
  }
}

function typed(text: string): boolean {
  try {
    const { error } = JSON.parse(text);
    return typeof error.tag === "string" && error.tag !== "internal" && typeof error.message === "string";
  } catch {
    return false;
  }
}
