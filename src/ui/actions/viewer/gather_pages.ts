/** Names and sizes of gathers, page by page as they are needed. */
import type { GatherPage } from "../../../shared/protocol/commands.ts";
import { theSidecar } from "../../connection/sidecar.ts";
import type { Arrangement, ShownGather } from "../../state/viewer/shown_gather.ts";

const PAGE = 100;

let known:
  | { readonly arrangement: Arrangement; readonly pages: Map<number, Promise<GatherPage>> }
  | undefined;

/** @throws what the sidecar says */
export async function gatherOf(arrangement: Arrangement, number: number): Promise<ShownGather> {
  const { page } = await pageOf(arrangement, Math.floor(number / PAGE) * PAGE);
  const found = page.find(({ gather }) => gather === number);
  return { number, values: found?.values ?? null, traces: found?.traces ?? null };
}

/** How many gathers there are. @throws what the sidecar says */
export async function factsOf(arrangement: Arrangement): Promise<GatherPage> {
  return await pageOf(arrangement, 0);
}

/** The gather that has this value of a word that names gathers; undefined without one. @throws what the sidecar says */
export async function numberOf(
  arrangement: Arrangement,
  keys: readonly string[],
  word: string,
  value: number,
): Promise<number | undefined> {
  const place = keys.indexOf(word);
  if (place < 0 || !Number.isFinite(value)) return undefined;
  const { gathers } = await factsOf(arrangement);
  for (let first = 0; first < gathers; first += PAGE) {
    const { page } = await pageOf(arrangement, first);
    const found = page.find(({ values }) => values[place] === value);
    if (found !== undefined) return found.gather;
  }
  return undefined;
}

function pageOf(arrangement: Arrangement, first: number): Promise<GatherPage> {
  if (known?.arrangement !== arrangement) known = { arrangement, pages: new Map() };
  const { pages } = known, there = pages.get(first);
  if (there !== undefined) return there;
  const { survey, order, key } = arrangement;
  const how = order.length > 0 ? { order } : key === null ? {} : { key };
  const asked = theSidecar().ask("list_gathers", { survey, ...how, first, limit: PAGE });
  pages.set(first, asked);
  // What failed may work when it is asked again.
  asked.catch(() => pages.delete(first));
  return asked;
}
