/** Requests for traces and spectra, and the binary form of their answers. */
import type { FlowStep } from "../flow/flow.ts";
import { isRecord } from "../is_record.ts";
import { isNumber } from "../job/parse.ts";
import { parseLine } from "./json_lines.ts";
import type { GatherOrder } from "./commands.ts";
import { gatherOrder } from "./parse_commands.ts";
import { choice, document, list, maybe, type Parser, refused, shape, text, whole } from "./parse_fields.ts";
import { SeisProcError } from "../errors.ts";

export const PANELS = ["input", "processed", "noise"] as const;
export type PanelName = typeof PANELS[number];

/** Which traces, through which processes. */
export interface TraceWindow extends GatherOrder {
  /**
   * The gather by number from 0; absent: the run of traces below. `first`: from trace 1 until `key` changes, at most
   * 500 traces, without an index and so at once.
   */
  readonly gather?: number | "first";
  /** First trace from 0, in the order asked for, within the gather if one is named. */
  readonly firstTrace?: number;
  readonly traces?: number;
  /**
   * First sample and how many, counted from the start of the survey's first trace (`startMs` of its description) in the
   * survey's interval; below zero where traces begin earlier. Absent: from the earliest start of the traces on, to their
   * latest end.
   */
  readonly firstSample?: number;
  readonly samples?: number;
  /** The flow to look through, with no job; `input` needs none. */
  readonly processes?: readonly FlowStep[];
  /** Which panels; `input` unless told. */
  readonly panels?: readonly PanelName[];
}

export interface GatherRequest extends TraceWindow {
  /** At most so many columns and rows: more are reduced to minimum and maximum, so that peaks survive. */
  readonly columns?: number;
  readonly rows?: number;
  /** Header words to send for each trace, with their scalars applied. */
  readonly words?: readonly string[];
  /** Of a flow that stacks: so many gathers before and after `gather` as well, one processed trace each. */
  readonly neighbours?: number;
}

export type SpectrumRequest = TraceWindow;

/** The percents of the samples' magnitudes that a reduced panel tells. */
export const QUANTILES = [50, 75, 90, 95, 98, 99, 99.5, 99.9, 100] as const;

/** At most so many floats go into an answer; panels that would take more are reduced further. */
export const MOST_FLOATS = 64 << 20;

/** A trace that the processes could not take: it is NaN in what is processed. */
export interface FailedTrace {
  /** From 0, within the panel. */
  readonly trace: number;
  readonly reason: string;
}

/**
 * A panel in the floats behind the header. `traces`: `[column][row]`. `envelope`: `[column][2][row]`, minima and then
 * maxima over `tracesPerColumn` traces and `samplesPerRow` samples. `spectrum`: one amplitude a row.
 */
export interface PanelHeader {
  readonly panel: PanelName;
  readonly kind: "traces" | "envelope" | "spectrum";
  /** First float of the panel. */
  readonly offset: number;
  readonly columns: number;
  readonly rows: number;
  readonly tracesPerColumn: number;
  readonly samplesPerRow: number;
  /** Traces and samples before the reduction. */
  readonly traces: number;
  readonly samples: number;
  /** Time of the first row. Each trace lies at its own times, zero where it was not recorded. */
  readonly startMs: number;
  /** All that could be shown of these traces: from the earliest start to the latest end. */
  readonly axis: { readonly startMs: number; readonly samples: number };
  /** When each of `traces` begins; absent where all begin together. */
  readonly startsMs?: readonly number[];
  /** From one sample to the next before the reduction. */
  readonly intervalUs: number;
  /** Hertz from one row of a spectrum to the next. */
  readonly stepHz?: number;
  /** Samples that are NaN or infinite: as they are in traces, and NaN in every place of an envelope that has one. */
  readonly notFinite: number;
  /** The largest magnitude and the root of the mean square over all samples of the panel. */
  readonly peak: number;
  readonly rms: number;
  /** Of envelopes: for each of `QUANTILES` the magnitude that so many percent of the finite samples do not exceed. */
  readonly quantiles?: readonly number[];
  /**
   * Where floats say of each of `traces` which sample is the first that is not zero, and then of each which is the last:
   * counted from the panel's first sample, also of samples outside of the window; NaN for dead traces.
   */
  readonly live?: number;
  /** Traces that the processes could not take. */
  readonly failed?: readonly FailedTrace[];
  /** Of a stack with its neighbours: the gather of the first trace, and which trace is that of the gather asked for. */
  readonly gathers?: { readonly first: number; readonly present: number };
  /** Header words by name, one value for each of `traces`. */
  readonly words: Readonly<Record<string, readonly number[]>>;
}

export interface PanelsHeader {
  readonly panels: readonly PanelHeader[];
  /** Traces of the gather or survey that could have been asked for. */
  readonly tracesThere: number;
  /** Changes when the survey changes on disk. */
  readonly stamp: string;
  /** Panels that were asked for and cannot be, such as the noise of a flow that changes the shape of traces. */
  readonly absent?: readonly { readonly panel: PanelName; readonly reason: string }[];
  /** The panels were reduced further than was asked for, see `MOST_FLOATS`. */
  readonly reducedFurther?: true;
  /** Of a first gather: the word whose value stays the same, or null when none tells, and whether it may go on. */
  readonly first?: { readonly key: string | null; readonly value: number | null; readonly cut: boolean };
}

const step: Parser<FlowStep> = (value, where) => {
  const parsed = shape<{ process: string; parameters?: unknown }>({
    process: text(64),
    parameters: maybe(document),
  })(value, where);
  const parameters = parsed.parameters ?? {};
  if (!isRecord(parameters)) throw refused(`${where}.parameters`, "an object", parameters);
  return { process: parsed.process, parameters };
};

const MOST = 2 ** 40;
const gatherNumber: Parser<number | "first"> = (value, where) =>
  value === "first" ? value : whole(0, MOST)(value, where);
const traceWindow = {
  ...gatherOrder,
  gather: maybe(gatherNumber),
  firstTrace: maybe(whole(0, MOST)),
  traces: maybe(whole(1, 1_000_000)),
  firstSample: maybe(whole(-MOST, MOST)),
  samples: maybe(whole(1, MOST)),
  processes: maybe(list(step, 64)),
  panels: maybe(list(choice(PANELS), 3)),
};

/** @throws SeisProcError `protocol` */
export function parseGatherRequest(value: unknown): GatherRequest {
  return shape<GatherRequest>({
    ...traceWindow,
    columns: maybe(whole(1, 16_384)),
    rows: maybe(whole(1, 16_384)),
    words: maybe(list(text(64), 16)),
    neighbours: maybe(whole(0, 100)),
  })(value, "");
}

/** @throws SeisProcError `protocol` */
export function parseSpectrumRequest(value: unknown): SpectrumRequest {
  return shape<SpectrumRequest>(traceWindow)(value, "");
}

/** `SPP1`. */
const MAGIC = 0x31505053;

/** Bytes 0-3 `SPP1`, 4-7 length of the header (uint32 little-endian), the header, then float32 little-endian. */
export function encodePanels(header: PanelsHeader, data: Float32Array): Uint8Array<ArrayBuffer> {
  const json = JSON.stringify(header);
  const plain = new TextEncoder().encode(json);
  const padded = Math.ceil((plain.length + 8) / 8) * 8 - 8;
  const bytes = new Uint8Array(8 + padded + data.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, padded, true);
  bytes.fill(32, 8, 8 + padded);
  bytes.set(plain, 8);
  new Float32Array(bytes.buffer, 8 + padded).set(data);
  return bytes;
}

/**
 * Views into the bytes of an answer.
 * @throws SeisProcError `protocol`
 */
export function decodePanels(buffer: ArrayBuffer): { header: PanelsHeader; data: Float32Array } {
  const view = new DataView(buffer);
  const length = buffer.byteLength >= 8 && view.getUint32(0, true) === MAGIC ? view.getUint32(4, true) : -1;
  if (length < 0 || 8 + length > buffer.byteLength) {
    throw notPanels("it does not begin with SPP1 and a header");
  }
  const header = parseLine(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  if (!isPanelsHeader(header)) throw notPanels("its header is not one of panels");
  const data = new Float32Array(buffer, 8 + length);
  const needed = header.panels.reduce((most, panel) => Math.max(most, panel.offset + floatsOf(panel)), 0);
  if (needed > data.length) throw notPanels(`${needed} floats are announced and ${data.length} are there`);
  return { header, data };
}

type Sized = Pick<PanelHeader, "kind" | "columns" | "rows" | "traces" | "live">;

export function floatsOf({ kind, columns, rows, traces, live }: Sized): number {
  return columns * rows * (kind === "envelope" ? 2 : 1) + (live === undefined ? 0 : 2 * traces);
}

function isPanelsHeader(value: unknown): value is PanelsHeader {
  return isRecord(value) && isNumber(value.tracesThere) && Array.isArray(value.panels) &&
    value.panels.every((panel) => isRecord(panel) && isNumber(panel.offset) && isNumber(panel.columns));
}

function notPanels(reason: string): SeisProcError<"protocol"> {
  return new SeisProcError("protocol", `Cannot read the traces: expected panels, found that ${reason}`, {
    reason,
  });
}
