/** An error with its typed fields. */
import type { WireError } from "../../../../shared/errors.ts";
import { showInViewer } from "../../../actions/job_files.ts";
import { full } from "../../../format/numbers.ts";
import { JOBS } from "../../../texts/jobs.ts";
import { Icon } from "../../../widgets/icon.tsx";

export interface JobErrorProps {
  readonly error: WireError;
  /** What the job read; null when it is not known. */
  readonly input: string | null;
}

export function JobError({ error: { tag, message, fields }, input }: JobErrorProps) {
  const cut = message.indexOf(": ");
  const [what, more] = cut < 0 ? [message, ""] : [message.slice(0, cut), message.slice(cut + 2)];
  return (
    <section class="job-error" aria-label={tag}>
      <div class="job-error-head">
        <p class="strong">{what}</p>
        <button
          type="button"
          class="icon-button"
          aria-label={JOBS.copyError}
          title={JOBS.copyError}
          onClick={() => void navigator.clipboard.writeText(`${tag}: ${message}`)}
        >
          <Icon name="copy" />
        </button>
      </div>
      {more !== "" && <p class="second">{more}</p>}
      {input !== null && (
        <button type="button" class="button" onClick={() => void showInViewer(input)}>
          <Icon name="eye" /> {JOBS.showInput}
        </button>
      )}
      <dl class="pairs">
        <Fact name="tag" value={tag} />
        {Object.entries(fields).map(([name, value]) => <Fact key={name} name={name} value={shown(value)} />)}
      </dl>
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function shown(value: unknown): string {
  if (typeof value === "number") return full(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}
