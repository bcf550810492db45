/** A job once more, as a new job: also after a restart, since its paths count as chosen. */
import { hasTag } from "../../shared/errors.ts";
import { theSidecar } from "../connection/sidecar.ts";
import { go } from "../state/route.ts";
import { sayFailure } from "./failure.ts";

export interface RerunWish {
  readonly output?: string;
  readonly overwrite?: boolean;
}

/** Starts it and shows it. `exists`: the user has to say whether the output that is there is replaced. */
export async function rerun(job: string, wish: RerunWish = {}): Promise<"started" | "exists" | "refused"> {
  try {
    const started = (await theSidecar().ask("rerun_job", { job, ...wish })).job;
    go("jobs", started.id);
    return "started";
  } catch (error) {
    if (hasTag(error, "output-exists")) return "exists";
    sayFailure(error);
    return "refused";
  }
}
