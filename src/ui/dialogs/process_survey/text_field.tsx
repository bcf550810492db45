/** A labelled line of text. */
export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  /** Has the focus when the dialog opens. */
  readonly first?: boolean;
  readonly onChange: (value: string) => void;
}

export function TextField({ label, value, hint = "", first = false, onChange }: TextFieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        class="input"
        type="text"
        data-first={first || undefined}
        spellcheck={false}
        autocomplete="off"
        placeholder={hint}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
