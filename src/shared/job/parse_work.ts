/** The parser of what a job is asked to do. */
import { SeisProcError } from "../errors.ts";
import { parseFlow } from "../flow/parse_flow.ts";
import { isRecord } from "../is_record.ts";
import { shown } from "../shown.ts";
import { WORD_BYTES, type WordType } from "../seismic/trace_header.ts";
import type { RunnerOptions, Work } from "./work.ts";
import type { WordMapping } from "../seismic/word_mapping.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Parses the `work` of a job folder or of a command. @throws SeisProcError `protocol` or what `parseFlow` throws */
export function parseWork(value: unknown): Work {
  const fields = record(value, "work");
  const map = parseMap(fields.map ?? []);
  const options = parseOptions(fields.options ?? {});
  if (fields.kind === "header_scan") {
    return {
      kind: "header_scan",
      input: text(fields.input, "input"),
      to: text(fields.to, "to"),
      map,
      options,
    };
  }
  if (fields.kind !== "flow") throw wrong("kind", "flow or header_scan", fields.kind);
  if (fields.onError !== "fail" && fields.onError !== "skip") {
    throw wrong("onError", "fail or skip", fields.onError);
  }
  const littleEndian = fields.littleEndian === true;
  return { kind: "flow", flow: parseFlow(fields.flow), onError: fields.onError, map, littleEndian, options };
}

function parseMap(value: unknown): WordMapping[] {
  if (!Array.isArray(value)) throw wrong("map", "a list of header words", value);
  return value.map((one, i) => {
    const { name, byte, type } = record(one, `map[${i}]`);
    if (typeof byte !== "number" || !isWordType(type)) throw wrong(`map[${i}]`, "name, byte and type", one);
    return { name: text(name, `map[${i}].name`), byte, type };
  });
}

function isWordType(value: unknown): value is WordType {
  return typeof value === "string" && Object.hasOwn(WORD_BYTES, value);
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
  const reason = `${where}: expected ${expected}, found ${shown(found)}`;
  return new SeisProcError("protocol", `Cannot read the work of a job: ${reason}`, { reason });
}
