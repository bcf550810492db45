import path from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const here = path.dirname(fileURLToPath(import.meta.url));

const OPTIONS = [
  "-O3",
  "--noAssert",
  "--runtime",
  "stub",
  "--enable",
  "simd",
  "--enable",
  "threads",
  "--importMemory",
  "--sharedMemory",
  "--initialMemory",
  "1",
  "--maximumMemory",
  "65536",
];

/** Compiles one AssemblyScript source into a WebAssembly file. */
export async function compileKernel(source, target) {
  const { error, stderr } = await asc.main([
    path.relative(here, source),
    "-o",
    path.relative(here, target),
    "--baseDir",
    here,
    ...OPTIONS,
  ]);
  if (error) throw new Error(`Cannot compile ${path.relative(here, source)}:\n${stderr.toString()}`);
}
