/** Something goes on: a ring that turns, and stands still where motion is not wanted. */
import "./ring.css";

export function Ring() {
  return <i class="ring" aria-hidden="true" />;
}
