/** One of a list, or none of them: a select in the shape of a chip. */
import "./choice.css";

export interface ChoiceProps<T extends string | number> {
  readonly label: string;
  /** What stands for none. */
  readonly none: string;
  readonly choices: readonly (readonly [T, string])[];
  readonly chosen: T | null;
  readonly onChoose: (choice: T | null) => void;
}

export function Choice<T extends string | number>(
  { label, none, choices, chosen, onChoose }: ChoiceProps<T>,
) {
  return (
    <select
      class={chosen === null ? "choice" : "choice is-chosen"}
      aria-label={label}
      value={chosen === null ? "" : String(chosen)}
      onChange={(event) => {
        const found = choices.find(([choice]) => String(choice) === event.currentTarget.value);
        onChoose(found === undefined ? null : found[0]);
      }}
    >
      <option value="">{none}</option>
      {choices.map(([choice, title]) => <option key={choice} value={String(choice)}>{title}</option>)}
    </select>
  );
}
