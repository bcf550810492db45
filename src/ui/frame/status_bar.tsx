/** The foot of the window: what runs with one bar, and what the machine does. A click leads to the jobs. */
import { computed } from "@preact/signals";
import { bytes, memory, roughPercent } from "../format/numbers.ts";
import { durationRange } from "../format/times.ts";
import { activeJobs, held } from "../state/jobs.ts";
import { cpuShare, latest } from "../state/resources.ts";
import { go } from "../state/route.ts";
import { overallWork } from "../state/overall.ts";
import { FRAME } from "../texts/frame.ts";
import { ProgressBar } from "../widgets/progress_bar.tsx";
import { Ring } from "../widgets/ring.tsx";
import "./status_bar.css";

const running = computed(() => activeJobs.value.filter(({ job }) => job.value.state === "running").length);

export function StatusBar() {
  return (
    <footer class="status-bar">
      <button type="button" class="status-jobs" onClick={() => go("jobs")}>
        {running.value === 0 ? <span>{FRAME.noJobs}</span> : <Running />}
        {held.value !== null && <span class="warn">{FRAME.heldQueue(held.value)}</span>}
      </button>
      <Machine />
    </footer>
  );
}

function Running() {
  const { fraction, left } = overallWork.value;
  return (
    <>
      <Ring />
      <span>{FRAME.running(running.value)}</span>
      <ProgressBar fraction={fraction} label={FRAME.allWork} class="status-progress" />
      <span class="status-figure">
        {roughPercent(fraction)}
        {left !== null && ` · ${durationRange(left.fromMs, left.toMs)}`}
      </span>
    </>
  );
}

function Machine() {
  const sample = latest.value;
  if (sample === null) return null;
  const share = cpuShare(sample);
  const used = sample.memory.totalBytes - sample.memory.availableBytes;
  const rate = sample.disk && sample.disk.readBytesPerSecond + sample.disk.writtenBytesPerSecond;
  return (
    <div class="status-machine">
      {share !== null && <span>{FRAME.cpu} {roughPercent(share)}</span>}
      <span>{memory(used)}</span>
      {rate !== null && <span>{bytes(rate)}/s</span>}
    </div>
  );
}
