/** A window over the page: keeps the focus, closes with Escape, gives the focus back. `data-first` marks what gets it. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";
import { FRAME } from "../texts/frame.ts";
import "./dialog.css";

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

export function Dialog({ title, onClose, wide = false, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    const first = dialog?.querySelector<HTMLElement>("[data-first]") ?? dialog;
    first?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const cancel = (event: Event) => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      class={wide ? "dialog wide" : "dialog"}
      aria-label={title}
      onCancel={cancel}
    >
      <header class="dialog-head">
        <h2>{title}</h2>
        <button type="button" class="icon-button" aria-label={FRAME.close} onClick={onClose}>
          <Icon name="x" />
        </button>
      </header>
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}
