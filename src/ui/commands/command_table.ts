/** Every command of the window, in the order in which the list of shortcuts shows them. */
import { chooseAndOpen } from "../actions/drops.ts";
import { pauseAll, resumeAll } from "../actions/jobs.ts";
import { activeJobs } from "../state/jobs.ts";
import { openGroup, openPalette, openProcess, openShortcuts } from "../state/overlays.ts";
import { prefer, preferences, TEXT_PERCENTS } from "../state/preferences.ts";
import { go, type ViewId } from "../state/route.ts";
import { surveys } from "../state/surveys.ts";
import { COMMANDS } from "../texts/commands.ts";
import { FRAME } from "../texts/frame.ts";
import type { Command } from "./command.ts";
import { VIEWER_COMMANDS } from "./viewer_commands.ts";

const { groups } = COMMANDS;

const goTo = (view: ViewId, keys?: string): Command => ({
  id: `go_${view}`,
  title: FRAME.views[view],
  group: groups.go,
  keys,
  run: () => go(view),
});

export const COMMAND_TABLE: readonly Command[] = [
  goTo("data"),
  goTo("view"),
  goTo("jobs", "Ctrl+J"),
  goTo("analytics", "Ctrl+Shift+A"),
  goTo("resources", "Ctrl+Shift+R"),
  goTo("alerts"),
  goTo("settings", "Ctrl+,"),
  {
    id: "open",
    title: COMMANDS.open,
    group: groups.data,
    keys: "Ctrl+O",
    words: "file path",
    run: () => void chooseAndOpen(),
  },
  ...VIEWER_COMMANDS,
  {
    id: "process",
    title: COMMANDS.process,
    group: groups.jobs,
    keys: "Ctrl+Shift+B",
    words: "flow run start job",
    run: () => openProcess(),
  },
  {
    id: "process_group",
    title: COMMANDS.processGroup,
    group: groups.jobs,
    words: "many batch group",
    run: () => openGroup(surveys.value.map(({ path }) => path)),
    isPossible: () => surveys.value.length > 1,
  },
  {
    id: "pause_all",
    title: COMMANDS.pauseAll,
    group: groups.jobs,
    run: () => void pauseAll(),
    isPossible: () => activeJobs.value.some(({ job }) => /running|queued/.test(job.value.state)),
  },
  { id: "resume_all", title: COMMANDS.resumeAll, group: groups.jobs, run: () => void resumeAll() },
  {
    id: "palette",
    title: COMMANDS.palette,
    group: groups.window,
    keys: "Ctrl+K",
    run: openPalette,
  },
  {
    id: "shortcuts",
    title: COMMANDS.shortcuts,
    group: groups.window,
    keys: "?",
    run: openShortcuts,
  },
  { id: "dark", title: COMMANDS.dark, group: groups.window, run: () => prefer({ theme: "dark" }) },
  { id: "light", title: COMMANDS.light, group: groups.window, run: () => prefer({ theme: "light" }) },
  {
    id: "system_theme",
    title: COMMANDS.systemTheme,
    group: groups.window,
    run: () => prefer({ theme: "system" }),
  },
  { id: "larger", title: COMMANDS.larger, group: groups.window, keys: "Ctrl++", run: () => scaleText(1) },
  { id: "smaller", title: COMMANDS.smaller, group: groups.window, keys: "Ctrl+-", run: () => scaleText(-1) },
  {
    id: "normal_text",
    title: COMMANDS.normalText,
    group: groups.window,
    keys: "Ctrl+0",
    run: () => scaleText(0),
  },
];

export function commandById(id: string): Command {
  const found = COMMAND_TABLE.find((command) => command.id === id);
  if (found === undefined) throw new Error(`no command ${id}`);
  return found;
}

function scaleText(step: number): void {
  const now = TEXT_PERCENTS.indexOf(preferences.value.textPercent);
  const next = step === 0
    ? TEXT_PERCENTS.indexOf(100)
    : Math.min(TEXT_PERCENTS.length - 1, Math.max(0, now + step));
  prefer({ textPercent: TEXT_PERCENTS[next] });
}
