/** What lies under the pointer: trace, time, amplitude, and words of the trace's header. */
import { READ_OUT_WORDS } from "../../actions/viewer/requests.ts";
import { amplitudeAt } from "../../canvas/picture/picture.ts";
import { count, full } from "../../format/numbers.ts";
import { chosenSurvey } from "../../state/surveys.ts";
import { details, panels, wordsOf } from "../../state/viewer/panels.ts";
import { pointed } from "../../state/viewer/position.ts";
import { slope, tool } from "../../state/viewer/tool.ts";
import { VIEWER } from "../../texts/viewer.ts";

const { readOut } = VIEWER;
const figures = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 7, useGrouping: false });

export function ReadOut() {
  const at = pointed.value;
  return (
    <footer class="read-out">
      <Measured />
      {at === null ? slope.value === null && <span>{readOut.hint}</span> : <Values at={at} />}
    </footer>
  );
}

/** What was dragged out by the tool. */
function Measured() {
  const now = slope.value, survey = chosenSurvey.value?.survey;
  if (now === null) return tool.value === "measure" ? <span>{readOut.measure}</span> : null;
  const unit = survey?.state === "ready" ? survey.value.lengthUnit : "m";
  const parts = [
    readOut.ms(short(now.ms)),
    ...(now.msPerTrace === null ? [] : [readOut.msPerTrace(short(now.msPerTrace))]),
    ...(now.perSecond === null ? [] : [readOut.perSecond(short(now.perSecond), unit)]),
  ];
  return <output class="strong" aria-label={readOut.measured}>{parts.join(" · ")}</output>;
}

function short(value: number): string {
  return full(Number(value.toPrecision(4))).replace("-", "−");
}

function Values({ at }: { readonly at: NonNullable<typeof pointed.value> }) {
  const content = details[at.panel].value ?? panels[at.panel].value.content;
  if (content === null) return null;
  const { intervalMs, startMs } = content.picture, trace = Math.floor(at.trace);
  const ms = startMs + Math.round((at.ms - startMs) / intervalMs) * intervalMs;
  const amplitude = amplitudeAt(content.picture, at.trace, at.ms);
  const main = [
    [readOut.trace, count(trace + 1)],
    [readOut.time, readOut.ms(full(Number(ms.toFixed(6))))],
    [readOut.amplitude, amplitude === undefined ? "" : amplitudeText(amplitude)],
  ];
  const named = READ_OUT_WORDS.flatMap((word) => {
    const values = wordsOf(at.panel)[word] ?? [], value = values[trace];
    return value === undefined || values.every((one) => one === 0) ? [] : [[word, full(value)]];
  });
  return (
    <>
      <dl class="is-main">{main.map(pair)}</dl>
      <dl>{named.map(pair)}</dl>
    </>
  );
}

function pair([name, value]: readonly string[]) {
  return (
    <div key={name}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function amplitudeText(value: number): string {
  return Number.isNaN(value) ? "NaN" : figures.format(value).replace("-", "−");
}
