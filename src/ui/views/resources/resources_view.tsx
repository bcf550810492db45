/** Resources: what the machine does now and did in the last ten minutes, with the limits from which alerts speak. */
import { useEffect } from "preact/hooks";
import type { ResourceSample } from "../../../shared/monitor/resources.ts";
import { loadRules } from "../../actions/alerts.ts";
import { bytes, memory, percent } from "../../format/numbers.ts";
import { Page } from "../../frame/page.tsx";
import { limitOf } from "../../state/alerts.ts";
import { cpuShare, latest, samples } from "../../state/resources.ts";
import { RESOURCES } from "../../texts/resources.ts";
import type { ViewProps } from "../view_props.ts";
import { Cores } from "./cores.tsx";
import { Runners } from "./runners.tsx";
import { Strip } from "./strip.tsx";
import { Volumes } from "./volumes.tsx";
import "./resources_view.css";

export function ResourcesView(_: ViewProps) {
  const now = latest.value;
  useEffect(() => void loadRules(), []);
  return (
    <Page title={RESOURCES.title}>
      {now === null ? <p class="resources-wait second">{RESOURCES.wait}</p> : (
        <div class="resources">
          <Cpu now={now} />
          <Memory now={now} />
          <Disk now={now} />
          <Volumes now={now} />
          <Runners now={now} />
        </div>
      )}
    </Page>
  );
}

interface NowProps {
  readonly now: ResourceSample;
}

function Cpu({ now }: NowProps) {
  const share = cpuShare(now), limit = limitOf("cpu", "percent");
  return (
    <Strip
      name={RESOURCES.cpu}
      value={share === null ? RESOURCES.unknown : percent(share)}
      values={samples.value.map((sample) => cpuShare(sample) ?? 0)}
      most={1}
      limits={limit === null ? [] : [{ at: limit / 100, text: RESOURCES.cpuLimit(percent(limit / 100)) }]}
    >
      <Cores cores={now.cores} />
    </Strip>
  );
}

function Memory({ now: { memory: { totalBytes, availableBytes } } }: NowProps) {
  const limits = [limitOf("memory", "warningPercent"), limitOf("memory", "criticalPercent")];
  return (
    <Strip
      name={RESOURCES.memory}
      value={RESOURCES.ofMemory(memory(totalBytes - availableBytes), memory(totalBytes))}
      values={samples.value.map((sample) => sample.memory.totalBytes - sample.memory.availableBytes)}
      most={totalBytes}
      limits={limits.flatMap((limit) =>
        limit === null
          ? []
          : [{ at: totalBytes * limit / 100, text: RESOURCES.limit(memory(totalBytes * limit / 100)) }]
      )}
    />
  );
}

function Disk({ now: { disk } }: NowProps) {
  if (disk === null) {
    return <Strip name={RESOURCES.disk} value={RESOURCES.noDisk} values={[]} most={1} limits={[]} />;
  }
  const rates = samples.value.map((sample) =>
    (sample.disk?.readBytesPerSecond ?? 0) + (sample.disk?.writtenBytesPerSecond ?? 0)
  );
  const value = `${bytes(disk.readBytesPerSecond)}/s ${RESOURCES.read}, ${
    bytes(disk.writtenBytesPerSecond)
  }/s ${RESOURCES.written}`;
  return (
    <Strip
      name={disk.of === "jobs" ? RESOURCES.diskOfJobs : RESOURCES.disk}
      value={value}
      why={disk.of === "jobs" ? RESOURCES.diskOfJobsWhy : undefined}
      values={rates}
      most={Math.max(1e6, ...rates)}
      limits={[]}
    />
  );
}
