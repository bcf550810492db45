/** Asks before something that cannot be taken back. */
import type { ComponentChildren } from "preact";
import { Dialog } from "./dialog.tsx";
import { FRAME } from "../texts/frame.ts";

export interface ConfirmProps {
  readonly title: string;
  /** What the button that does it says. */
  readonly verb: string;
  readonly onDo: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Confirm({ title, verb, onDo, onClose, children }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <footer class="dialog-actions">
        <button type="button" class="button" data-first onClick={onClose}>{FRAME.keep}</button>
        <button
          type="button"
          class="button destroys"
          onClick={() => {
            onClose();
            onDo();
          }}
        >
          {verb}
        </button>
      </footer>
    </Dialog>
  );
}
