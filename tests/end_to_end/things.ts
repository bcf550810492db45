/** What a user may have at a name, made in a folder; what could be lost says "precious". */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

export const THINGS: Readonly<Record<string, (file: string) => void>> = {
  "a file": (file) => fs.writeFileSync(file, "precious"),
  "an empty file": (file) => fs.writeFileSync(file, ""),
  "a folder": (file) => {
    fs.mkdirSync(file);
    fs.writeFileSync(path.join(file, "notes"), "precious");
  },
  "an empty folder": (file) => fs.mkdirSync(file),
  "a link to a file": (file) => {
    fs.writeFileSync(elsewhere(file), "precious");
    fs.symlinkSync(elsewhere(file), file);
  },
  "a link to a folder": (file) => {
    fs.mkdirSync(elsewhere(file));
    fs.symlinkSync("elsewhere", file);
  },
  "a link that leads nowhere": (file) => fs.symlinkSync(path.join(path.dirname(file), "nowhere"), file),
  "a second name of a file": (file) => {
    fs.writeFileSync(elsewhere(file), "precious");
    fs.linkSync(elsewhere(file), file);
  },
  "a pipe": (file) => execFileSync("mkfifo", [file]),
};

/** Beside the thing; what a link or a second name leads to. */
export function elsewhere(file: string): string {
  return path.join(path.dirname(file), "elsewhere");
}

/** Everything in a folder: kinds, bytes, where links lead. */
export function treeOf(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(names.map((name) => {
    const file = path.join(folder, name), stat = fs.lstatSync(file);
    if (stat.isSymbolicLink()) return [name, `link to ${fs.readlinkSync(file)}`];
    if (stat.isDirectory()) return [name, "folder"];
    return [name, stat.isFile() ? fs.readFileSync(file).toString("base64") : `mode ${stat.mode}`];
  }));
}
