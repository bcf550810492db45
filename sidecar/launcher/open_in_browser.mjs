/** Opens a file in the default browser: one fixed program, one argument, no shell. */
import { spawn } from "node:child_process";

export function hasDisplay() {
  if (process.platform !== "linux") return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

export function openInBrowser(file) {
  const [program, ...before] = opener();
  const child = spawn(program, [...before, file], { stdio: "ignore", detached: true });
  child.on("error", () => console.error("No browser could be opened: open the address above in one"));
  child.unref();
}

function opener() {
  switch (process.platform) {
    case "win32":
      return ["explorer.exe"];
    case "darwin":
      return ["open"];
    default:
      return ["xdg-open"];
  }
}
