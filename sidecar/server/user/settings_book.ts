/** The settings of a workspace, in `settings.json` there. What cannot be read of them is as if it had not been set. */
import fs from "node:fs";
import path from "node:path";
import { isRecord } from "../../../src/shared/is_record.ts";
import { parseLine } from "../../../src/shared/protocol/json_lines.ts";
import { DEFAULT_SETTINGS, type Settings, settingsChange } from "../../../src/shared/protocol/settings.ts";
import { replaceFile } from "../../files/durable_file.ts";
import { writingError } from "../../files/file_errors.ts";

export class SettingsBook {
  readonly #file: string;
  #settings: Settings;

  /** `onChange` hears of every change after it is on disk. */
  constructor(folder: string, readonly onChange: (settings: Settings) => void = () => {}) {
    this.#file = path.join(folder, "settings.json");
    this.#settings = { ...DEFAULT_SETTINGS, ...readSettings(this.#file) };
  }

  get now(): Settings {
    return this.#settings;
  }

  /** @throws disk-full, output-unwritable: then nothing is changed */
  change(change: Partial<Settings>): Settings {
    const settings = { ...this.#settings, ...change };
    try {
      replaceFile(this.#file, [new TextEncoder().encode(JSON.stringify(settings, null, 2) + "\n")]);
    } catch (cause) {
      throw writingError(this.#file, cause);
    }
    this.#settings = settings;
    this.onChange(settings);
    return settings;
  }
}

/** Each setting by itself: one that is wrong, or of a newer version, spoils no other. */
function readSettings(file: string): Partial<Settings> {
  const written = parseLine(textOf(file));
  if (!isRecord(written)) return {};
  return Object.assign({}, ...Object.entries(written).map(([name, value]) => oneSetting(name, value)));
}

function oneSetting(name: string, value: unknown): Partial<Settings> {
  try {
    return settingsChange({ [name]: value }, "");
  } catch {
    return {};
  }
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
