/** Names of what a job makes beside the output that was asked for. */
import path from "node:path";

/** Where an output, a file or a folder, lies until all of it is on disk. */
export function partPath(output: string): string {
  return `${output}.part`;
}

/** The file beside a partial output that is locked by the runner that writes it and names its job. */
export function partialLock(part: string): string {
  return `${part}.lock`;
}

/** Where a folder lies that an output replaces, until the new one stands. */
export function replacedPath(output: string): string {
  return `${partPath(output)}.old`;
}

/** The output and every name that the program makes up for it. */
export function touchedNames(output: string): string[] {
  return [output, partPath(output), partialLock(partPath(output)), replacedPath(output)];
}

/** The second output of mode `both`: `line.sgy` to `line.noise.sgy`. */
export function noisePath(file: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}.noise${ext}`);
}
