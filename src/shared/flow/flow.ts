/** The flow document: input, order, processes, output. What users save and scripts write; its format is fixed. */

export interface Flow {
  readonly seisproc: 1;
  readonly name: string;
  readonly input: { readonly path: string; readonly order: readonly string[] };
  readonly processes: readonly FlowStep[];
  readonly output: FlowOutput;
}

export interface FlowStep {
  readonly process: string;
  /** Parsed values: defaults filled in, velocity files read. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface FlowOutput {
  readonly path: string;
  readonly format: "ieee" | "ibm" | "int32" | "int16" | "int8";
  readonly mode: OutputMode;
}

/** `noise` is input minus processed; `both` writes it beside the processed data as `*.noise.sgy`. */
export type OutputMode = "processed" | "noise" | "both";
