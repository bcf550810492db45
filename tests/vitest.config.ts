/** How Vitest runs here. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // As the import map of deno.json has it.
  resolve: { alias: { "@std/async": fileURLToPath(new URL("../sidecar/std_async.ts", import.meta.url)) } },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    include: ["tests/**/*_test.ts", "tests/**/*_test.tsx"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
