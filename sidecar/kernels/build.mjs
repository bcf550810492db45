/**
 * Compiles every AssemblyScript kernel of assembly/ into build/<name>.wasm; what is newer than its sources is left.
 * Files whose name starts with an underscore are parts that kernels import, not kernels.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const here = path.dirname(fileURLToPath(import.meta.url));
const sources = path.join(here, "assembly");
const build = path.join(here, "build");

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

fs.mkdirSync(build, { recursive: true });
const files = fs.existsSync(sources) ? fs.readdirSync(sources).filter((name) => name.endsWith(".ts")) : [];
const partTimes = files.filter((name) => name.startsWith("_")).map((name) =>
  modified(path.join(sources, name))
);
const newestPart = Math.max(modified(fileURLToPath(import.meta.url)), ...partTimes);

for (const name of files.filter((file) => !file.startsWith("_"))) {
  const target = path.join(build, name.replace(/\.ts$/, ".wasm"));
  const needed = Math.max(newestPart, modified(path.join(sources, name)));
  if (modified(target) < needed) await compile(path.join(sources, name), target);
}

function modified(file) {
  return fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0;
}

async function compile(source, target) {
  const partial = `${target}.${process.pid}`;
  const { error, stderr } = await asc.main([
    path.relative(here, source),
    "-o",
    path.relative(here, partial),
    "--baseDir",
    here,
    ...OPTIONS,
  ]);
  if (error) {
    console.error(`Cannot compile ${path.relative(here, source)}:\n${stderr.toString()}`);
    process.exit(1);
  }
  fs.renameSync(partial, target);
}
