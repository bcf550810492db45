/**
 * Compiles every AssemblyScript kernel of assembly/ into build/<name>.wasm; what is newer than its sources is left.
 * Files whose name starts with an underscore are parts that kernels import, not kernels.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compileKernel } from "./compile_kernel.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const sources = path.join(here, "assembly");
const build = path.join(here, "build");

fs.mkdirSync(build, { recursive: true });
const files = fs.existsSync(sources) ? fs.readdirSync(sources).filter((name) => name.endsWith(".ts")) : [];
const partTimes = files.filter((name) => name.startsWith("_")).map((name) =>
  modified(path.join(sources, name))
);
const programs = [fileURLToPath(import.meta.url), path.join(here, "compile_kernel.mjs")];
const newestPart = Math.max(...programs.map(modified), ...partTimes);

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
  try {
    await compileKernel(source, partial);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  fs.renameSync(partial, target);
}
