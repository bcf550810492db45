/** The banner while the sidecar does not answer. */
import { reconnect } from "../actions/link.ts";
import { link } from "../state/link.ts";
import { FRAME } from "../texts/frame.ts";
import { Icon } from "../widgets/icon.tsx";
import "./lost.css";

/** The stream is opened again at once after a short break: only a longer one is worth a word. */
const PATIENCE = 3;

export function LostBanner() {
  const now = link.value;
  if (now.state !== "lost" || now.attempt < PATIENCE) return null;
  return (
    <div class="lost" role="alert">
      <Icon name="unplug" />
      <p>
        <span class="strong">{FRAME.lost.title}</span> <span class="second">{FRAME.lost.what}</span>
      </p>
      <button type="button" class="button" onClick={reconnect}>
        {FRAME.lost.reconnect}
      </button>
    </div>
  );
}
