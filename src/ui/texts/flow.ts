/** Words of the flow. */
export const FLOW = {
  title: "Flow",
  empty: "No processes yet: load a flow to see the gather through it.",
  file: "Flow to load",
  fileHint: "/data/brute_stack.json",
  load: "Load",
  on: "On",
  undo: "Undo",
  redo: "Redo",
};
