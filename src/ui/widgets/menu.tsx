/** A button that opens a sheet under itself: more that can be done or chosen. Escape and a click elsewhere close it. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./icon.tsx";
import "./menu.css";

export interface MenuProps {
  readonly label: string;
  readonly icon?: string;
  /** Beside the icon; without it the label is only told to who cannot see the icon. */
  readonly text?: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function Menu({ label, icon = "ellipsis", text, class: className, children }: MenuProps) {
  const id = useId();
  return (
    <div class="menu">
      <button
        type="button"
        class={className ?? (text === undefined ? "icon-button" : "button")}
        aria-label={text === undefined ? label : undefined}
        title={label}
        popovertarget={id}
      >
        <Icon name={icon} /> {text}
      </button>
      <div
        id={id}
        class="menu-sheet"
        role="group"
        aria-label={label}
        popover="auto"
        onBeforeToggle={(event) => placeUnder(event.currentTarget)}
        onClick={closeAfterChoice}
      >
        {children}
      </div>
    </div>
  );
}

export interface MenuItemProps {
  readonly icon?: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly children: ComponentChildren;
}

export function MenuItem({ icon, onClick, disabled = false, children }: MenuItemProps) {
  return (
    <button type="button" class="menu-item" data-closes disabled={disabled} onClick={onClick}>
      {icon === undefined ? <span class="icon" /> : <Icon name={icon} />} {children}
    </button>
  );
}

function closeAfterChoice({ target, currentTarget }: Event): void {
  const isChoice = target instanceof Element && target.closest("[data-closes]") !== null;
  if (isChoice && currentTarget instanceof HTMLElement && "hidePopover" in currentTarget) {
    currentTarget.hidePopover();
  }
}

/** At the right end of its button, above it when there is no room below. */
function placeUnder(sheet: HTMLElement): void {
  const button = sheet.previousElementSibling?.getBoundingClientRect();
  if (button === undefined) return;
  const isLow = button.bottom > innerHeight * 0.6;
  sheet.style.top = isLow ? "auto" : `${button.bottom + 4}px`;
  sheet.style.bottom = isLow ? `${innerHeight - button.top + 4}px` : "auto";
  const isLeft = button.left < innerWidth * 0.4;
  sheet.style.left = isLeft ? `${button.left}px` : "auto";
  sheet.style.right = isLeft ? "auto" : `${innerWidth - button.right}px`;
}
