/** Words of the frame. */
export const FRAME = {
  program: "SeisProc",
  rail: "Views",
  views: {
    data: "Data",
    view: "View",
    jobs: "Jobs",
    analytics: "Analytics",
    resources: "Resources",
    settings: "Settings",
    alerts: "Alerts",
  },
  palette: "Search or run a command",
  paletteNothing: "No command has these letters.",
  shortcuts: "Shortcuts",
  close: "Close",
  keep: "Do not",
  loading: "Loading",
  alerts: "Alerts",
  noJobs: "No jobs running",
  running: (count: number) => `${count} running`,
  queued: (count: number) => `${count} queued`,
  heldQueue: (why: string) => `Queue is held: ${why}`,
  cpu: "CPU",
  allWork: "All work",
  signIn: {
    title: "This page is not signed in",
    how: "Start SeisProc again: its address with the key in it opens a page that is signed in.",
    command: "npx seisproc --browser",
    after:
      "A page stays signed in until its tab is closed. The key never goes to a server or into the history.",
  },
  refused: {
    title: "SeisProc was started anew",
    how:
      "It has a new key, so this page is not signed in any more. Start it again, or open the address that it printed.",
  },
  lost: {
    title: "The connection to SeisProc is lost",
    what: "Running jobs were interrupted or go on without this page; nothing that was written is lost.",
    trying: (attempt: number) => `Try ${attempt}`,
    reconnect: "Reconnect",
  },
  away: (completed: number, failed: number, cancelled: number) => {
    const parts = [
      completed > 0 && `${completed} completed`,
      failed > 0 && `${failed} failed`,
      cancelled > 0 && `${cancelled} cancelled`,
    ].filter((part) => part !== false);
    return `While you were away: ${parts.join(", ")}`;
  },
  groupEnd: (name: string, completed: number, failed: number, cancelled: number) => {
    const parts = [
      completed > 0 && `${completed} completed`,
      failed > 0 && `${failed} failed`,
      cancelled > 0 && `${cancelled} cancelled`,
    ].filter((part) => part !== false);
    return `${name}: ${parts.join(", ")}`;
  },
  toast: {
    retryFailed: (count: number) => `Retry ${count}`,
    completed: (name: string) => `${name} is ready`,
    failed: (name: string) => `${name} failed`,
    timedOut: (name: string) => `${name} ran out of time`,
    cancelled: (name: string) => `${name} was cancelled`,
    restarted: "SeisProc's sidecar was started anew",
    interrupted: (count: number) => count === 1 ? "1 job is interrupted" : `${count} jobs are interrupted`,
    resumeAll: "Resume all",
    show: "Show",
    retry: "Retry",
  },
  historyRefused: "This browser keeps no history: the page works without",
  cannotLoadView: "This part of the page could not be loaded: reload the page.",
};
