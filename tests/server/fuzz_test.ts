/** The whole run: `SEISPROC_FUZZ=100000 deno run -A npm:vitest run ... tests/server/fuzz`; `SEISPROC_SEED` chooses it. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { segyBytes } from "../segy/make_segy.ts";
import { Fuzzer } from "./fuzz.ts";
import { newServerBench } from "./server_bench.ts";

const serve = newServerBench();
const REQUESTS = Number(process.env.SEISPROC_FUZZ ?? 2000);
const SEED = Number(process.env.SEISPROC_SEED ?? 1);
const AT_ONCE = 8;

test("malformed requests get typed answers and the server lives on", { timeout: 3_600_000 }, async () => {
  const launcher = () => ({ command: "/nonexistent", args: [] });
  const bench = await serve({ manager: { launcher } });
  const folder = bench.folder(), file = path.join(folder, "line.sgy");
  fs.writeFileSync(file, segyBytes({ traces: 12, samples: 30 }));
  await bench.ask("open_path", { path: file });
  await bench.ask("choose_folder", { path: folder });
  const failures: string[] = [];
  let left = REQUESTS;
  const statuses = new Set<number>();
  const run = async (seed: number) => {
    const fuzzer = new Fuzzer(bench, file, folder, seed);
    while (left-- > 0 && failures.length < 20) {
      const failure = await fuzzer.one();
      if (failure !== undefined) failures.push(failure);
    }
    for (const [status, count] of fuzzer.statuses) if (count > 0) statuses.add(status);
    if (process.env.SEISPROC_FUZZ) console.log(Object.fromEntries(fuzzer.statuses));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => run(SEED * 1000 + i)));
  expect(failures).toEqual([]);
  for (const status of [200, 400, 401, 404, 409]) expect(statuses).toContain(status);
  expect((await bench.ask("hello", {})).protocol).toBe(1);
  expect(fs.readFileSync(file)).toEqual(Buffer.from(segyBytes({ traces: 12, samples: 30 })));
});
