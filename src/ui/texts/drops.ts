/** Words about dropped files. */
export const DROPS = {
  over: "Drop SEG-Y files or a flow to open them",
  several: (count: number) => `${count} files are open`,
  processAll: "Process with a flow",
  emptyFolder: "There are no SEG-Y files in this folder",
  nothing: (count: number) =>
    count === 1 ? "Cannot open what was dropped" : "Cannot open any of what was dropped",
  expected:
    "expected SEG-Y files (.sgy, .segy, .su) or a flow (.json), found others: give its full path to open a file with another name",
};
