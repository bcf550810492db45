/** A value between two ends, with what it says beside it. */
export interface SliderProps {
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly value: number;
  /** The value with its unit. */
  readonly text: string;
  readonly onChange: (value: number) => void;
}

export function Slider({ label, least, most, step, value, text, onChange }: SliderProps) {
  return (
    <label class="slider">
      <span class="second">{label}</span>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={text}
        min={least}
        max={most}
        step={step}
        value={value}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <output class="slider-text">{text}</output>
    </label>
  );
}
