/** Keys of a panel that has the focus; those that work everywhere in View are commands. */
import { fitAll, panBy, zoomAt } from "../../state/viewer/position.ts";

const MIDDLE = { x: 0.5, y: 0.5 };
const STEP = 1.25;
const PAN = 0.1;

export function panelKeys(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = actOf(event);
  if (act === undefined) return;
  event.preventDefault();
  act();
}

function actOf({ key, shiftKey }: KeyboardEvent): (() => void) | undefined {
  switch (key) {
    case "+":
    case "=":
      return () => zoomAt(MIDDLE, { across: STEP, down: STEP });
    case "-":
      return () => zoomAt(MIDDLE, { across: 1 / STEP, down: 1 / STEP });
    case "f":
    case "0":
      return fitAll;
    case "ArrowLeft":
      return shiftKey ? () => panBy(-PAN, 0) : undefined;
    case "ArrowRight":
      return shiftKey ? () => panBy(PAN, 0) : undefined;
    case "ArrowUp":
      return () => panBy(0, -PAN);
    case "ArrowDown":
      return () => panBy(0, PAN);
    default:
      return undefined;
  }
}
