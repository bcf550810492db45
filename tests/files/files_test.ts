/** What everybody does with files. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { replaceFile } from "../../sidecar/files/durable_file.ts";
import { temporaryName } from "../../sidecar/files/host_process.ts";
import { createFile, openToRead, openToWrite } from "../../sidecar/files/open_file.ts";
import { freeBytes } from "../../sidecar/files/free_space.ts";
import { noisePath, partialLock, partPath } from "../../sidecar/files/partial_names.ts";
import { isSameFile } from "../../sidecar/files/same_file.ts";
import { writeAll } from "../../sidecar/files/write_all.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const folder = temporaryFolder("files");
const at = (name: string) => path.join(folder, name);
const bytes = (text: string) => new TextEncoder().encode(text);

test("a file is replaced whole, by all parts in turn, and nothing lies beside it", () => {
  fs.mkdirSync(at("alone"));
  fs.writeFileSync(at("alone/index"), "what was there before and is longer");
  replaceFile(at("alone/index"), [bytes("one, "), bytes(""), bytes("two")]);
  expect(fs.readFileSync(at("alone/index"), "utf8")).toBe("one, two");
  expect(fs.readdirSync(at("alone"))).toEqual(["index"]);
});

test("bytes go to their position and leave the others", () => {
  fs.writeFileSync(at("placed"), "0123456789");
  const fd = fs.openSync(at("placed"), "r+");
  writeAll(fd, bytes("abc"), 4);
  fs.closeSync(fd);
  expect(fs.readFileSync(at("placed"), "utf8")).toBe("0123abc789");
});

test("a file is the same under another spelling and through links of either kind, a copy is not", () => {
  fs.writeFileSync(at("file"), "a");
  fs.copyFileSync(at("file"), at("copy"));
  fs.linkSync(at("file"), at("hard"));
  fs.symlinkSync(at("file"), at("soft"));
  const same = ["file", "../" + path.basename(folder) + "/file", "hard", "soft", "copy", "missing"]
    .map((name) => isSameFile(at("file"), `${folder}/${name}`));
  expect(same).toEqual([true, true, true, true, false, false]);
});

test("room is told for a file that is not there yet, and not for a folder that is not", () => {
  expect(freeBytes(at("new"))).toBeGreaterThan(0);
  expect(freeBytes(at("no folder/new"))).toBeUndefined();
});

test("outputs have their names", () => {
  expect(noisePath("/a.b/line.sgy")).toBe(path.join("/a.b", "line.noise.sgy"));
  expect(partialLock(partPath("/a/line.sgy"))).toBe("/a/line.sgy.part.lock");
});

test("a pipe, a socket and a device are refused as what they are, without waiting", () => {
  execFileSync("mkfifo", [at("pipe")]);
  fs.mkdirSync(at("a folder"));
  const refusals = [[at("pipe"), "a named pipe"], ["/dev/zero", "a device"], [at("a folder"), "a folder"]];
  for (const [file, kind] of refusals) {
    expect(() => openToRead(file, "a SEG-Y file")).toThrow(`expected a SEG-Y file, found ${kind}: name`);
  }
});

test("a file is made only where nothing lies, not even a link that leads nowhere", () => {
  fs.symlinkSync(at("nowhere"), at("dangling"));
  for (const name of ["dangling", "file"]) expect(() => createFile(at(name))).toThrow(/EEXIST/);
  expect(() => openToWrite(at("soft"))).toThrow(/ELOOP/);
  fs.closeSync(createFile(at("fresh")));
  expect(fs.existsSync(at("nowhere"))).toBe(false);
});

test("temporary names tell machine and process and never meet", () => {
  const [one, other] = [temporaryName("/a/list"), temporaryName("/a/list")];
  expect(one).toMatch(new RegExp(`^/a/list\\.[\\w-]+\\.${process.pid}\\.[0-9a-f]{6}\\.tmp$`));
  expect(one).not.toBe(other);
});
