/** `seisproc text FILE`: the text header or the binary header alone, or a copy of the file with another text header. */
import path from "node:path";
import { BINARY_FIELDS } from "../../../src/shared/seismic/binary_header.ts";
import type { Reading } from "../../../src/shared/seismic/reading.ts";
import { SeisProcError } from "../../../src/shared/errors.ts";
import { lookAt } from "../../files/file_kind.ts";
import { type FileTexts, readFileTexts } from "../../dataset/file_texts.ts";
import { BinaryHeader } from "../../segy/format/binary_header.ts";
import { onlyPositional, parseArguments, usage } from "../arguments.ts";
import { EXIT } from "../exit_status.ts";
import { READING_OPTIONS, readingOption } from "../reading_options.ts";
import { say, sayJson } from "../terminal.ts";

/** `seisproc text FILE [--binary] [--extended] [--json]`, `seisproc text FILE --set NEW.txt [--to COPY]` */
export async function text(args: string[]): Promise<number> {
  const { positionals, options } = parseArguments("text", args, {
    binary: false,
    extended: false,
    set: true,
    to: true,
    ...READING_OPTIONS,
    json: false,
  });
  const file = path.resolve(onlyPositional("text", positionals, "SEG-Y file or dataset"));
  const read = readingOption(options);
  if (options.set !== undefined) {
    if (options.binary || options.extended) {
      throw usage("text", "expected --set alone, found --binary or --extended");
    }
    return await setText({ file, text: options.set, to: copyOf(file, options.to), read, json: options.json });
  }
  if (options.to !== undefined) throw usage("text", "expected --set with --to, found none", "set");
  print(readFileTexts(file, read), options);
  return EXIT.completed;
}

interface Shown {
  readonly binary: boolean;
  readonly extended: boolean;
  readonly json: boolean;
}

function print(texts: FileTexts, { binary, extended, json }: Shown): void {
  const [main, ...pages] = texts.textHeaders;
  if (texts.binaryHeader === undefined) throw noText(texts.name);
  const fields = binary ? fieldsOf(texts.binaryHeader) : undefined;
  const both = binary || extended;
  if (json) {
    sayJson({
      ...(!both && { text: main }),
      ...(fields && { binary: Object.fromEntries(fields) }),
      ...(extended && { extended: pages }),
    });
    return;
  }
  if (!both) sayLines(main);
  for (const [name, value] of fields ?? []) say(`${name.padEnd(12)} ${value}`);
  if (!extended) return;
  pages.forEach((page, i) => {
    if (i > 0 || binary) say("");
    sayLines(page);
  });
}

function sayLines(lines: readonly string[]): void {
  for (const line of lines) say(line.trimEnd());
}

function fieldsOf(bytes: Uint8Array): [string, number][] {
  const header = new BinaryHeader(bytes);
  return BINARY_FIELDS.map(({ name }) => [name, header.get(name)]);
}

function noText(name: string): SeisProcError<"not-segy"> {
  const reason = "expected a file with headers before its traces, found a Seismic Unix file, which has none";
  return new SeisProcError("not-segy", `Cannot show the headers of ${name}: ${reason}`, {
    file: name,
    reason,
  });
}

/** Where the copy goes: as it is told, else beside the file under a name that is free. */
function copyOf(file: string, to: string | undefined): string {
  if (to !== undefined) return path.resolve(to);
  const { dir, name, ext } = path.parse(file);
  const beside = path.join(dir, `${name}.text${ext}`);
  if (!lookAt(beside)) return beside;
  const message = `Cannot write ${beside}: expected no such file, found one: name the copy with --to`;
  throw new SeisProcError("output-exists", message, { file: beside });
}

interface TextCopy {
  readonly file: string;
  /** The file with the new text header. */
  readonly text: string;
  readonly to: string;
  readonly read: Reading;
  readonly json: boolean;
}

async function setText({ file, text, to, read, json }: TextCopy): Promise<number> {
  const { readTextHeaderFile } = await import("../../flow/document/text_header_file.ts");
  const { refuseFlowFiles } = await import("../../flow/output_paths.ts");
  const { copyWithText } = await import("../../flow/document/text_copy.ts");
  const { runParallelProcessing } = await import("../../jobs/processing_api.ts");
  const { runAndShow } = await import("../follow/follow_job.ts");
  const source = path.resolve(text);
  const flow = copyWithText(file, readTextHeaderFile(source), to, read);
  refuseFlowFiles(flow.output, [{ file: source, what: "the file with its text header" }]);
  return await runAndShow(json, (manager, run) => runParallelProcessing(manager, { flow }, run));
}
