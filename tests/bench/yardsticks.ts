/** What SeisProc is measured against: plain loops in this language and programs that may be installed. */
import fs from "node:fs";
import process from "node:process";
import { runProgram, time } from "./measure.ts";

/** Second-order sections b0 b1 b2 a1 a2 of the 8 to 60 Hz order-4 band-pass at 4 ms (scipy `butter`, `sos`). */
const SECTIONS = [
  [0.009257, 0.018514, 0.009257, -0.2553, 0.1086],
  [1, 2, 1, -0.1573, 0.5265],
  [1, -2, 1, -1.6543, 0.7044],
  [1, -2, 1, -1.8465, 0.8923],
];

/**
 * Traces a second of a plain f64 biquad cascade, forward and backward, one core, `traces` traces of `n` samples: as fast
 * as this language gets, all sections in one pass with their states in locals.
 */
export function plainBiquadRate(traces: number, n: number): number {
  const input = Float32Array.from({ length: n }, (_, i) => Math.sin(i * 0.37) * Math.exp(-i / 700));
  const trace = new Float64Array(n), coefficients = Float64Array.from(SECTIONS.flat());
  let guard = 0;
  const start = performance.now();
  for (let k = 0; k < traces; k++) {
    trace.set(input);
    filter(trace, coefficients, 0, n, 1);
    filter(trace, coefficients, n - 1, -1, -1);
    guard += trace[n >> 1];
  }
  const seconds = (performance.now() - start) / 1000;
  if (!Number.isFinite(guard)) throw new Error("the plain loop diverged");
  return traces / seconds;
}

/** Samples from `first` on until `end`; four sections of b0 b1 b2 a1 a2, written out since a loop over them is slower. */
function filter(x: Float64Array, c: Float64Array, first: number, end: number, step: number): void {
  const p0 = c[0], p1 = c[1], p2 = c[2], p3 = c[3], p4 = c[4];
  const q0 = c[5], q1 = c[6], q2 = c[7], q3 = c[8], q4 = c[9];
  const r0 = c[10], r1 = c[11], r2 = c[12], r3 = c[13], r4 = c[14];
  const t0 = c[15], t1 = c[16], t2 = c[17], t3 = c[18], t4 = c[19];
  let pa = 0, pb = 0, qa = 0, qb = 0, ra = 0, rb = 0, ta = 0, tb = 0;
  for (let i = first; i !== end; i += step) {
    const x0 = x[i];
    const x1 = p0 * x0 + pa;
    pa = p1 * x0 - p3 * x1 + pb;
    pb = p2 * x0 - p4 * x1;
    const x2 = q0 * x1 + qa;
    qa = q1 * x1 - q3 * x2 + qb;
    qb = q2 * x1 - q4 * x2;
    const x3 = r0 * x2 + ra;
    ra = r1 * x2 - r3 * x3 + rb;
    rb = r2 * x2 - r4 * x3;
    const x4 = t0 * x3 + ta;
    ta = t1 * x3 - t3 * x4 + tb;
    tb = t2 * x3 - t4 * x4;
    x[i] = x4;
  }
}

/** Python programs of the yardsticks; each prints seconds for the number of traces that it names. */
export const SCIPY_FILTER = `
import numpy, time
from scipy.signal import butter, sosfiltfilt
sos = butter(4, [8, 60], "bandpass", fs=250, output="sos")
x = numpy.random.default_rng(1).standard_normal((4800, 1501)).astype(numpy.float32)
sosfiltfilt(sos, x[:100])
start = time.perf_counter()
sosfiltfilt(sos, x)
print(4800 / (time.perf_counter() - start))
`;

export const SEGYIO_FOUR_WORDS = `
import segyio, sys, time
start = time.perf_counter()
with segyio.open(sys.argv[1], ignore_geometry=True) as f:
    for word in (9, 13, 21, 37):
        f.attributes(word)[:]
    n = f.tracecount
print(n / (time.perf_counter() - start))
`;

/** Every header word of every trace into columns of one type, in pieces as large as a cache, each with its least and most. */
export const NUMPY_ALL_WORDS = `
import numpy, sys, time
start = time.perf_counter()
long = list(range(1, 29, 4)) + list(range(37, 69, 4)) + list(range(73, 89, 4)) + list(range(181, 201, 4))
short = list(range(29, 37, 2)) + [69, 71] + list(range(89, 181, 2))
fields = [(f"w{byte}", size, byte - 1) for byte, size in [(i, ">i4") for i in long] + [(i, ">i2") for i in short]]
names, formats, offsets = zip(*fields)
record = numpy.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": 240 + 4 * 1501})
traces = numpy.memmap(sys.argv[1], dtype=record, mode="r", offset=3600)
n = len(traces)
columns = {name: numpy.empty(n, numpy.int32) for name in names}
for first in range(0, n, 4096):
    part = traces[first:first + 4096]
    for name in names: columns[name][first:first + 4096] = part[name]
limits = {name: (column.min(), column.max()) for name, column in columns.items()}
print(n / (time.perf_counter() - start))
`;

/** The tools of Seismic Unix that the yardsticks use, in the folder of CWPROOT or on the path. */
export function seismicUnix(): string | undefined {
  const folders = [
    process.env.CWPROOT && `${process.env.CWPROOT}/bin`,
    ...(process.env.PATH ?? "").split(":"),
  ];
  return folders.find((folder) =>
    folder && fs.existsSync(`${folder}/sunmo`) && fs.existsSync(`${folder}/segyread`)
  );
}

/** Turns SEG-Y into Seismic Unix' own format: native IEEE floats behind native trace headers, no file headers. */
const SEGY_TO_SU = `
import numpy, sys
raw = numpy.fromfile(sys.argv[1], dtype=numpy.uint8)[3600:].reshape(-1, 240 + 4 * 1501)
head = raw[:, :240].copy()
for byte, size in [(i, 4) for i in list(range(1, 29, 4)) + list(range(37, 69, 4)) + list(range(73, 89, 4))] + [
        (i, 2) for i in list(range(29, 37, 2)) + [69, 71] + list(range(89, 181, 2))]:
    head[:, byte - 1:byte - 1 + size] = head[:, byte - 1:byte - 1 + size][:, ::-1]
bits = raw[:, 240:].copy().view(">u4").astype(numpy.uint32)
value = (bits & 0xffffff).astype(numpy.float64) / 0x1000000 * 16.0 ** (((bits >> 24) & 0x7f).astype(numpy.int32) - 64)
value = numpy.where(bits >> 31, -value, value).astype("<f4")
numpy.concatenate([head, value.view(numpy.uint8)], axis=1).tofile(sys.argv[2])
`;

/** Seconds of Seismic Unix for the same work as the flows, from and to its own format in files. */
export async function seismicUnixTimes(
  tools: string,
  line: string,
  folder: string,
): Promise<{ supef: number; stack: number }> {
  const su = `${folder}/line.su`;
  await runProgram(["/usr/bin/python3", "-c", SEGY_TO_SU, line, su]);
  const shell = (command: string) =>
    time(
      3,
      async () => void await runProgram(["sh", "-c", command], { PATH: `${tools}:${process.env.PATH}` }),
    );
  const supef = await shell(`supef minlag=.02 maxlag=.38 pnoise=.001 < '${su}' > '${folder}/pef.su'`);
  const stack = await shell(
    `susort < '${su}' cdp offset | sunmo tnmo=0,1,3 vnmo=1700,1950,2600 | sustack > '${folder}/stack.su'`,
  );
  for (const name of ["line.su", "pef.su", "stack.su"]) fs.rmSync(`${folder}/${name}`, { force: true });
  return { supef: supef.median, stack: stack.median };
}
