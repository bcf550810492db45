/** What the whole window says while files are dragged over it. */
import { isDragging } from "../state/drops.ts";
import { DROPS } from "../texts/drops.ts";
import "./drop_over.css";

export function DropOver() {
  if (!isDragging.value) return null;
  return (
    <div class="drop-over">
      <p>{DROPS.over}</p>
    </div>
  );
}
