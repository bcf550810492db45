/** Which gather: by steps, by its number, by the value that names it, in any order of the survey, or played through. */
import { useEffect, useState } from "preact/hooks";
import { goToGather, goToNamed, sortBy, stepGather } from "../../actions/viewer/navigation.ts";
import { count, full, roughPercent } from "../../format/numbers.ts";
import { panels } from "../../state/viewer/panels.ts";
import { arrangement, gatherFacts, shownGather } from "../../state/viewer/shown_gather.ts";
import { VIEWER } from "../../texts/viewer.ts";
import { CommitInput } from "../../widgets/commit_input.tsx";
import { Icon } from "../../widgets/icon.tsx";

export function GatherBox() {
  const facts = gatherFacts.value, { number } = shownGather.value;
  const found = facts.state === "ready" ? facts.value.found : facts.state === "loading" ? 0 : null;
  const last = facts.state === "ready" ? facts.value.gathers - 1 : 0;
  return (
    <div class="gather-box">
      <button
        type="button"
        class="icon-button"
        aria-label={VIEWER.previous}
        disabled={number <= 0}
        onClick={() => stepGather(-1)}
      >
        <Icon name="chevron-left" />
      </button>
      <Name />
      <GatherNumber last={last} />
      <span class="quiet">
        {facts.state === "ready" && VIEWER.of(count(facts.value.gathers))}
        {found !== null && ` ${VIEWER.counting(roughPercent(found))}`}
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label={VIEWER.next}
        disabled={number >= last}
        onClick={() => stepGather(1)}
      >
        <Icon name="chevron-right" />
      </button>
      <Play isAtEnd={number >= last} />
      <Order />
    </div>
  );
}

/** `fldr 1,031`: what all its traces have in common. */
function Name() {
  const facts = gatherFacts.value, { values } = shownGather.value;
  if (facts.state !== "ready" || values === null || values.length === 0) return null;
  const named = facts.value.keys.map((key, i) => `${key} ${full(values[i])}`);
  return <span class="gather-name">{named.join(", ")}</span>;
}

/** Counts from 1. A word with a value, such as `cdp 412`, goes to the gather of that name. */
function GatherNumber({ last }: { readonly last: number }) {
  const { number } = shownGather.value, shown = String(number + 1);
  const go = (text: string): string => {
    const asked = Number(text.replace(/[,\s]/g, ""));
    if (text.trim() !== "" && Number.isFinite(asked)) void goToGather(asked - 1);
    else void goToNamed(text);
    return shown;
  };
  return (
    <CommitInput
      class="input gather-number"
      role="spinbutton"
      label={VIEWER.gather}
      aria-valuenow={number + 1}
      aria-valuemin={1}
      aria-valuemax={last + 1}
      value={shown}
      onCommit={go}
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={(event) => {
        const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        stepGather(step);
      }}
    />
  );
}

/** The next gather comes when this one is seen, twice a second at most. */
function Play({ isAtEnd }: { readonly isAtEnd: boolean }) {
  const [isPlaying, setPlaying] = useState(false);
  const isReady = panels.input.value.state === "ready" && !/loading|stale/.test(panels.processed.value.state);
  const { number } = shownGather.value;
  useEffect(() => {
    if (!isPlaying || !isReady) return;
    if (isAtEnd) return setPlaying(false);
    const timer = setTimeout(() => stepGather(1), 500);
    return () => clearTimeout(timer);
  }, [isPlaying, isReady, isAtEnd, number]);
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={isPlaying ? VIEWER.pause : VIEWER.play}
      aria-pressed={isPlaying}
      disabled={isAtEnd && !isPlaying}
      onClick={() => setPlaying(!isPlaying)}
    >
      <Icon name={isPlaying ? "pause" : "play"} />
    </button>
  );
}

const ORDERS = ["cdp, offset", "fldr, tracf", "fldr, offset", "ep, offset", "offset, cdp", "gx, offset"];

/** Words by which traces are sorted, the first of which makes the gathers. */
function Order() {
  const order = arrangement.value?.order ?? [];
  return (
    <>
      <CommitInput
        class="input gather-order"
        label={VIEWER.order}
        title={VIEWER.order}
        placeholder={VIEWER.fileOrder}
        suggestions="gather-orders"
        value={order.join(", ")}
        onCommit={(text) => sortBy(text.split(/[,\s]+/).filter((word) => word !== ""))}
      />
      <datalist id="gather-orders">{ORDERS.map((one) => <option key={one} value={one} />)}</datalist>
    </>
  );
}
