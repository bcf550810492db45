/** What a command may use, and the shape of what answers it. */
import type { Preflight } from "../../../src/shared/job/preflight.ts";
import type { CommandName, CommandOf, Replies } from "../../../src/shared/protocol/commands.ts";
import type { JobManager } from "../../jobs/manager.ts";
import type { JobMonitor } from "../../monitor/job_monitor.ts";
import type { Grants } from "../grants.ts";
import type { Documents } from "../user/documents.ts";
import type { Timetable } from "../user/timetable.ts";
import type { SettingsBook } from "../user/settings_book.ts";
import type { Reading } from "../reading/reading.ts";

export interface Context {
  readonly manager: JobManager;
  readonly monitor: JobMonitor;
  readonly preflight: Preflight;
  readonly grants: Grants;
  readonly reading: Reading;
  readonly settings: SettingsBook;
  readonly documents: Documents;
  readonly timetable: Timetable;
  readonly program: string;
}

/** `hungUp` is aborted when the client goes away: what takes long ends then. */
export type Handler<C extends CommandName> = (
  context: Context,
  request: CommandOf<C>,
  hungUp: AbortSignal,
) => Replies[C] | Promise<Replies[C]>;
export type Handlers = { readonly [C in CommandName]: Handler<C> };
