/** Names of outputs from a pattern, such as `{name}_{flow}.sgy`: one for each input. */
import { fileName, folderOf, joinPath } from "./paths.ts";

export const DEFAULT_PATTERN = "{name}_{flow}.sgy";

/** `{name}` is the input's name without its ending. Beside the input, unless the pattern is a whole path. */
export function outputName(pattern: string, input: string, flow: string): string {
  const name = fileName(input).replace(/(.)\.[^.]+$/, "$1");
  const filled = pattern.trim().replaceAll("{name}", () => name)
    .replaceAll("{flow}", () => flow.replaceAll(/[\\/:*?"<>|]+/g, "_").trim());
  const isWhole = filled.startsWith("/") || /^[A-Za-z]:[\\/]|^\\\\/.test(filled);
  return isWhole ? filled : joinPath(folderOf(input), filled);
}

/** Places of the names that an earlier one has already. */
export function repeated(names: readonly string[]): ReadonlySet<number> {
  return new Set(names.flatMap((name, i) => names.indexOf(name) < i ? [i] : []));
}
