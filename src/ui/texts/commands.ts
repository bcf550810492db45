/** Titles of commands. */
export const COMMANDS = {
  groups: { go: "Go to", data: "Data", jobs: "Jobs", window: "Window" },
  open: "Open SEG-Y",
  process: "Process survey",
  pauseAll: "Pause all jobs",
  resumeAll: "Resume all jobs",
  palette: "Search or run a command",
  shortcuts: "Show shortcuts",
  dark: "Dark theme",
  light: "Light theme",
  systemTheme: "Theme of the system",
  larger: "Larger text",
  smaller: "Smaller text",
  normalText: "Normal text size",
};
