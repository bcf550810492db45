/** Drawing, at most once a frame for each picture and never while the window is hidden. */

const waiting = new Map<object, () => void>();
let isAsked = false;
let isWatching = false;

/** Draws at the next frame; a later call of the same owner takes the place of an earlier one. */
export function drawSoon(owner: object, draw: () => void): void {
  waiting.set(owner, draw);
  if (!isWatching) document.addEventListener("visibilitychange", ask);
  isWatching = true;
  ask();
}

export function forgetDrawing(owner: object): void {
  waiting.delete(owner);
}

function ask(): void {
  if (isAsked || document.hidden || waiting.size === 0) return;
  isAsked = true;
  requestAnimationFrame(drawAll);
}

function drawAll(): void {
  isAsked = false;
  const now = [...waiting.values()];
  waiting.clear();
  for (const draw of now) draw();
}
