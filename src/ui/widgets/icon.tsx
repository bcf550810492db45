/** An icon of the sprite in the page. It says nothing to a screen reader: words stand beside it. */
export interface IconProps {
  readonly name: string;
  /** Edge in px at normal text size; 16 unless told. */
  readonly size?: number;
  readonly class?: string;
}

export function Icon({ name, size = 16, class: className = "" }: IconProps) {
  const rem = `${size / 16}rem`;
  return (
    <svg
      class={`icon ${className}`}
      width={rem}
      height={rem}
      stroke-width={size <= 16 ? 1.75 : 1.6}
      aria-hidden="true"
    >
      <use href={`#icon-${name}`} />
    </svg>
  );
}
