/** What is done with the files that jobs made. */
import { go } from "../state/route.ts";
import { openProblem } from "../state/surveys.ts";
import { showToast } from "../state/toasts.ts";
import { openPath } from "./surveys.ts";

/** Opens an output and shows it in the viewer. */
export async function showOutput(path: string): Promise<void> {
  if (await openPath(path)) go("view");
  else if (openProblem.value !== null) showToast("error", openProblem.value);
}
