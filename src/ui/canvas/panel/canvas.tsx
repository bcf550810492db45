/**
 * A canvas that draws itself anew when the signals change that its scene is read from, or its size: without any work of
 * components, so that panning costs the drawing alone.
 */
import { effect, signal } from "@preact/signals";
import type { HTMLAttributes } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { drawSoon, forgetDrawing } from "./frames.ts";

/** In pixels of the page; `ratio` pixels of the screen are one of them. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

export interface CanvasProps<S> extends Omit<HTMLAttributes<HTMLCanvasElement>, "label"> {
  /** What is to be drawn, read from signals; undefined leaves what is there. */
  readonly read: (size: CanvasSize) => S | undefined;
  readonly paint: (pen: CanvasRenderingContext2D, scene: S, size: CanvasSize) => void;
  /** Absent: seen only, such as axes, whose content is told elsewhere. */
  readonly label?: string;
  /** Calls `draw` when it must be drawn anew for other reasons; returns how to stop. */
  readonly watch?: (draw: () => void) => () => void;
}

export function Canvas<S>({ read, paint, label, watch, ...attributes }: CanvasProps<S>) {
  const ref = useRef<HTMLCanvasElement>(null);
  // The latest of both, so that a new function of the parent draws anew and starts nothing else.
  const latest = useRef({ read, paint });
  const again = useRef(signal(0));
  latest.current = { read, paint };
  useEffect(() => {
    again.current.value++;
  }, [read, paint]);
  useEffect(() => {
    const canvas = ref.current, pen = canvas?.getContext("2d");
    if (canvas === null || pen === null || pen === undefined) return;
    const size = signal(sizeOf(canvas));
    const observer = new ResizeObserver(() => size.value = sizeOf(canvas));
    observer.observe(canvas);
    const stopWatching = watch?.(() => again.current.value++);
    const stop = effect(() => {
      void again.current.value;
      const now = size.value, scene = latest.current.read(now);
      if (scene === undefined || now.width < 1 || now.height < 1) return;
      drawSoon(canvas, () => {
        fit(canvas, now);
        latest.current.paint(pen, scene, now);
      });
    });
    return () => {
      stop();
      stopWatching?.();
      observer.disconnect();
      forgetDrawing(canvas);
    };
  }, []);
  return (
    <canvas
      ref={ref}
      {...attributes}
      role={label === undefined ? "presentation" : "img"}
      aria-label={label}
    />
  );
}

function sizeOf(canvas: HTMLCanvasElement): CanvasSize {
  return { width: canvas.clientWidth, height: canvas.clientHeight, ratio: devicePixelRatio };
}

/** Setting a size clears a canvas, even the same size. */
function fit(canvas: HTMLCanvasElement, { width, height, ratio }: CanvasSize): void {
  const across = Math.max(1, Math.round(width * ratio)), down = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
}
