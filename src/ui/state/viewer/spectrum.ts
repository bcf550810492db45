/** Amplitude spectra of what is on the screen: the mean over its traces, input against processed. */
import { signal } from "@preact/signals";
import type { PanelName } from "../../../shared/protocol/gathers.ts";

export interface Spectrum {
  readonly panel: PanelName;
  readonly stepHz: number;
  /** Amplitudes from 0 Hz on. */
  readonly values: Float32Array;
}

export const isSpectrumShown = signal(false);
export const inDecibels = signal(true);
export const spectra = signal<readonly Spectrum[]>([]);
/** Why there are none, or null. */
export const spectrumProblem = signal<string | null>(null);

export function toggleSpectrum(): void {
  isSpectrumShown.value = !isSpectrumShown.value;
}

export function showDecibels(on: boolean): void {
  inDecibels.value = on;
}

export function putSpectra(found: readonly Spectrum[], problem: string | null = null): void {
  spectra.value = found;
  spectrumProblem.value = problem;
}
