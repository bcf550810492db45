/** The command palette: type some letters of what is wanted, choose with the arrows, Enter does it. */
import { fuzzyMatch } from "@nozbe/microfuzz";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Command } from "../commands/command.ts";
import { COMMAND_TABLE } from "../commands/command_table.ts";
import { closeOverlay } from "../state/overlays.ts";
import { FRAME } from "../texts/frame.ts";
import { Keys } from "./keys.tsx";
import "./palette.css";

export function Palette() {
  const [typed, setTyped] = useState("");
  const [place, setPlace] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const find = useMemo(searchOf, []);
  const found = find(typed);
  const at = Math.min(place, found.length - 1);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => document.getElementById(`palette-${at}`)?.scrollIntoView({ block: "nearest" }), [at]);

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    closeOverlay();
    command.run();
  };
  const keyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) setPlace((at + steps[event.key] + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label={FRAME.palette}
      onCancel={closeOverlay}
      onClick={(event) => event.target === event.currentTarget && closeOverlay()}
    >
      <input
        class="palette-input"
        role="combobox"
        aria-label={FRAME.palette}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found.length > 0 ? `palette-${at}` : undefined}
        placeholder={FRAME.palette}
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setPlace(0);
        }}
        onKeyDown={keyDown}
      />
      <ul id="palette-list" class="palette-list" role="listbox" aria-label={FRAME.palette}>
        {found.map((command, i) => (
          <li
            key={command.id}
            id={`palette-${i}`}
            role="option"
            aria-selected={i === at}
            onClick={() => run(command)}
            onPointerMove={() => i !== at && setPlace(i)}
          >
            <span class="quiet palette-group">{command.group}</span>
            <span class="palette-title">{command.title}</span>
            {command.keys !== undefined && <Keys keys={command.keys} />}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="palette-nothing">{FRAME.paletteNothing}</p>}
    </dialog>
  );
}

/** What can be done now, and of that what fits the letters, the best first. */
function searchOf(): (typed: string) => readonly Command[] {
  const possible = COMMAND_TABLE.filter(({ id, isPossible }) => id !== "palette" && isPossible?.() !== false);
  return (typed) => {
    if (typed.trim() === "") return possible;
    const scored = possible.flatMap((command) => {
      const score = scoreOf(command, typed);
      return score === undefined ? [] : [{ command, score }];
    });
    return scored.sort((a, b) => a.score - b.score).map(({ command }) => command);
  };
}

/** Lower is better. */
function scoreOf({ title, group, words = "" }: Command, typed: string): number | undefined {
  const scores = [title, `${group} ${title}`, words].flatMap((text) => fuzzyMatch(text, typed)?.score ?? []);
  return scores.length === 0 ? undefined : Math.min(...scores);
}
