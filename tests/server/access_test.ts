/** Who is answered: host, origin, token, bounds, and pages that need none. */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { newToken } from "../../sidecar/server/http/access.ts";
import { BOUNDS } from "../../src/shared/protocol/envelope.ts";
import { newServerBench, rawRequest } from "./server_bench.ts";

const serve = newServerBench();
const HELLO = JSON.stringify({ command: "hello" });

async function statusAndTag(response: Response): Promise<[number, string]> {
  const answer = await response.json();
  return [response.status, answer.error?.tag ?? "none"];
}

test("a token has 256 random bits and never repeats", () => {
  const tokens = Array.from({ length: 100 }, newToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
});

test("every command, stream and gather needs the token", async () => {
  const bench = await serve();
  const wrong: Record<string, string>[] = [
    {},
    { authorization: "Bearer" },
    { authorization: `Bearer ${newToken()}` },
    { authorization: `Bearer ${bench.token}x` },
    { authorization: `Bearer ${bench.token.slice(1)}` },
    { authorization: `Basic ${bench.token}` },
    { authorization: bench.token },
  ];
  const requests = [["/command", "POST"], ["/events", "GET"], ["/gather", "GET"], ["/spectrum", "POST"]];
  for (const headers of wrong) {
    for (const [where, method] of requests) {
      const response = await fetch(bench.url + where, { method, headers });
      expect(await statusAndTag(response)).toEqual([401, "unauthorized"]);
    }
  }
  expect((await bench.fetch("/command", { method: "POST", body: HELLO })).status).toBe(200);
});

test("the token counts in the header only", async () => {
  const bench = await serve();
  const response = await fetch(`${bench.url}/events?token=${bench.token}`);
  expect(await statusAndTag(response)).toEqual([401, "unauthorized"]);
});

test("only pages of the window's own origins are answered, and told so", async () => {
  const bench = await serve();
  for (const origin of [bench.url, "http://localhost:47210", "http://127.0.0.1:47210"]) {
    const response = await bench.fetch("/command", { method: "POST", body: HELLO, headers: { origin } });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe(origin);
    await response.body?.cancel();
  }
  const others = [
    "http://evil.example",
    "null",
    "http://127.0.0.1:1",
    "https://127.0.0.1:47210",
    `${bench.url}.evil`,
  ];
  for (const origin of others) {
    const response = await bench.fetch("/command", { method: "POST", body: HELLO, headers: { origin } });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(await statusAndTag(response)).toEqual([403, "origin-refused"]);
  }
});

test("a browser's preflight is answered without a token, to allowed origins only", async () => {
  const bench = await serve();
  const ask = (origin: string) => fetch(`${bench.url}/command`, { method: "OPTIONS", headers: { origin } });
  const allowed = await ask("http://localhost:47210");
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get("access-control-allow-headers")).toContain("authorization");
  expect((await ask("http://evil.example")).status).toBe(403);
});

test("another host name is refused, so that a rebound name reaches nothing", async () => {
  const bench = await serve();
  const ask = (host: string) =>
    rawRequest(
      bench.port,
      `POST /command HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${bench.token}\r\n` +
        `content-length: ${HELLO.length}\r\nconnection: close\r\n\r\n${HELLO}`,
    );
  expect(await ask(`127.0.0.1:${bench.port}`)).toMatch(/^HTTP\/1.1 200 /);
  expect(await ask(`localhost:${bench.port}`)).toMatch(/^HTTP\/1.1 200 /);
  for (const host of ["evil.example", `evil.example:${bench.port}`, "127.0.0.1", "127.0.0.1:1", "[::1]"]) {
    expect(await ask(host)).toMatch(/^HTTP\/1.1 403 /);
  }
});

test("too much of anything is refused before it is read", async () => {
  const bench = await serve();
  const large = await bench.fetch("/command", { method: "POST", body: "x".repeat(BOUNDS.bodyBytes + 1) });
  expect(await statusAndTag(large)).toEqual([413, "too-large"]);
  const long = await bench.fetch(`/events?after=${"1".repeat(BOUNDS.urlBytes)}`);
  expect(await statusAndTag(long)).toEqual([413, "too-large"]);
  const headers = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`x-${i}`, "1"]));
  expect(await statusAndTag(await bench.fetch("/events", { headers }))).toEqual([413, "too-large"]);
  const wide = await bench.fetch("/events", { headers: { "x-wide": "1".repeat(BOUNDS.headerBytes) } });
  expect(await statusAndTag(wide)).toEqual([413, "too-large"]);
  const deep = await bench.fetch("/command", { method: "POST", body: "[".repeat(100_000) });
  expect(await statusAndTag(deep)).toEqual([400, "protocol"]);
});

test("a body that is announced small and sent large in pieces is refused too", async () => {
  const bench = await serve();
  const piece = new Uint8Array(1 << 20).fill(32);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ < 8) controller.enqueue(piece);
      else controller.close();
    },
  });
  const response = await bench.fetch("/command", { method: "POST", body });
  expect(await statusAndTag(response)).toEqual([413, "too-large"]);
});

test("unknown addresses and methods are typed errors", async () => {
  const bench = await serve();
  for (
    const [where, method] of [["/nothing", "GET"], ["/command", "GET"], ["/events", "DELETE"], ["/", "PUT"]]
  ) {
    expect(await statusAndTag(await bench.fetch(where, { method }))).toEqual([404, "not-found"]);
  }
});

test("without a built window a page says so; with one its files are served and nothing beside them", async () => {
  const appFolder = fs.mkdtempSync(path.join(Deno.makeTempDirSync(), "app-"));
  const bench = await serve({ appFolder });
  const page = async (where: string) => {
    const response = await fetch(bench.url + where);
    return [response.status, await response.text()] as const;
  };
  expect(await page("/")).toEqual([200, expect.stringContaining("not built yet")]);
  fs.writeFileSync(path.join(appFolder, "index.html"), "<p>the window</p>");
  fs.writeFileSync(path.join(appFolder, "app.js"), "1");
  fs.writeFileSync(path.join(appFolder, "..", "secret.txt"), "secret");
  fs.writeFileSync(path.join(appFolder, ".hidden"), "secret");
  fs.symlinkSync(path.join(appFolder, "..", "secret.txt"), path.join(appFolder, "link.txt"));
  expect(await page("/")).toEqual([200, "<p>the window</p>"]);
  expect(await page("/app.js")).toEqual([200, "1"]);
  const traversals = [
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/app.js/../../secret.txt",
    "/link.txt",
    "/.hidden",
    "/%00",
    "/%ff",
    "//etc/passwd",
    "/app.js%00.html",
  ];
  for (const where of traversals) {
    const [status, text] = await page(where);
    expect([where, status, text.includes("secret\n") || text === "secret"]).toEqual([where, 404, false]);
  }
  const raw = await rawRequest(
    bench.port,
    `GET /../secret.txt HTTP/1.1\r\nhost: 127.0.0.1:${bench.port}\r\nconnection: close\r\n\r\n`,
  );
  expect(raw).not.toContain("200 OK");
  fs.rmSync(path.dirname(appFolder), { recursive: true });
});
