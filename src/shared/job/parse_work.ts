/** The parser of what a job is asked to do. */
import { SeisProcError } from "../errors.ts";
import type { Flow } from "../flow/flow.ts";
import { parseFlow } from "../flow/parse_flow.ts";
import { isRecord } from "../is_record.ts";
import { shown } from "../shown.ts";
import type { RunnerOptions, Work } from "./work.ts";
import { mergedReading, type Reading, readingOf } from "../seismic/reading.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Parses the `work` of a job folder or of a command. @throws SeisProcError `protocol` or what `parseFlow` throws */
export function parseWork(value: unknown): Work {
  const fields = record(value, "work");
  const options = parseOptions(fields.options ?? {});
  if (fields.kind === "header_scan") {
    return {
      kind: "header_scan",
      input: text(fields.input, "input"),
      to: text(fields.to, "to"),
      read: mergedReading(parseReading({ map: fields.map }), parseReading(fields.read ?? {})),
      options,
    };
  }
  if (fields.kind !== "flow") throw wrong("kind", "flow or header_scan", fields.kind);
  if (fields.onError !== "fail" && fields.onError !== "skip") {
    throw wrong("onError", "fail or skip", fields.onError);
  }
  return { kind: "flow", flow: parseWorkFlow(fields), onError: fields.onError, options };
}

/** Jobs of earlier versions keep the map and the byte order of the output beside the flow. */
function parseWorkFlow({ flow, map, littleEndian }: Fields): Flow {
  const parsed = parseFlow(flow, { read: parseReading({ map }) });
  if (littleEndian !== true) return parsed;
  return { ...parsed, output: { ...parsed.output, endian: "little" } };
}

function parseReading(value: unknown): Reading {
  return readingOf(record(value, "read"), (field, why) => refused(`read.${field}: ${why}`));
}

function parseOptions(value: unknown): RunnerOptions {
  const { workers, memoryMB, checkpointMs } = record(value, "options");
  return {
    ...positive("workers", workers),
    ...positive("memoryMB", memoryMB),
    ...positive("checkpointMs", checkpointMs),
  };
}

function positive<const N extends string>(
  name: N,
  value: unknown,
): { [K in N]?: number } | Record<never, never> {
  if (value === undefined) return {};
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return { [name]: value };
  throw wrong(`options.${name}`, "a positive whole number", value);
}

function record(value: unknown, where: string): Fields {
  if (isRecord(value)) return value;
  throw wrong(where, "an object", value);
}

function text(value: unknown, where: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw wrong(where, "a text", value);
}

function wrong(where: string, expected: string, found: unknown): SeisProcError<"protocol"> {
  return refused(`${where}: expected ${expected}, found ${shown(found)}`);
}

function refused(reason: string): SeisProcError<"protocol"> {
  return new SeisProcError("protocol", `Cannot read the work of a job: ${reason}`, { reason });
}
