/** The files of a group with the name of each output, and what preflight says of it as soon as it is known. */
import { useEffect, useState } from "preact/hooks";
import type { Flow } from "../../../shared/flow/flow.ts";
import { messageOf } from "../../actions/failure.ts";
import {
  type GroupPreflight,
  type GroupWish,
  preflightGroup,
} from "../../actions/processing/process_group.ts";
import { bytes } from "../../format/numbers.ts";
import { outputName } from "../../format/output_names.ts";
import { fileName } from "../../format/paths.ts";
import { duration } from "../../format/times.ts";
import { showToast } from "../../state/toasts.ts";
import { PROCESS } from "../../texts/process.ts";

const STILL_MS = 300;

export type PreflightWish = Omit<GroupWish, "flow"> & { readonly flow: Flow | null };

/** Asked again when the pattern has stood still for a moment; null until it is known. */
export function useGroupPreflight({ flow, files, pattern, overwrite }: PreflightWish): GroupPreflight | null {
  const [found, setFound] = useState<GroupPreflight | null>(null);
  useEffect(() => {
    let isLatest = true;
    setFound(null);
    if (flow === null || pattern.trim() === "") return;
    const timer = setTimeout(() => {
      preflightGroup({ flow, files, pattern, overwrite }).then(
        (answer) => isLatest && setFound(answer),
        (error) => isLatest && showToast("error", messageOf(error)),
      );
    }, STILL_MS);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [flow, files, pattern, overwrite]);
  return found;
}

export interface GroupFilesProps {
  readonly files: readonly string[];
  readonly pattern: string;
  readonly flow: Flow | null;
  readonly found: GroupPreflight | null;
}

export function GroupFiles({ files, pattern, flow, found }: GroupFilesProps) {
  const { columns } = PROCESS;
  return (
    <>
      <div class="group-files" tabIndex={0} role="group" aria-label={PROCESS.files(files.length)}>
        <table class="table">
          <thead>
            <tr>
              <th>{columns.input}</th>
              <th>{columns.output}</th>
              <th>{columns.state}</th>
            </tr>
          </thead>
          <tbody>
            {files.map((file, i) => {
              const output = flow === null ? null : outputName(pattern, file, flow.name);
              return (
                <tr key={file}>
                  <td title={file}>{fileName(file)}</td>
                  <td title={output ?? undefined}>{output === null ? "" : fileName(output)}</td>
                  <td class="group-file-state">
                    <Verdict found={found} place={i} waits={flow !== null} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="second" role="status">{found === null ? "" : totalOf(found)}</p>
    </>
  );
}

interface VerdictProps {
  readonly found: GroupPreflight | null;
  readonly place: number;
  readonly waits: boolean;
}

function Verdict({ found, place, waits }: VerdictProps) {
  const file = found?.files[place];
  if (file === undefined) return <span class="quiet">{waits ? PROCESS.checking : ""}</span>;
  if (file.problem !== null) return <span class="danger">{file.problem}</span>;
  if (file.warnings.length > 0) return <span class="warn">{file.warnings.join(" ")}</span>;
  return <span class="second">{PROCESS.good}</span>;
}

function totalOf({ estimate }: GroupPreflight): string {
  return PROCESS.estimate(
    duration(estimate.seconds * 1000),
    bytes(estimate.memoryBytes),
    bytes(estimate.diskBytes),
  );
}
