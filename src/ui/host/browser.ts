/** The host that a browser is: Web Notifications, and drops that tell names but no paths. */
import type { Ability, Dropped, DropWatcher, Host, Notification as Note } from "./host.ts";

export const browserHost: Host = {
  kind: "browser",
  notifications,
  allowNotifications,
  notify,
  watchDrops,
  setTitle: (title) => document.title = title,
  isUnseen: () => document.hidden || !document.hasFocus(),
};

function notifications(): Ability {
  if (!("Notification" in globalThis)) return "This browser has no notifications.";
  if (Notification.permission === "denied") return "This browser was told not to notify for this page.";
  return Notification.permission === "granted" ? true : "This browser was not asked yet.";
}

async function allowNotifications(): Promise<Ability> {
  if ("Notification" in globalThis && Notification.permission === "default") {
    await Notification.requestPermission();
  }
  return notifications();
}

function notify({ title, text, onClick }: Note): Promise<boolean> {
  if (notifications() !== true) return Promise.resolve(false);
  try {
    const shown = new Notification(title, { body: text, icon: "./seisproc.svg" });
    shown.onclick = () => {
      focus();
      onClick?.();
    };
    return Promise.resolve(true);
  } catch {
    // Some browsers have the name and no such thing in a page.
    return Promise.resolve(false);
  }
}

function watchDrops({ over, dropped }: DropWatcher): void {
  // Elements in the page are entered and left one in another: the window is left when all are.
  let depth = 0;
  const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
  addEventListener("dragenter", (event) => {
    if (isFiles(event) && ++depth === 1) over(true);
  });
  addEventListener("dragleave", (event) => {
    if (isFiles(event) && depth > 0 && --depth === 0) over(false);
  });
  addEventListener("dragover", (event) => {
    if (isFiles(event)) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    depth = 0;
    over(false);
    dropped(droppedOf(event.dataTransfer));
  });
}

function droppedOf(transfer: DataTransfer | null): Dropped {
  const items = [...transfer?.items ?? []].filter(({ kind }) => kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry());
  const folders = entries.flatMap((entry) => entry?.isDirectory ? [entry.name] : []);
  return {
    paths: [],
    files: [...transfer?.files ?? []].filter(({ name }) => !folders.includes(name)),
    folders,
  };
}
