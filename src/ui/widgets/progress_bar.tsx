/** A bar from 0 to 1. It moves by a transform, so that nothing is laid out anew. */
export interface ProgressBarProps {
  readonly fraction: number;
  readonly label: string;
  readonly class?: string;
}

export function ProgressBar({ fraction, label, class: className = "" }: ProgressBarProps) {
  const share = Math.min(1, Math.max(0, fraction));
  return (
    <div
      class={`bar ${className}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 1000) / 10}
    >
      <i style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
