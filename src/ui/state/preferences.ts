/** How the window looks: kept in this browser, since it belongs to the screen and not to the workspace. */
import { effect, signal } from "@preact/signals";
import { isRecord } from "../../shared/is_record.ts";

export const THEMES = ["system", "dark", "light"] as const;
export const TEXT_PERCENTS = [90, 100, 115, 130] as const;
export const ROW_HEIGHTS = ["dense", "comfortable"] as const;
export const MOTIONS = ["system", "reduced"] as const;

export interface Preferences {
  readonly theme: typeof THEMES[number];
  readonly textPercent: typeof TEXT_PERCENTS[number];
  readonly rows: typeof ROW_HEIGHTS[number];
  readonly motion: typeof MOTIONS[number];
}

const KEY = "seisproc.preferences";

export const preferences = signal<Preferences>(parsePreferences(stored()));

export function prefer(change: Partial<Preferences>): void {
  preferences.value = { ...preferences.value, ...change };
}

/** The theme in use: what was chosen, else what the system has. */
export const shownTheme = signal<"dark" | "light">("dark");

/** Shows and keeps what is preferred, from now on. `theme.js` does the same before the first picture. */
export function followPreferences(): void {
  const system = matchMedia("(prefers-color-scheme: light)");
  const systemTheme = signal<"dark" | "light">(system.matches ? "light" : "dark");
  system.addEventListener("change", () => systemTheme.value = system.matches ? "light" : "dark");
  effect(() => {
    const { theme, textPercent, rows, motion } = preferences.value;
    const root = document.documentElement;
    shownTheme.value = theme === "system" ? systemTheme.value : theme;
    root.dataset.theme = shownTheme.value;
    root.style.colorScheme = shownTheme.value;
    root.dataset.rows = rows;
    root.dataset.motion = motion;
    root.style.fontSize = `${textPercent}%`;
    keep(preferences.value);
  });
}

export function parsePreferences(value: unknown): Preferences {
  const kept = isRecord(value) ? value : {};
  return {
    theme: THEMES.find((one) => one === kept.theme) ?? "system",
    textPercent: TEXT_PERCENTS.find((one) => one === kept.textPercent) ?? 100,
    rows: ROW_HEIGHTS.find((one) => one === kept.rows) ?? "dense",
    motion: MOTIONS.find((one) => one === kept.motion) ?? "system",
  };
}

function stored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

function keep(value: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(value));
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}
