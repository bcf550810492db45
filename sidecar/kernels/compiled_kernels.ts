/** Kernels from their files. */
import fs from "node:fs";
import { SeisProcError } from "../../src/shared/errors.ts";

/** Compiles kernels from `build/`, which `npm run build` fills. */
export function compileKernels(names: Iterable<string>): Map<string, WebAssembly.Module> {
  const modules = new Map<string, WebAssembly.Module>();
  for (const name of names) if (!modules.has(name)) modules.set(name, compile(name));
  return modules;
}

function compile(name: string): WebAssembly.Module {
  const url = new URL(`./build/${name}.wasm`, import.meta.url);
  try {
    return new WebAssembly.Module(fs.readFileSync(url));
  } catch (cause) {
    const message = `Cannot load kernel ${name}: expected build/${name}.wasm: run npm run build`;
    throw new SeisProcError("internal", message, { where: name }, cause);
  }
}
