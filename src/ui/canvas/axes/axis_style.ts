/** How axes look. Sizes are in pixels of the page; `ratio` makes them pixels of the screen. */

export interface AxisStyle {
  readonly ratio: number;
  readonly font: string;
  readonly text: string;
  readonly faint: string;
  readonly grid: string;
  readonly surround: string;
  readonly format: (value: number) => string;
}

export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export function prepare(pen: Pen, { ratio, font, surround }: AxisStyle, width: number, height: number): void {
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = surround;
  pen.fillRect(0, 0, width, height);
  pen.font = font;
  pen.lineWidth = 1;
}

/** Where a line one pixel thick is sharp. */
export function crisp(place: number, ratio: number): number {
  return (Math.floor(place * ratio) + 0.5) / ratio;
}
