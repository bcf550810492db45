/** What the job will take, asked again when the paths have stood still for a moment. */
import { useEffect, useState } from "preact/hooks";
import type { PreflightAnswer } from "../../../shared/protocol/commands.ts";
import { messageOf } from "../../actions/failure.ts";
import { preflightOf, type ProcessWish } from "../../actions/processing/process_survey.ts";
import { bytes } from "../../format/numbers.ts";
import { duration } from "../../format/times.ts";
import { PROCESS } from "../../texts/process.ts";

const STILL_MS = 300;

type Found = { readonly answer: PreflightAnswer } | { readonly refused: string } | null;

export function Estimate({ wish }: { readonly wish: ProcessWish }) {
  const [found, setFound] = useState<Found>(null);
  const { flow, input, output, overwrite } = wish;
  useEffect(() => {
    let isLatest = true;
    const show = (next: Found) => {
      if (isLatest) setFound(next);
    };
    const timer = setTimeout(() => {
      preflightOf(wish).then((answer) => show({ answer }), (error) => show({ refused: messageOf(error) }));
    }, STILL_MS);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [flow, input, output, overwrite]);
  if (found === null) return <p class="quiet">{PROCESS.checking}</p>;
  if ("refused" in found) return <p class="field-error" role="status">{found.refused}</p>;
  const { estimate, warnings } = found.answer;
  return (
    <div role="status">
      <p class="second">
        {PROCESS.estimate(
          duration(estimate.seconds * 1000),
          bytes(estimate.memoryBytes),
          bytes(estimate.diskBytes),
        )}
      </p>
      {warnings.map((warning) => <p key={warning} class="warn">{warning}</p>)}
    </div>
  );
}
