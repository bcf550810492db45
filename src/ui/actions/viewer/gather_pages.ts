/** Names and sizes of gathers, page by page as they are needed. */
import type { GatherPage } from "../../../shared/protocol/commands.ts";
import { theSidecar } from "../../connection/sidecar.ts";
import { choiceOf } from "../../state/surveys.ts";
import type { Arrangement, ShownGather } from "../../state/viewer/shown_gather.ts";

const PAGE = 100;

/** By arrangement as long as somebody holds it. */
const known = new WeakMap<Arrangement, Map<number, Promise<GatherPage>>>();

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
  if (word !== keys[0] || !Number.isFinite(value)) return undefined;
  const asked = { ...listingOf(arrangement), value, limit: 1 };
  return (await theSidecar().ask("list_gathers", asked)).page[0]?.gather;
}

function pageOf(arrangement: Arrangement, first: number): Promise<GatherPage> {
  const pages = known.get(arrangement) ?? new Map<number, Promise<GatherPage>>(), there = pages.get(first);
  known.set(arrangement, pages);
  if (there !== undefined) return there;
  const asked = theSidecar().ask("list_gathers", { ...listingOf(arrangement), first, limit: PAGE });
  pages.set(first, asked);
  // What failed may work when it is asked again, and a page of gathers that are still searched may grow.
  asked.then(({ soFar }) => soFar !== undefined && pages.delete(first), () => pages.delete(first));
  return asked;
}

function listingOf({ survey, order, key }: Arrangement) {
  return { survey, ...choiceOf(survey), ...(order.length > 0 ? { order } : key !== null && { key }) };
}
