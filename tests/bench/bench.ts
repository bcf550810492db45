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

function timeFlow(flow: string, input: string): Promise<Timing> {
  return time(RUNS, () => runFlow(flow, input));
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
}

async function benchmarkFilters(): Promise<void> {
  plainBiquadRate(500, BENCHMARK_LINE.samplesPerTrace);
  const plain = plainBiquadRate(4000, BENCHMARK_LINE.samplesPerTrace);
  const bandpass = TRACES / await netSeconds("bandpass", BANDPASS);
  row("IBM SEG-Y, bandpass, IEEE SEG-Y", bandpass, "plain JavaScript biquads, one core", plain, 6.6);
  row("the same", bandpass, "scipy sosfiltfilt alone", await pythonRate("scipy", SCIPY_FILTER), 4);
  row(
    "the same with agc 500 ms",
    TRACES / await netSeconds("agc", AGC),
    "plain JavaScript biquads",
    plain,
    4,
  );
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
    goal: "at most 2 x",
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
    goal: "under 400 MB",
  });
  if (!LARGE) return;
  writeSyntheticLine(file("large.sgy"), { ...BENCHMARK_LINE, shots: BENCHMARK_LINE.shots * 8 });
  const large = await peak("large.sgy");
  rows.push({
    work: "the same, file eight times as large",
    measured: megabytes(large),
    yardstick: megabytes(once),
    ratio: `${(large / once).toFixed(2)} x`,
    goal: "at most 1.15 x",
  });
}

async function benchmarkJobs(): Promise<void> {
  const flow = writeFlow("share", AGC);
  const share = await jobShare(flow, environment, RUNS);
  rows.push({
    work: "job system's share of a run",
    measured: `${share.manager.toFixed(3)} s`,
    yardstick: `runner alone: ${share.runner.toFixed(3)} s`,
    ratio: percent(share.manager / share.runner),
    goal: "at most 1 %",
  });
  const { often, never } = await checkpointCost(flow, environment, 100, RUNS);
  rows.push({
    work: "a checkpoint every 100 ms",
    measured: `${often.toFixed(3)} s`,
    yardstick: `none on the way: ${never.toFixed(3)} s`,
    ratio: percent(often / never),
    goal: "at most 1 % every 5 s",
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
        goal: "median 0.2 s, worst 1 s",
      });
    }
  }
}

/** What preflight says before, against what the job takes; the net time of one deconvolution tells how many make it long. */
async function benchmarkEstimate(): Promise<void> {
  const once = await netSeconds("deconvolution", DECONVOLUTION);
  const times = Math.max(1, Math.ceil(6 / Math.max(once, 0.1)));
  const many = Array.from({ length: times }, () => DECONVOLUTION).flat();
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
function figure(work: string, measured: string, goal: string): void {
  rows.push({ work, measured, yardstick: "-", ratio: "-", goal });
}

async function benchmarkSidecar(): Promise<void> {
  const empty = file("empty workspace"), full = file("full workspace");
  fillWorkspace(full, JOB_FOLDERS);
  const folders = `${JOB_FOLDERS.toLocaleString("en")} job folders`;
  for (const [name, workspace] of [["an empty workspace", empty], [folders, full]]) {
    const { first, later } = await startSeconds(workspace, RUNS);
    figure(`start of the sidecar, ${name}`, show(later), "under 0.3 s");
    if (workspace === full) figure("the same without an index", `${first.toFixed(3)} s`, "-");
    const { bytes, launcherBytes, ticks, seconds } = await idleCost(workspace, QUICK ? 5 : 20);
    const memory = `${megabytes(bytes)} and ${megabytes(launcherBytes)} of its launcher`;
    figure(
      `idle sidecar, ${name}`,
      `${memory}, ${ticks} ticks of 10 ms in ${seconds} s`,
      "under 60 MB, no CPU",
    );
  }
  const queue = await queueAtOnce(empty, writeFlow("queued", BANDPASS), file("one.sgy"), 20);
  figure(
    "20 jobs queued at once",
    `order ${queue.inOrder ? "right" : "WRONG"}, queued in ${queue.submitSeconds.toFixed(3)} s, memory ` +
      `${megabytes(queue.bytesBefore)} before, ${megabytes(queue.bytesAfter)} after`,
    "order right, memory flat",
  );
  const stream = await eventStream(file("stream workspace"), 1000, QUICK ? 3 : 20, 10);
  const least = Math.min(...stream.received);
  figure(
    "1,000 events/s to 10 readers",
    `${least} to ${Math.max(...stream.received)} of ${stream.sent}, at most ${stream.worstLagMs} ms late`,
    "none lost",
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

async function benchmarkStart(): Promise<void> {
  figure("start", show(await timeFlow(writeFlow("start", BANDPASS), "one.sgy")), "at most 0.5 s");
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
