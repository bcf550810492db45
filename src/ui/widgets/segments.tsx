/** One of a few, as buttons in one frame. */
export interface SegmentsProps<T extends string | number> {
  readonly label: string;
  readonly choices: readonly (readonly [T, string])[];
  readonly chosen: T;
  readonly onChoose: (choice: T) => void;
}

export function Segments<T extends string | number>({ label, choices, chosen, onChoose }: SegmentsProps<T>) {
  return (
    <div class="segments" role="group" aria-label={label}>
      {choices.map(([choice, title]) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === chosen}
          onClick={() => onChoose(choice)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
