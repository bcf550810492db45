/** What every view sits in: the top bar with what is open, the palette's box and the view's one action. */
import type { ComponentChildren } from "preact";
import { commandById } from "../commands/command_table.ts";
import { FRAME } from "../texts/frame.ts";
import { Icon } from "../widgets/icon.tsx";
import { Bell } from "./bell.tsx";
import "./page.css";

export interface PageProps {
  readonly title: string;
  /** A few words about what is shown. */
  readonly about?: string;
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Page({ title, about, action, children }: PageProps) {
  const palette = commandById("palette");
  return (
    <div class="page">
      <header class="top-bar">
        <h1 class="top-title cut">{title}</h1>
        <p class="top-about cut">{about}</p>
        <button type="button" class="palette-box" aria-keyshortcuts="Control+K" onClick={palette.run}>
          <Icon name="search" />
          <span>{FRAME.palette}</span>
          <kbd>Ctrl K</kbd>
        </button>
        <Bell />
        {action}
      </header>
      <main class="page-body">{children}</main>
    </div>
  );
}
