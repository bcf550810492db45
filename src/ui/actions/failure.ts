/** What is said when something that the user asked for did not work. */
import { toWireError } from "../../shared/errors.ts";
import { Unreachable } from "../connection/sidecar.ts";
import { showToast } from "../state/toasts.ts";

/** The sentence of an error, as people read it. */
export function messageOf(error: unknown): string {
  return error instanceof Unreachable ? error.message : toWireError(error).message;
}

/** Does what was asked; a refusal becomes a toast. True when it worked. */
export async function attempt(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    sayFailure(error);
    return false;
  }
}

/** The grammar of messages puts what could not be done before the first colon. */
export function sayFailure(error: unknown): void {
  const message = messageOf(error);
  const cut = message.indexOf(": ");
  if (cut < 0) showToast("error", message);
  else showToast("error", message.slice(0, cut), { detail: message.slice(cut + 2) });
}
