/**
 * `npm run bench`: the numbers of the design's last section, measured on a 38,400-trace line in a temporary folder.
 *
 * Times of flows are net of start, which is the same flow on a file of one gather. Each figure is a median of several
 * runs after a warm-up; ratios are against yardsticks of the same run. `--quick` makes fewer runs, `--large` adds the
 * memory of a file eight times as large, `--only NAME` measures one group.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeSyntheticLine } from "../../sidecar/dataset/synthetic/write_line.ts";
import { BENCHMARK_LINE } from "../../sidecar/dataset/synthetic/line.ts";
import { checkpointCost, estimateAndTruth, jobLatencies, jobShare } from "./job_measures.ts";
import { isInstalled, peakTreeMemory, runProgram, time, timeInTurn, type Timing } from "./measure.ts";
import { PROCESS_WORKS, processRate, pythonProgram } from "./process_measures.ts";
import { eventStream, fillWorkspace, idleCost, queueAtOnce, startSeconds } from "./sidecar_measures.ts";
import {
  NUMPY_ALL_WORDS,
  plainBiquadRate,
  SCIPY_FILTER,
  SEGYIO_FOUR_WORDS,
  seismicUnix,
  seismicUnixTimes,
} from "./yardsticks.ts";

const QUICK = process.argv.includes("--quick");
const LARGE = process.argv.includes("--large");
/** In the workspace of the measure of starts. */
const JOB_FOLDERS = 10_000;
/** In the measure of checkpoints, which come every 5 s otherwise. */
const CHECKPOINT_MS = 100;
const RUNS = QUICK ? 3 : 7;
const PYTHON = "/usr/bin/python3";
const TRACES = BENCHMARK_LINE.shots * BENCHMARK_LINE.channels;
const LAUNCH = fileURLToPath(new URL("../../sidecar/cli/launch.mjs", import.meta.url));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "seisproc-bench-"));
const file = (name: string) => path.join(folder, name);
const environment = { SEISPROC_WORKSPACE: file("workspace") };

interface Row {
  readonly work: string;
  readonly measured: string;
  readonly yardstick: string;
  readonly ratio: string;
  readonly goal: string;
}
const rows: Row[] = [];

type Processes = readonly { readonly process: string; readonly parameters: Record<string, unknown> }[];

const BANDPASS: Processes = [{ process: "bandpass", parameters: { lowHz: 8, highHz: 60, order: 4 } }];
const AGC: Processes = [...BANDPASS, { process: "agc", parameters: { windowMs: 500 } }];
const DECONVOLUTION: Processes = [
  { process: "deconvolution", parameters: { kind: "predictive", gapMs: 20, operatorMs: 380 } },
];
const VELOCITY = { timesMs: [0, 1000, 3000], velocitiesMps: [1700, 1950, 2600] };
const STACK: Processes = [
  { process: "nmo", parameters: { velocity: VELOCITY } },
  { process: "stack", parameters: { key: "cdp" } },
];

function writeFlow(name: string, processes: Processes, order: readonly string[] = []): string {
  const flow = {
    seisproc: 1,
    name,
    input: { path: "line.sgy", order },
    processes,
    output: { path: `${name}.out.sgy` },
  };
  fs.writeFileSync(file(`${name}.json`), JSON.stringify(flow));
  return file(`${name}.json`);
}

const seisproc = (...args: string[]) => ["node", LAUNCH, ...args];

async function runFlow(flow: string, input: string): Promise<void> {
  await runProgram(seisproc("run", flow, "--input", file(input), "--workers", "2"), environment);
}

/** Seconds of a flow over the whole line, net of the same flow on one gather. */
async function netSeconds(
  name: string,
  processes: Processes,
  order: readonly string[] = [],
): Promise<number> {
  const flow = writeFlow(name, processes, order);
  const [start, whole] = await timeInTurn(RUNS, [
    () => runFlow(flow, "one.sgy"),
    () => runFlow(flow, "line.sgy"),
  ]);
  console.log(`  ${name}: ${show(whole)} of which start ${show(start)}`);
  return whole.median - start.median;
}

const show = ({ median, min, max }: Timing) =>
  `${median.toFixed(3)} s (${min.toFixed(3)} to ${max.toFixed(3)})`;
/** A goal that is an upper limit, and whether it was met; undefined: it cannot be told. */
const atMost = (limit: string, met?: boolean) =>
  `at most ${limit}${met === undefined ? "" : met ? ": pass" : ": short"}`;
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const percent = (ratio: number) => `${(100 * (ratio - 1)).toFixed(1)} %`;
const thousands = (rate: number) => `${Math.round(rate / 1000)} k traces/s`;

function row(
  work: string,
  rate: number,
  yardstick: string,
  yardstickRate: number | undefined,
  goal: number,
): void {
  rows.push({
    work,
    measured: thousands(rate),
    yardstick: yardstickRate === undefined
      ? `${yardstick}: not installed`
      : `${yardstick}: ${thousands(yardstickRate)}`,
    ratio: yardstickRate === undefined ? "-" : `${(rate / yardstickRate).toFixed(1)} x`,
    goal: yardstickRate === undefined
      ? `${goal} x`
      : `${goal} x: ${rate >= goal * yardstickRate ? "pass" : "short"}`,
  });
}

/** Undefined when Python or the module is not installed. */
async function pythonRate(module: string, program: string, ...args: string[]): Promise<number | undefined> {
  if (!await isInstalled([PYTHON, "-c", `import ${module}`])) return undefined;
  const rates: number[] = [];
  for (let run = 0; run < 3; run++) {
    rates.push(Number((await runProgram([PYTHON, "-c", program, ...args])).stdout.trim()));
  }
  return rates.sort((a, b) => a - b)[1];
}

async function benchmarkScan(): Promise<void> {
  const scan = (name: string) => async () =>
    void await runProgram(seisproc("scan", file(name), "--json"), environment);
  const [start, whole] = await timeInTurn(RUNS * 2, [scan("one.sgy"), scan("line.sgy")]);
  const net = whole.median - start.median;
  const segyio = await pythonRate("segyio", SEGYIO_FOUR_WORDS, file("line.sgy"));
  row("header scan, all standard words", TRACES / net, "segyio, four words", segyio, 5);
  const numpy = await pythonRate("numpy", NUMPY_ALL_WORDS, file("line.sgy"));
  row("the same", TRACES / net, "numpy, all words, minima, maxima", numpy, 2.5);
}

async function benchmarkFilters(): Promise<void> {
  plainBiquadRate(500, BENCHMARK_LINE.samplesPerTrace);
  const plain = plainBiquadRate(4000, BENCHMARK_LINE.samplesPerTrace);
  const bandpass = TRACES / await netSeconds("bandpass", BANDPASS);
  const scipy = await pythonRate("scipy", SCIPY_FILTER);
  const agc = TRACES / await netSeconds("agc", AGC);
  const plainName = "plain JavaScript biquads, one core", scipyName = "scipy sosfiltfilt alone";
  row("IBM SEG-Y, bandpass, IEEE SEG-Y", bandpass, scipyName, scipy, 6);
  row("the same", bandpass, plainName, plain, 2);
  row("the same with agc 500 ms", agc, scipyName, scipy, 5);
  row("the same", agc, plainName, plain, 1.5);
}

async function benchmarkSeismicUnix(): Promise<void> {
  // Its own format is made with numpy.
  const tools = await isInstalled([PYTHON, "-c", "import numpy"]) ? seismicUnix() : undefined;
  const times = tools ? await seismicUnixTimes(tools, file("line.sgy"), folder) : undefined;
  const deconvolution = TRACES / await netSeconds("deconvolution", DECONVOLUTION);
  const supef = times ? TRACES / times.supef : undefined;
  row("deconvolution, 91 coefficients", deconvolution, "supef", supef, 8);
  const stack = TRACES / await netSeconds("stack", STACK, ["cdp", "offset"]);
  row("sort, nmo, stack", stack, "susort, sunmo, sustack", times ? TRACES / times.stack : undefined, 4);
}

async function benchmarkCopy(): Promise<void> {
  const empty = await netSeconds("empty", []);
  const command = ["cp", file("line.sgy"), file("copy.sgy")];
  const copy = await isInstalled(command)
    ? await time(RUNS, async () => {
      fs.rmSync(file("copy.sgy"), { force: true });
      await runProgram(command);
    })
    : undefined;
  fs.rmSync(file("copy.sgy"), { force: true });
  rows.push({
    work: "copy through an empty flow",
    measured: `${empty.toFixed(3)} s`,
    yardstick: copy ? `cp: ${copy.median.toFixed(3)} s` : "cp: not installed",
    ratio: copy ? `${(empty / copy.median).toFixed(1)} x` : "-",
    goal: atMost("1.5 x", copy && empty / copy.median <= 1.5),
  });
}

async function benchmarkMemory(): Promise<void> {
  const flow = writeFlow("memory", AGC, ["cdp", "offset"]);
  const peak = (input: string) => peakTreeMemory(seisproc("run", flow, "--input", file(input)), environment);
  const once = await peak("line.sgy");
  rows.push({
    work: "peak memory of all processes",
    measured: megabytes(once),
    yardstick: "-",
    ratio: "-",
    goal: atMost("400 MB", once <= 400e6),
  });
  if (!LARGE) return;
  writeSyntheticLine(file("large.sgy"), { ...BENCHMARK_LINE, shots: BENCHMARK_LINE.shots * 8 });
  const large = await peak("large.sgy");
  rows.push({
    work: "the same, file eight times as large",
    measured: megabytes(large),
    yardstick: megabytes(once),
    ratio: `${(large / once).toFixed(2)} x`,
    goal: atMost("1.15 x", large / once <= 1.15),
  });
}

async function benchmarkJobs(): Promise<void> {
  const flow = writeFlow("share", AGC);
  const long = writeFlow("ten_seconds", await deconvolutionsOf(10));
  const share = await jobShare(long, environment, QUICK ? 1 : 3);
  rows.push({
    work: "job system's share of a job of 10 s",
    measured: `${share.manager.toFixed(3)} s`,
    yardstick: `runner alone: ${share.runner.toFixed(3)} s`,
    ratio: percent(share.manager / share.runner),
    goal: atMost("1 %", share.manager / share.runner <= 1.01),
  });
  const { often, never } = await checkpointCost(flow, environment, CHECKPOINT_MS, RUNS);
  rows.push({
    work: `a checkpoint every ${CHECKPOINT_MS} ms`,
    measured: `${often.toFixed(3)} s`,
    yardstick: `none on the way: ${never.toFixed(3)} s`,
    ratio: percent(often / never),
    goal: atMost("1 % every 5 s", often / never - 1 <= 0.01 * 5000 / CHECKPOINT_MS),
  });
  const times = QUICK ? 10 : 100;
  for (const [name, processes] of [["bandpass", BANDPASS], ["deconvolution", DECONVOLUTION]] as const) {
    const latencies = await jobLatencies(writeFlow(`latency_${name}`, processes), environment, times);
    for (const { verb, median, worst } of latencies) {
      rows.push({
        work: `${verb} in ${name}, until the cores are idle`,
        measured: `median ${median.toFixed(3)} s, worst of ${times} ${worst.toFixed(3)} s`,
        yardstick: "-",
        ratio: "-",
        goal: atMost("median 0.2 s, worst 1 s", median <= 0.2 && worst <= 1),
      });
    }
  }
}

/** As many deconvolutions as take about so long on this machine. */
async function deconvolutionsOf(seconds: number): Promise<Processes> {
  const once = await netSeconds("deconvolution", DECONVOLUTION);
  return Array.from({ length: Math.max(1, Math.ceil(seconds / Math.max(once, 0.1))) }, () => DECONVOLUTION)
    .flat();
}

/** What preflight says before, against what the job takes. */
async function benchmarkEstimate(): Promise<void> {
  const many = await deconvolutionsOf(6), times = many.length;
  const works: readonly (readonly [string, Processes, readonly string[]])[] = [
    [`${times} deconvolutions`, many, []],
    [`${times} deconvolutions, sort, nmo, stack`, [...many, ...STACK], ["cdp", "offset"]],
  ];
  for (const [work, processes, order] of works) {
    const { expected, taken } = await estimateAndTruth(writeFlow("estimate", processes, order), environment);
    const ratio = Math.max(expected / taken, taken / expected);
    rows.push({
      work: `estimate of ${work}`,
      measured: `${expected.toFixed(1)} s`,
      yardstick: `the job: ${taken.toFixed(1)} s`,
      ratio: `${ratio.toFixed(2)} x`,
      goal: `within 1.5 x: ${ratio <= 1.5 ? "pass" : "short"}`,
    });
  }
}

/** A row without a yardstick. */
function figure(work: string, measured: string, goal: string, met?: boolean): void {
  const verdict = met === undefined ? "" : met ? ": pass" : ": short";
  rows.push({ work, measured, yardstick: "-", ratio: "-", goal: goal + verdict });
}

async function benchmarkSidecar(): Promise<void> {
  const empty = file("empty workspace"), full = file("full workspace");
  fillWorkspace(full, JOB_FOLDERS);
  const folders = `${JOB_FOLDERS.toLocaleString("en")} job folders`;
  for (const [name, workspace] of [["an empty workspace", empty], [folders, full]]) {
    const { first, later } = await startSeconds(workspace, RUNS);
    figure(`start of the sidecar, ${name}`, show(later), "under 0.3 s", later.median < 0.3);
    if (workspace === full) figure("the same without an index", `${first.toFixed(3)} s`, "-");
    const { bytes, launcherBytes, ticks, seconds } = await idleCost(workspace, QUICK ? 5 : 20);
    const memory = `${megabytes(bytes)} and ${megabytes(launcherBytes)} of its launcher`;
    figure(
      `idle sidecar, ${name}`,
      `${memory}, ${ticks} ticks of 10 ms in ${seconds} s`,
      "under 60 MB, no CPU",
      bytes < 60e6 && ticks <= seconds / 10,
    );
  }
  const queue = await queueAtOnce(empty, writeFlow("queued", BANDPASS), file("one.sgy"), 20);
  figure(
    "20 jobs queued at once",
    `order ${queue.inOrder ? "right" : "WRONG"}, queued in ${queue.submitSeconds.toFixed(3)} s, memory ` +
      `${megabytes(queue.bytesBefore)} before, ${megabytes(queue.bytesAfter)} after`,
    "order right, memory flat",
    queue.inOrder && queue.bytesAfter <= queue.bytesBefore * 1.1,
  );
  const stream = await eventStream(file("stream workspace"), 1000, QUICK ? 3 : 20, 10);
  const least = Math.min(...stream.received);
  figure(
    "1,000 events/s to 10 readers",
    `${least} to ${Math.max(...stream.received)} of ${stream.sent}, at most ${stream.worstLagMs} ms late`,
    "none lost",
    least >= stream.sent,
  );
}

function printTable(): void {
  const columns = ["work", "measured", "yardstick", "ratio", "goal"] as const;
  const widths = columns.map((name) => Math.max(name.length, ...rows.map((one) => one[name].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
  console.log(line(columns));
  console.log(line(widths.map((width) => "-".repeat(width))));
  for (const one of rows) console.log(line(columns.map((name) => one[name])));
}

/** Two workers against one core of numpy, samples in memory. */
async function benchmarkProcesses(): Promise<void> {
  for (const work of PROCESS_WORKS) {
    const rate = 2 * processRate(work, RUNS);
    row(
      work.name,
      rate,
      "numpy or scipy, one core",
      await pythonRate("scipy", pythonProgram(work)),
      work.goal,
    );
  }
}

/** A flow on one gather, against the least that its three processes can take: node and twice Deno that do nothing. */
async function benchmarkStart(): Promise<void> {
  const flow = writeFlow("start", BANDPASS), nothing = file("nothing.ts");
  fs.writeFileSync(nothing, "");
  const bareDeno = () => runProgram([process.execPath, "run", "--no-prompt", "--no-config", nothing]);
  const [start, bare] = await timeInTurn(RUNS, [
    async () => void await runProgram(seisproc("run", flow, "--input", file("one.sgy")), environment),
    async () => {
      await runProgram(["node", "-e", "1"]);
      await bareDeno();
      await bareDeno();
    },
  ]);
  const ratio = start.median / bare.median;
  rows.push({
    work: "start: a flow on one gather",
    measured: show(start),
    yardstick: `node and twice Deno, bare: ${bare.median.toFixed(3)} s`,
    ratio: `${ratio.toFixed(1)} x`,
    goal: atMost("3 x", ratio <= 3),
  });
}

const GROUPS: Readonly<Record<string, () => Promise<void>>> = {
  start: benchmarkStart,
  scan: benchmarkScan,
  filters: benchmarkFilters,
  seismic_unix: benchmarkSeismicUnix,
  copy: benchmarkCopy,
  processes: benchmarkProcesses,
  memory: benchmarkMemory,
  jobs: benchmarkJobs,
  estimate: benchmarkEstimate,
  sidecar: benchmarkSidecar,
};

/** The group that `--only` names. */
function onlyGroup(): string | undefined {
  const { values } = parseArgs({
    options: { quick: { type: "boolean" }, large: { type: "boolean" }, only: { type: "string" } },
  });
  if (values.only === undefined || values.only in GROUPS) return values.only;
  const names = Object.keys(GROUPS).join(", ");
  throw new Error(`Cannot measure ${values.only}: expected one of ${names}: name one with --only`);
}

try {
  const only = onlyGroup();
  console.log(`${os.cpus().length} x ${os.cpus()[0].model.trim()}; ${RUNS} runs each, medians`);
  writeSyntheticLine(file("line.sgy"), BENCHMARK_LINE);
  writeSyntheticLine(file("one.sgy"), { ...BENCHMARK_LINE, shots: 1 });
  for (const [name, measure] of Object.entries(GROUPS)) {
    if (only === undefined || only === name) await measure();
  }
  printTable();
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
