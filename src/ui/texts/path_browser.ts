/** Words of the path browser. */
export const PATHS = {
  titles: { segy: "Open SEG-Y", flow: "Open a flow", folder: "Choose a folder" },
  find: (name: string) => `Find ${name} on this disk`,
  findWhy:
    "A browser does not tell where a dropped file lies. Go to its folder: it is opened in place, without a copy.",
  folder: "Folder",
  go: "Go",
  up: "Up",
  home: "Home",
  filter: "Filter",
  entries: "Entries",
  choose: { segy: "Open file", flow: "Open file", folder: "Choose this folder" },
  cancel: "Cancel",
  nothing: {
    segy: "No SEG-Y files or folders here.",
    flow: "No flows or folders here.",
    folder: "No folders here.",
  },
  cut: "There is more than is listed: type a part of the name.",
  loading: "Reading the folder",
  kinds: { folder: "Folder", segy: "SEG-Y", dataset: "Dataset", flow: "Flow" },
};
