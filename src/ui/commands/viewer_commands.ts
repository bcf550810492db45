/** Commands of View; their keys work while it is shown. */
import { firstGather, lastGather, stepGather } from "../actions/viewer/navigation.ts";
import { route } from "../state/route.ts";
import { clip } from "../state/viewer/drawn_panels.ts";
import { look, setLook } from "../state/viewer/look.ts";
import { fitAll } from "../state/viewer/position.ts";
import { flip, turnTo } from "../state/viewer/shown_panels.ts";
import { takeTool, tool } from "../state/viewer/tool.ts";
import { COMMANDS } from "../texts/commands.ts";
import { VIEWER } from "../texts/viewer.ts";
import type { Command } from "./command.ts";

const isPossible = () => route.value.view === "view";
const inView = (id: string, title: string, keys: string, run: () => void): Command => ({
  ...{ id, title, keys, run, isPossible },
  group: COMMANDS.groups.view,
});

/** As a step of a tenth of the amplitude, which a percentile has no even steps for. */
const clipTimes = (factor: number) => () => setLook({ typedClip: clip.value * factor });

export const VIEWER_COMMANDS: readonly Command[] = [
  inView("next_gather", COMMANDS.nextGather, "ArrowRight", () => stepGather(1)),
  inView("previous_gather", COMMANDS.previousGather, "ArrowLeft", () => stepGather(-1)),
  inView("first_gather", COMMANDS.firstGather, "Home", firstGather),
  inView("last_gather", COMMANDS.lastGather, "End", lastGather),
  inView("flip", COMMANDS.flip, "Space", flip),
  inView("fit", COMMANDS.fit, "f", fitAll),
  inView("louder", COMMANDS.louder, "PageDown", clipTimes(0.9)),
  inView("quieter", COMMANDS.quieter, "PageUp", clipTimes(1.1)),
  inView("turn", COMMANDS.turn, "p", () => setLook({ turned: !look.value.turned })),
  inView("measure", VIEWER.measureTool, "m", () => takeTool(tool.value === "measure" ? "pan" : "measure")),
  inView("panel_input", COMMANDS.panel(VIEWER.panels.input), "1", () => turnTo("input")),
  inView("panel_processed", COMMANDS.panel(VIEWER.panels.processed), "2", () => turnTo("processed")),
  inView("panel_noise", COMMANDS.panel(VIEWER.panels.noise), "3", () => turnTo("noise")),
];
