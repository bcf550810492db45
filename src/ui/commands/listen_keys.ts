/** Runs the command whose keys are pressed. */
import { overlay } from "../state/overlays.ts";
import { isForTyping, isPress } from "./command.ts";
import { COMMAND_TABLE } from "./command_table.ts";

export function listenKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    const pressed = COMMAND_TABLE.filter(({ keys }) => keys !== undefined && isPress(keys, event));
    const command = pressed.find(({ isPossible }) => isPossible?.() !== false) ?? pressed[0];
    if (command?.keys === undefined) return;
    const isPossible = command.isPossible?.() !== false, isTyping = isForTyping(command.keys);
    if (isTyping && (!isPossible || overlay.value !== null || takesKey(event))) return;
    // The browser's own meaning of these keys, such as its downloads, stays away.
    event.preventDefault();
    if (isPossible) command.run();
  });
}

/** What has the focus does something of its own with the key. */
function takesKey({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isPressed = key === " " && target.matches("button, a, summary, [role=button], [role=option]");
  return isPressed ||
    target.matches("input, textarea, select, [contenteditable], [role=grid] *, [role=listbox] *");
}
