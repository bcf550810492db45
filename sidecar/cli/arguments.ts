/** Options of a command line, parsed, with errors that say what was expected. */
import { parseArgs } from "node:util";
import { SeisProcError } from "../../src/shared/errors.ts";
import { cut } from "../../src/shared/shown.ts";

/** Options of a command: `true` takes a value, `false` is a switch, `"many"` takes a value and may be repeated. */
type OptionKinds = Readonly<Record<string, boolean | "many">>;

type Options<K extends OptionKinds> = {
  readonly [N in keyof K]: K[N] extends "many" ? readonly string[]
    : K[N] extends true ? string | undefined
    : boolean;
};

export interface Arguments<K extends OptionKinds> {
  readonly positionals: readonly string[];
  readonly options: Options<K>;
}

/** Parses a command's arguments; what is not known is wrong usage. */
export function parseArguments<const K extends OptionKinds>(
  command: string,
  args: string[],
  kinds: K,
): Arguments<K> {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === false ? "boolean" : "string", multiple: kind === "many" } as const,
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    const parsed = Object.fromEntries(
      Object.entries(kinds).map((
        [name, kind],
      ) => [name, values[name] ?? (kind === "many" ? [] : kind ? undefined : false)]),
    );
    return { positionals, options: parsed as Options<K> };
  } catch (cause) {
    const what = cause instanceof Error ? cause.message.split(". ")[0] : String(cause);
    throw usage(command, what, undefined, cause);
  }
}

/** Exactly one positional argument. */
export function onlyPositional(command: string, positionals: readonly string[], what: string): string {
  if (positionals.length === 1) return positionals[0];
  const found = positionals.length === 0 ? "none" : cut(positionals.join(" "));
  throw usage(command, `expected one ${what}, found ${found}`);
}

export function requiredOption(command: string, name: string, value: string | undefined): string {
  if (value !== undefined && value !== "") return value;
  throw usage(command, `expected --${name}, found none`, name);
}

export function countOption(command: string, name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= 256) return count;
  throw usage(command, `expected --${name} from 1 to 256, found ${cut(value)}`, name);
}

export function choiceOption<const C extends string>(
  command: string,
  name: string,
  value: string | undefined,
  choices: readonly C[],
): C | undefined {
  if (value === undefined) return undefined;
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw usage(command, `expected --${name} ${choices.join("|")}, found ${cut(value)}`, name);
}

export function usage(
  command: string,
  what: string,
  argument?: string,
  cause?: unknown,
): SeisProcError<"usage"> {
  const message = `Cannot run seisproc ${command}: ${what}: see seisproc ${command} --help`;
  return new SeisProcError("usage", message, argument === undefined ? {} : { argument }, cause);
}
