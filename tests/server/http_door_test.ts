/** Connections that do not come to the point, and what becomes of clients that hang up. */
import { expect, test } from "vitest";
import { type Answer, type Asked, HttpDoor } from "../../sidecar/server/http/http_door.ts";
import { newServerBench } from "./server_bench.ts";

const serve = newServerBench();
const encode = (text: string) => new TextEncoder().encode(text);

/** All that the server says until it closes the connection. */
async function untilClosed(connection: Deno.Conn): Promise<string> {
  const buffer = new Uint8Array(4096), decoder = new TextDecoder();
  let text = "";
  try {
    for (let n = await connection.read(buffer); n !== null; n = await connection.read(buffer)) {
      text += decoder.decode(buffer.subarray(0, n), { stream: true });
    }
  } catch {
    // Closed with something unread.
  }
  connection.close();
  return text;
}

function connect(port: number): Promise<Deno.Conn> {
  return Deno.connect({ hostname: "127.0.0.1", port });
}

test("headers that are not whole in time end the connection: silent, half, second, or letter by letter", async () => {
  const bench = await serve({ doorTimes: { headersMs: 300, keepMs: 60_000 } });
  const head = `GET / HTTP/1.1\r\nhost: 127.0.0.1:${bench.port}\r\n`;
  const silent = connect(bench.port).then(untilClosed);
  const half = Array.from({ length: 200 }, async () => {
    const connection = await connect(bench.port);
    await connection.write(encode(head));
    return await untilClosed(connection);
  });
  const second = connect(bench.port).then(async (connection) => {
    await connection.write(encode(`${head}\r\n`));
    await connection.write(encode(head));
    return await untilClosed(connection);
  });
  const drop = connect(bench.port).then(async (connection) => {
    const closed = untilClosed(connection);
    let open = true;
    void closed.then(() => open = false);
    for (let i = 0; open && i < 10_000; i++) {
      await connection.write(encode(i === 0 ? head : "x")).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return await closed;
  });
  expect(await bench.ask("hello", {})).toMatchObject({ protocol: 1 });
  for (const text of await Promise.all([silent, ...half, drop])) expect(text).toMatch(/^HTTP\/1.1 408 /);
  expect((await second).match(/HTTP\/1.1 (\d+)/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 408"]);
  expect(await bench.ask("hello", {})).toMatchObject({ protocol: 1 });
});

test("a connection that asks nothing more is closed", async () => {
  const bench = await serve({ doorTimes: { headersMs: 10_000, keepMs: 100 } });
  const connection = await connect(bench.port);
  await connection.write(encode(`GET / HTTP/1.1\r\nhost: 127.0.0.1:${bench.port}\r\n\r\n`));
  expect(await untilClosed(connection)).toMatch(/^HTTP\/1.1 200 /);
});

test("who answers learns at once that the client hung up", async () => {
  const { promise: asked, resolve } = Promise.withResolvers<Asked>();
  const door = await HttpDoor.open(0, async (request) => {
    resolve(request);
    await new Promise<void>((done) => request.hungUp.addEventListener("abort", () => done()));
    return { status: 200, headers: {}, body: "nobody reads this" };
  });
  const leave = new AbortController();
  const fetched = fetch(`http://127.0.0.1:${door.port}/`, { signal: leave.signal });
  const { hungUp } = await asked;
  expect(hungUp.aborted).toBe(false);
  leave.abort();
  await expect(fetched).rejects.toThrow();
  await new Promise<void>((done) => hungUp.addEventListener("abort", () => done()));
  await door.close(1000);
});

test("a client that sends no more is still answered", async () => {
  const answer: Answer = { status: 200, headers: {}, body: "here" };
  const door = await HttpDoor.open(0, () => Promise.resolve(answer));
  const connection = await connect(door.port);
  await connection.write(encode("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"));
  await connection.closeWrite();
  expect(await untilClosed(connection)).toMatch(/^HTTP\/1.1 200 [\s\S]*here$/);
  await door.close(1000);
});

test("bodies that are cut off make room for others", async () => {
  const bench = await serve();
  const head = `POST /command HTTP/1.1\r\nhost: 127.0.0.1:${bench.port}\r\n` +
    `authorization: Bearer ${bench.token}\r\ncontent-length: 1000\r\n\r\n{`;
  const answers = Array.from({ length: 200 }, async () => {
    const connection = await connect(bench.port);
    await connection.write(encode(head));
    await connection.closeWrite();
    return await untilClosed(connection);
  });
  for (const text of await Promise.all(answers)) expect(text).toMatch(/^HTTP\/1.1 (400|503) /);
  expect(await bench.ask("hello", {})).toMatchObject({ protocol: 1 });
});

test("closing waits for answers in hand, but not for ever", async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const door = await HttpDoor.open(0, () => {
    resolve();
    return new Promise<Answer>(() => {});
  });
  const fetched = fetch(`http://127.0.0.1:${door.port}/`);
  await asked;
  const [, failure] = await Promise.all([door.close(50), fetched.catch((error) => error)]);
  expect(failure).toBeInstanceOf(Error);
});
