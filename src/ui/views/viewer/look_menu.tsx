/** What is set once and seldom changed: colours, polarity, scaling, words above the panels. */
import { useId } from "preact/hooks";
import { COLOUR_MAPS, type ColourMapName } from "../../canvas/colour/maps.ts";
import { chosenSurvey } from "../../state/surveys.ts";
import { look, type Scaling, SCALINGS, setLook } from "../../state/viewer/look.ts";
import { VIEWER } from "../../texts/viewer.ts";
import { Icon } from "../../widgets/icon.tsx";

const MAPS = (Object.keys(COLOUR_MAPS) as ColourMapName[]).filter((name) =>
  !("unsigned" in COLOUR_MAPS[name])
);

export function LookMenu() {
  const id = useId();
  return (
    <div class="look-menu">
      <button type="button" class="icon-button" aria-label={VIEWER.options} popovertarget={id}>
        <Icon name="sliders-horizontal" />
      </button>
      <div
        id={id}
        class="look-sheet"
        popover="auto"
        onBeforeToggle={(event) => placeUnder(event.currentTarget)}
      >
        <Choices />
      </div>
    </div>
  );
}

function Choices() {
  const { map, turned, scaling, agcMs, plotWord, labelWord, borderWord, timeLines, firstLive } = look.value;
  const survey = chosenSurvey.value?.survey;
  const names = survey?.state === "ready" ? survey.value.words.map(({ name }) => name) : [plotWord];
  return (
    <>
      <Choice
        label={VIEWER.map}
        value={map}
        choices={MAPS.map((name) => [name, COLOUR_MAPS[name].title])}
        onChoose={(map: ColourMapName) => setLook({ map })}
      />
      <Check label={VIEWER.turn} value={turned} onChange={(turned) => setLook({ turned })} />
      <Choice
        label={VIEWER.scaling}
        value={scaling}
        choices={SCALINGS.map((one) => [one, VIEWER.scalings[one]])}
        onChoose={(scaling: Scaling) => setLook({ scaling })}
      />
      {scaling === "agc" && (
        <label class="field-row">
          {VIEWER.agcWindow}
          <input
            class="input"
            type="number"
            min={1}
            value={agcMs}
            onChange={(event) => setLook({ agcMs: event.currentTarget.valueAsNumber })}
          />
        </label>
      )}
      <Choice
        label={VIEWER.plotWord}
        value={plotWord}
        choices={names.map((name) => [name, name])}
        onChoose={(plotWord) => setLook({ plotWord })}
      />
      <Choice
        label={VIEWER.labelWord}
        value={labelWord ?? ""}
        choices={[["", VIEWER.numbers], ...names.map((name) => [name, name] as const)]}
        onChoose={(word) => setLook({ labelWord: word === "" ? null : word })}
      />
      <Choice
        label={VIEWER.borders}
        value={borderWord ?? ""}
        choices={[["", VIEWER.noBorders], ...names.map((name) => [name, name] as const)]}
        onChoose={(word) => setLook({ borderWord: word === "" ? null : word })}
      />
      <Check label={VIEWER.firstLive} value={firstLive} onChange={(firstLive) => setLook({ firstLive })} />
      <Check label={VIEWER.timeLines} value={timeLines} onChange={(timeLines) => setLook({ timeLines })} />
    </>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly (readonly [T, string])[];
  readonly onChoose: (value: T) => void;
}

function Choice<T extends string>({ label, value, choices, onChoose }: ChoiceProps<T>) {
  const chosen = (text: string) => choices.find(([choice]) => choice === text)?.[0] ?? value;
  return (
    <label class="field-row">
      {label}
      <select value={value} onChange={(event) => onChoose(chosen(event.currentTarget.value))}>
        {choices.map(([choice, title]) => <option key={choice} value={choice}>{title}</option>)}
      </select>
    </label>
  );
}

interface CheckProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

function Check({ label, value, onChange }: CheckProps) {
  return (
    <label class="field-row">
      {label}
      <input
        type="checkbox"
        checked={value}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}

/** A popover lies above all; it is placed under its button, within the window. */
function placeUnder(sheet: HTMLElement): void {
  const { bottom, right } = sheet.previousElementSibling?.getBoundingClientRect() ?? { bottom: 0, right: 0 };
  sheet.style.top = `${bottom + 4}px`;
  sheet.style.right = `${Math.max(8, innerWidth - right)}px`;
}
