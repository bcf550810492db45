/** Resources: what the machine does now and did in the last ten minutes. */
import type { ComponentChildren } from "preact";
import type { ResourceSample } from "../../../shared/monitor/resources.ts";
import { bytes, memory, percent } from "../../format/numbers.ts";
import { Page } from "../../frame/page.tsx";
import { cpuShare, latest, samples } from "../../state/resources.ts";
import { RESOURCES } from "../../texts/resources.ts";
import { Sparkline } from "../../widgets/sparkline.tsx";
import type { ViewProps } from "../view_props.ts";
import { Runners } from "./runners.tsx";
import "./resources_view.css";

export function ResourcesView(_: ViewProps) {
  const now = latest.value;
  return (
    <Page title={RESOURCES.title}>
      {now === null ? <p class="resources-wait second">{RESOURCES.wait}</p> : (
        <div class="resources">
          <Cpu now={now} />
          <Memory now={now} />
          <Disk now={now} />
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
  const share = cpuShare(now);
  return (
    <Strip
      name={RESOURCES.cpu}
      value={share === null ? RESOURCES.unknown : percent(share)}
      values={samples.value.map((sample) => cpuShare(sample) ?? 0)}
      most={1}
    >
      <div class="cores">
        {now.cores.map((core, i) => (
          <div key={i} class="core" title={`${RESOURCES.core(i + 1)}: ${percent(core)}`}>
            <i style={{ transform: `scaleY(${Math.min(1, core)})` }} />
          </div>
        ))}
      </div>
    </Strip>
  );
}

function Memory({ now: { memory: { totalBytes, availableBytes } } }: NowProps) {
  return (
    <Strip
      name={RESOURCES.memory}
      value={RESOURCES.ofMemory(memory(totalBytes - availableBytes), memory(totalBytes))}
      values={samples.value.map((sample) => sample.memory.totalBytes - sample.memory.availableBytes)}
      most={totalBytes}
    />
  );
}

function Disk({ now: { disk } }: NowProps) {
  if (disk === null) return <Strip name={RESOURCES.disk} value={RESOURCES.noDisk} values={[]} most={1} />;
  const rates = samples.value.map((sample) =>
    (sample.disk?.readBytesPerSecond ?? 0) + (sample.disk?.writtenBytesPerSecond ?? 0)
  );
  const value = `${bytes(disk.readBytesPerSecond)}/s ${RESOURCES.read}, ${
    bytes(disk.writtenBytesPerSecond)
  }/s ${RESOURCES.written}`;
  return <Strip name={RESOURCES.disk} value={value} values={rates} most={Math.max(1e6, ...rates)} />;
}

interface StripProps {
  readonly name: string;
  readonly value: string;
  readonly values: readonly number[];
  readonly most: number;
  readonly children?: ComponentChildren;
}

function Strip({ name, value, values, most, children }: StripProps) {
  return (
    <section class="strip" aria-label={name}>
      <header>
        <h2 class="section-title">{name}</h2>
        <p>{value}</p>
        {children}
      </header>
      <Sparkline values={values} most={most} slots={600} label={`${name}, ${RESOURCES.minutes}`} />
    </section>
  );
}
