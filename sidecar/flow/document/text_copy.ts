/** A flow that copies a file under another text header, with samples as they are stored. */
import path from "node:path";
import type { Flow, OutputFormat } from "../../../src/shared/flow/flow.ts";
import type { Reading } from "../../../src/shared/seismic/reading.ts";
import { OUTPUT_FORMAT_CODES } from "../../../src/shared/seismic/sample_formats.ts";
import { openDataset } from "../../dataset/open_source.ts";

/** @throws what opening the input throws */
export function copyWithText(input: string, text: readonly string[], to: string, read: Reading): Flow {
  const source = openDataset(input, read);
  source.close();
  const { plan, description } = source;
  const little = plan.kind === "segy" && plan.layout.byteOrder === "little";
  return {
    seisproc: 1,
    name: `Text of ${path.basename(input)}`,
    input: { path: input, order: [], ...(Object.keys(read).length > 0 && { read }) },
    processes: [],
    output: {
      path: to,
      format: formatOf(description.sampleFormat),
      mode: "processed",
      ...(little && { endian: "little" as const }),
      text,
    },
  };
}

/** The format of the input where it can be written, else IEEE floats. */
function formatOf(code: number): OutputFormat {
  const formats: OutputFormat[] = ["ieee", "ibm", "int32", "int16", "int8"];
  return formats.find((format) => OUTPUT_FORMAT_CODES[format] === code) ?? "ieee";
}
