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

/** Traces a second of a plain f64 biquad cascade, forward and backward, one core, `traces` traces of `n` samples. */
export function plainBiquadRate(traces: number, n: number): number {
  const input = Float32Array.from({ length: n }, (_, i) => Math.sin(i * 0.37) * Math.exp(-i / 700));
  const trace = new Float64Array(n);
  let guard = 0;
  const start = performance.now();
  for (let k = 0; k < traces; k++) {
    trace.set(input);
    for (const section of SECTIONS) filterForward(trace, section);
    for (const section of SECTIONS) filterBackward(trace, section);
    guard += trace[n >> 1];
  }
  const seconds = (performance.now() - start) / 1000;
  if (!Number.isFinite(guard)) throw new Error("the plain loop diverged");
  return traces / seconds;
}

function filterForward(x: Float64Array, [b0, b1, b2, a1, a2]: readonly number[]): void {
  let s1 = 0, s2 = 0;
  for (let i = 0; i < x.length; i++) {
    const value = x[i];
    const y = b0 * value + s1;
    s1 = b1 * value - a1 * y + s2;
    s2 = b2 * value - a2 * y;
    x[i] = y;
  }
}

function filterBackward(x: Float64Array, [b0, b1, b2, a1, a2]: readonly number[]): void {
  let s1 = 0, s2 = 0;
  for (let i = x.length - 1; i >= 0; i--) {
    const value = x[i];
    const y = b0 * value + s1;
    s1 = b1 * value - a1 * y + s2;
    s2 = b2 * value - a2 * y;
    x[i] = y;
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
