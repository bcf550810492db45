/** Keeps what is heard of ended jobs in the history, which is loaded when it is first needed. */
import type { Job } from "../../shared/job/job.ts";
import { sidecar } from "../state/link.ts";
import type { History, Kept } from "./history.ts";

export interface HistoryKeeper {
  readonly known: (jobs: readonly Job[]) => void;
  readonly removed: (id: string) => void;
  /** Jobs as the sidecar tells them together with their stamps. */
  readonly keep: (all: readonly Kept[]) => void;
  readonly forget: (ids: readonly string[]) => void;
  /** What is kept, page after page; nothing when the browser keeps nothing. */
  readonly pages: () => AsyncGenerator<readonly Kept[]>;
}

/** `keeps`: whether this page is the one that writes; `onRefusal` is told once why the browser keeps nothing. */
export function keepHistory(keeps: () => boolean, onRefusal: (reason: string) => void): HistoryKeeper {
  let opened: Promise<History> | undefined, isSaid = false;
  const refused = (reason: string) => {
    if (!isSaid) onRefusal(reason);
    isSaid = true;
  };
  const history = () => opened ??= open(refused);
  const write = (act: (history: History) => unknown) => {
    if (keeps()) history().then(act, (error) => refused(String(error)));
  };
  return {
    known: (jobs) => {
      const ended = jobs.filter(({ endedAt }) => endedAt !== null);
      if (ended.length > 0) write((history) => history.keep(ended.map((job) => ({ job, stamp: null }))));
    },
    removed: (id) => write((history) => history.remove([id])),
    keep: (all) => write((history) => history.keep(all)),
    forget: (ids) => write((history) => history.remove(ids)),
    pages: async function* () {
      try {
        yield* (await history()).pages();
      } catch (error) {
        refused(String(error));
      }
    },
  };
}

async function open(refused: (reason: string) => void): Promise<History> {
  const workspace = await workspaceOfSidecar();
  const { History } = await import("./history.ts");
  return new History(workspace, refused);
}

/** Resolves as soon as it is known who answers. */
function workspaceOfSidecar(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const stop = sidecar.subscribe((who) => {
    if (who !== null) resolve(who.workspace);
  });
  return promise.finally(stop);
}
