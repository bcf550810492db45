/** What answers each command, and what it may use. */
import os from "node:os";
import type { Command, CommandName, CommandOf, Replies } from "../../../src/shared/protocol/commands.ts";
import { PROTOCOL_VERSION } from "../../../src/shared/protocol/envelope.ts";
import type { Context, Handler, Handlers } from "./command_context.ts";
import { FILE_COMMANDS } from "./file_commands.ts";
import { JOB_COMMANDS } from "./job_commands.ts";
import { MANY_COMMANDS } from "./many_jobs.ts";
import { MONITOR_COMMANDS } from "./monitor_commands.ts";
import { USER_COMMANDS } from "./user_commands.ts";

const HANDLERS: Handlers = {
  hello: ({ manager, program }) => ({
    program,
    protocol: PROTOCOL_VERSION,
    stream: manager.id,
    workspace: manager.workspace.root,
    cores: os.availableParallelism(),
  }),
  list_processes: async () => {
    const { CATALOG } = await import("../../../src/shared/processes/catalog.ts");
    const { describeProcess } = await import("../../../src/shared/processes/describe.ts");
    return { processes: [...CATALOG.values()].map((spec) => describeProcess(spec)) };
  },
  ...JOB_COMMANDS,
  ...MANY_COMMANDS,
  ...FILE_COMMANDS,
  ...MONITOR_COMMANDS,
  ...USER_COMMANDS,
};

/** Runs a command. @throws what went wrong, as a SeisProcError or a defect */
export async function answer<C extends CommandName>(
  context: Context,
  request: CommandOf<C> & Command,
  hungUp: AbortSignal,
): Promise<Replies[CommandName]> {
  const handler: Handler<C> = HANDLERS[request.command as C];
  return await handler(context, request, hungUp);
}
