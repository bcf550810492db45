// Runs before the first stylesheet, so that no page ever shows the wrong theme or size; the policy allows no inline
// scripts. What is kept here is what state/preferences.ts writes.
(() => {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("seisproc.preferences") ?? "{}") ?? {};
  } catch {
    // Without storage or with something else in it: as the system has it.
  }
  const root = document.documentElement;
  const light = matchMedia("(prefers-color-scheme: light)").matches;
  root.dataset.theme = kept.theme === "light" || kept.theme === "dark"
    ? kept.theme
    : light
    ? "light"
    : "dark";
  root.style.colorScheme = root.dataset.theme;
  if ([90, 115, 130].includes(kept.textPercent)) root.style.fontSize = `${kept.textPercent}%`;
  if (kept.rows === "comfortable") root.dataset.rows = "comfortable";
  if (kept.motion === "reduced") root.dataset.motion = "reduced";
})();
