/** "How it is read": the user has the last word on format, samples, interval and places of header words. */
import { useState } from "preact/hooks";
import type { Reading } from "../../../../shared/seismic/reading.ts";
import { BYTE_ORDERS } from "../../../../shared/seismic/read_options.ts";
import { readAs } from "../../../actions/surveys.ts";
import { fileName } from "../../../format/paths.ts";
import type { OpenedSurvey } from "../../../state/surveys.ts";
import { DATA } from "../../../texts/data.ts";
import { Choice } from "../../../widgets/choice.tsx";
import { Dialog } from "../../../widgets/dialog.tsx";
import { draftOf, FORMATS, type ReadingDraft, readingOf } from "./reading_draft.ts";
import { ReadingPreview } from "./reading_preview.tsx";
import { ReadingWords } from "./reading_words.tsx";
import "./reading_dialog.css";

const { reading: words } = DATA;

export function ReadingButton({ survey }: { readonly survey: OpenedSurvey }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button" onClick={() => setOpen(true)}>{words.button}</button>
      {open && <ReadingDialog survey={survey} onClose={() => setOpen(false)} />}
    </>
  );
}

interface ReadingDialogProps {
  readonly survey: OpenedSurvey;
  readonly onClose: () => void;
}

function ReadingDialog({ survey: { path, reading }, onClose }: ReadingDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(reading));
  const change = (some: Partial<ReadingDraft>) => setDraft({ ...draft, ...some });
  const meant = readingOf(draft);
  const use = (chosen: Reading) => {
    readAs(path, chosen);
    onClose();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (typeof meant !== "string") use(meant);
  };
  return (
    <Dialog title={words.title(fileName(path))} onClose={onClose} wide>
      <form class="reading" onSubmit={submit}>
        <p class="second">{words.why}</p>
        <div class="reading-fields">
          <label class="field">
            <span>{words.format}</span>
            <Choice
              label={words.format}
              none={words.asFile}
              choices={FORMATS}
              chosen={draft.format}
              onChoose={(format) => change({ format })}
            />
          </label>
          <label class="field">
            <span>{words.endian}</span>
            <Choice
              label={words.endian}
              none={words.asFile}
              choices={BYTE_ORDERS.map((one) => [one, words.endians[one]] as const)}
              chosen={draft.endian ?? null}
              onChoose={(endian) => change({ endian })}
            />
          </label>
          <Figure label={words.samples} value={draft.samples} onChange={(samples) => change({ samples })} />
          <Figure
            label={words.interval}
            value={draft.intervalMs}
            onChange={(intervalMs) => change({ intervalMs })}
          />
          <Figure label={words.texts} value={draft.texts} onChange={(texts) => change({ texts })} />
        </div>
        <ReadingWords words={draft.words} onChange={(words) => change({ words })} />
        <ReadingPreview path={path} reading={meant} />
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>{words.cancel}</button>
          <button type="button" class="button" onClick={() => use({})}>{words.reset}</button>
          <button type="submit" class="button primary" disabled={typeof meant === "string"}>
            {words.apply}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Figure({ label, value, onChange }: FigureProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        class="input"
        type="text"
        inputMode="decimal"
        autocomplete="off"
        placeholder={words.asFile}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
