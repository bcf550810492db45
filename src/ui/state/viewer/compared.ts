/** A second survey beside the first, gather by gather of the same header values; it takes the place of the flow. */
import { computed, signal } from "@preact/signals";
import { surveys } from "../surveys.ts";
import { type Arrangement, arrangement } from "./shown_gather.ts";

const chosen = signal<string | null>(null);

/** Its path; null: the flow is shown. A survey beside itself says nothing. */
export const comparedSurvey = computed(() => {
  const isOpen = surveys.value.some(({ path }) => path === chosen.value);
  return isOpen && chosen.value !== arrangement.value?.survey ? chosen.value : null;
});

/** In the order of the first. */
export const comparedArrangement = computed<Arrangement | null>(() => {
  const first = arrangement.value, survey = comparedSurvey.value;
  return first === null || survey === null ? null : { ...first, survey };
});

/** The other surveys that are open. */
export const comparable = computed(() =>
  surveys.value.map(({ path }) => path).filter((path) => path !== arrangement.value?.survey)
);

export function compareWith(survey: string | null): void {
  chosen.value = survey;
}
