/** The banner while the sidecar does not answer. */
import { reconnect } from "../actions/link.ts";
import { link } from "../state/link.ts";
import { FRAME } from "../texts/frame.ts";
import { Icon } from "../widgets/icon.tsx";
import "./lost.css";

/** A broken stream is opened again at once: it is worth a word when that does not help. */
const PATIENCE = 2;

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
