/** Keeps what is heard of ended jobs in the history, which is loaded with the first of them. */
import type { Job } from "../../shared/job/job.ts";
import { sidecar } from "../state/link.ts";
import type { History } from "./history.ts";

export interface HistoryKeeper {
  readonly known: (jobs: readonly Job[]) => void;
  readonly removed: (id: string) => void;
}

/** `keeps`: whether this page is the one that writes; `onRefusal` is told once why the browser keeps nothing. */
export function keepHistory(keeps: () => boolean, onRefusal: (reason: string) => void): HistoryKeeper {
  let opened: Promise<History> | undefined, isSaid = false;
  const refused = (reason: string) => {
    if (!isSaid) onRefusal(reason);
    isSaid = true;
  };
  const open = async () => {
    const workspace = await workspaceOfSidecar();
    const { History } = await import("./history.ts");
    return new History(workspace, refused);
  };
  const withHistory = (act: (history: History) => unknown) => {
    if (!keeps()) return;
    opened ??= open();
    opened.then(act, (error) => refused(String(error)));
  };
  return {
    known: (jobs) => {
      const ended = jobs.filter(({ endedAt }) => endedAt !== null);
      if (ended.length > 0) withHistory((history) => history.keep(ended));
    },
    removed: (id) => withHistory((history) => history.remove(id)),
  };
}

/** Resolves as soon as it is known who answers. */
function workspaceOfSidecar(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const stop = sidecar.subscribe((who) => {
    if (who !== null) resolve(who.workspace);
  });
  return promise.finally(stop);
}
