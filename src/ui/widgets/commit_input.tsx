/** A text that counts when Enter is pressed or the focus leaves; Escape brings back what was there. */
import type { AllHTMLAttributes } from "preact";

type Attributes = Pick<
  AllHTMLAttributes<HTMLInputElement>,
  | "class"
  | "title"
  | "placeholder"
  | "inputMode"
  | "onFocus"
  | "aria-valuenow"
  | "aria-valuemin"
  | "aria-valuemax"
>;

export interface CommitInputProps extends Attributes {
  readonly value: string;
  readonly label: string;
  readonly role?: "spinbutton";
  /** Id of a list of what may be meant. */
  readonly suggestions?: string;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  /** Returns what is shown from then on, if not what was typed. */
  readonly onCommit: (text: string) => string | void;
}

export function CommitInput(props: CommitInputProps) {
  const { value, label, role, suggestions, onCommit, onKeyDown, ...attributes } = props;
  const commit = (input: HTMLInputElement) => {
    if (input.value !== value) input.value = onCommit(input.value) ?? input.value;
  };
  return (
    <input
      autocomplete="off"
      spellcheck={false}
      {...attributes}
      {...(suggestions === undefined ? { role } : { list: suggestions })}
      aria-label={label}
      value={value}
      onChange={(event) => commit(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit(event.currentTarget);
        else if (event.key === "Escape") event.currentTarget.value = value;
        else onKeyDown?.(event);
      }}
    />
  );
}
