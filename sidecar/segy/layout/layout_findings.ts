/** What detection comes to. */
import type { ScanFinding } from "../../../src/shared/seismic/scan_report.ts";
import type { LaidOutWord } from "../../../src/shared/seismic/word_mapping.ts";
import type { BinaryHeader } from "../format/binary_header.ts";
import type { Evidence } from "./evidence/evidence.ts";
import type { SegyLayout } from "./segy_layout.ts";

export interface LayoutFindings {
  readonly layout: SegyLayout;
  readonly header: BinaryHeader;
  /** The code that the header says, or the user, whatever the samples look like. */
  readonly saidFormat: number;
  /** How the file bears out where traces lie. */
  readonly evidence: Evidence;
  /** Why no trace can be read, as far as it lies in their lengths. */
  readonly unreadable: string | undefined;
  readonly findings: readonly ScanFinding[];
  /** Words that lie elsewhere than the standard has them: as the user says, else as the file lays them out. */
  readonly map: readonly LaidOutWord[];
}
