/**
 * What processes have to say of the data without failing: each said once for a job, whatever number of traces it holds
 * for.
 */
import { assertUnreachable } from "../assert.ts";
import type { ScalarWord } from "../seismic/trace_header.ts";

export type Remark =
  /** A scalar word holds what is no scalar of the standard. */
  | { readonly kind: "scalar_ignored"; readonly word: ScalarWord; readonly found: number }
  /** The shift of a trace that its header cannot tell. */
  | { readonly kind: "static_remainder"; readonly ms: number }
  /** A gather of one trace went through a filter that needs several. */
  | { readonly kind: "lone_trace"; readonly process: string }
  /** The traces of a gather lie unevenly: the largest departure from their mean spacing. */
  | { readonly kind: "uneven_spacing"; readonly process: string; readonly percent: number }
  /** A trace does not hold all of a window of time. */
  | { readonly kind: "outside_record"; readonly process: string }
  /** A coordinate unit that the standard does not know. */
  | { readonly kind: "unit_unknown"; readonly found: number }
  /** Coordinates that are angles were projected. */
  | { readonly kind: "projected"; readonly from: string; readonly to: string }
  /** Coordinates that are angles were read as numbers, not as lengths. */
  | { readonly kind: "angles_read"; readonly process: string; readonly unit: string };

/** A remark with how often it was made. */
export interface CountedRemark {
  readonly remark: Remark;
  readonly count: number;
}

/** Collects remarks in any order: the same ones in another order make the same list. */
export class Remarks {
  readonly #found = new Map<string, CountedRemark>();

  readonly add = (remark: Remark): void => this.#add({ remark, count: 1 });

  addAll(remarks: readonly CountedRemark[]): void {
    for (const one of remarks) this.#add(one);
  }

  /** What was collected, in an order of its own. */
  get list(): CountedRemark[] {
    return [...this.#found].sort(([a], [b]) => a < b ? -1 : 1).map(([, one]) => one);
  }

  /** Gives what was collected and forgets it. */
  take(): CountedRemark[] {
    const { list } = this;
    this.#found.clear();
    return list;
  }

  #add({ remark, count }: CountedRemark): void {
    const key = keyOf(remark), known = this.#found.get(key);
    const worse = known === undefined || figureOf(remark) > figureOf(known.remark);
    this.#found.set(key, { remark: worse ? remark : known.remark, count: count + (known?.count ?? 0) });
  }
}

function keyOf(remark: Remark): string {
  switch (remark.kind) {
    case "scalar_ignored":
      return `${remark.kind} ${remark.word}`;
    case "static_remainder":
    case "unit_unknown":
      return remark.kind;
    case "lone_trace":
    case "uneven_spacing":
    case "outside_record":
      return `${remark.kind} ${remark.process}`;
    case "projected":
      return `${remark.kind} ${remark.from} ${remark.to}`;
    case "angles_read":
      return `${remark.kind} ${remark.process} ${remark.unit}`;
    default:
      return assertUnreachable(remark);
  }
}

/** Of remarks that are one, that of the greatest figure is kept. */
function figureOf(remark: Remark): number {
  switch (remark.kind) {
    case "scalar_ignored":
    case "unit_unknown":
      return remark.found;
    case "static_remainder":
      return Math.abs(remark.ms);
    case "uneven_spacing":
      return remark.percent;
    case "lone_trace":
    case "outside_record":
    case "projected":
    case "angles_read":
      return 0;
    default:
      return assertUnreachable(remark);
  }
}

const SCALED_BY = { scalco: "coordinates", scalel: "elevations and depths", tscal: "times" } as const;

/** A remark as a person reads it. */
export function remarkSentence({ remark, count }: CountedRemark): string {
  const gathers = `${count} ${count === 1 ? "gather" : "gathers"}`;
  switch (remark.kind) {
    case "scalar_ignored":
      return `Header word ${remark.word} holds ${remark.found}, which is no scalar (1 to 10000 in powers of ten, ` +
        `either sign, or 0): ${SCALED_BY[remark.word]} are taken as they stand there`;
    case "static_remainder":
      return `statics: tstat tells the shifts of ${count} ${
        count === 1 ? "trace" : "traces"
      } rounded, by up to ` +
        `${short(remark.ms)} ms: a finer time scalar (tscal) would hold them`;
    case "lone_trace":
      return `${remark.process}: ${gathers} of one trace passed unchanged`;
    case "uneven_spacing":
      return `${remark.process}: in ${gathers} traces lie unevenly, by up to ${
        short(remark.percent)
      } % off their ` +
        `mean spacing, which is taken: velocities are true on the mean only`;
    case "outside_record":
      return `${remark.process}: ${count} ${
        count === 1 ? "trace does" : "traces do"
      } not hold the whole window: ` +
        "zeros stand where they have no samples";
    case "unit_unknown":
      return `Coordinate unit ${remark.found} (counit) is none of the standard: coordinates are taken for lengths`;
    case "projected":
      return `Coordinates in ${remark.from} were projected to ${remark.to} for distances in metres`;
    case "angles_read":
      return `${remark.process}: coordinates in ${remark.unit} were read as numbers: no distances come of them`;
    default:
      return assertUnreachable(remark);
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
