/** A scan that takes long: says on a terminal how far it is, and ends when the program that started it is gone. */
import path from "node:path";
import type { ScanSight } from "../../segy/headers/scan.ts";
import { EXIT } from "../exit_status.ts";
import { LiveLine } from "./progress_line.ts";

const SAY_AFTER_MS = 1000;
const SAY_EVERY_MS = 100;
const LOOK_EVERY_MS = 100;

export class ScanFollower {
  readonly #line = new LiveLine();
  readonly #name: string;
  readonly #parent = Deno.ppid;
  #sayAt = performance.now() + SAY_AFTER_MS;
  #lookAt = performance.now() + LOOK_EVERY_MS;

  constructor(file: string) {
    this.#name = path.basename(file);
  }

  /** Called between blocks of headers: a scan leaves no room for timers. */
  see({ traces, total }: ScanSight): void {
    const now = performance.now();
    if (now >= this.#lookAt) this.#look(now);
    if (now < this.#sayAt) return;
    this.#sayAt = now + SAY_EVERY_MS;
    const count = `${traces.toLocaleString("en")} of ${total.toLocaleString("en")} traces`;
    this.#line.showText(`${this.#name}: ${Math.floor((100 * traces) / total)} %  ${count}`);
  }

  end(): void {
    this.#line.clear();
  }

  #look(now: number): void {
    this.#lookAt = now + LOOK_EVERY_MS;
    if (Deno.ppid !== this.#parent) Deno.exit(EXIT.failed);
  }
}
