/** Runs the command whose keys are pressed. */
import { overlay } from "../state/overlays.ts";
import { isForTyping, isPress } from "./command.ts";
import { COMMAND_TABLE } from "./command_table.ts";

export function listenKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    const command = COMMAND_TABLE.find(({ keys }) => keys !== undefined && isPress(keys, event));
    if (command?.keys === undefined) return;
    const typing = isForTyping(command.keys) && isTypedInto(event.target);
    if (typing || (overlay.value !== null && isForTyping(command.keys))) return;
    // The browser's own meaning of these keys, such as its downloads, stays away.
    event.preventDefault();
    if (command.isPossible?.() !== false) command.run();
  });
}

function isTypedInto(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
