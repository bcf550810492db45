/** Words of the dialog "Process survey". */
export const PROCESS = {
  title: "Process survey",
  flow: "Flow file",
  flowHint: "/data/brute_stack.json",
  load: "Load",
  browse: "Browse",
  steps: "Processes",
  input: "Input",
  output: "Output",
  overwrite: "Replace the output if it is there",
  start: "Start",
  cancel: "Cancel",
  estimate: (time: string, memory: string, disk: string) =>
    `about ${time}, ${memory} of memory, ${disk} on disk`,
  checking: "Checking",
};
