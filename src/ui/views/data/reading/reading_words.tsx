/** Header words that lie at other places than the standard has them: rows of name, byte and type. */
import { isWordType, WORD_TYPES } from "../../../../shared/seismic/word_mapping.ts";
import { DATA } from "../../../texts/data.ts";
import { Icon } from "../../../widgets/icon.tsx";
import { EMPTY_WORD, type WordDraft } from "./reading_draft.ts";

const { reading: texts } = DATA;

export interface ReadingWordsProps {
  readonly words: readonly WordDraft[];
  readonly onChange: (words: readonly WordDraft[]) => void;
}

export function ReadingWords({ words, onChange }: ReadingWordsProps) {
  const change = (at: number, some: Partial<WordDraft>) =>
    onChange(words.map((word, i) => i === at ? { ...word, ...some } : word));
  return (
    <fieldset class="reading-words">
      <legend class="section-title">{texts.map}</legend>
      {words.map((word, i) => (
        <div key={i} class="reading-word">
          <input
            class="input"
            aria-label={texts.word}
            placeholder="cdp"
            spellcheck={false}
            autocomplete="off"
            value={word.name}
            onInput={(event) => change(i, { name: event.currentTarget.value })}
          />
          <input
            class="input"
            aria-label={texts.byte}
            placeholder="21"
            inputMode="numeric"
            autocomplete="off"
            value={word.byte}
            onInput={(event) => change(i, { byte: event.currentTarget.value })}
          />
          <select
            aria-label={texts.type}
            value={word.type}
            onChange={({ currentTarget: { value } }) => isWordType(value) && change(i, { type: value })}
          >
            {WORD_TYPES.map((type) => <option key={type} value={type}>{type}</option>)}
          </select>
          <button
            type="button"
            class="icon-button"
            aria-label={texts.remove}
            onClick={() => onChange(words.filter((_, at) => at !== i))}
          >
            <Icon name="x" />
          </button>
        </div>
      ))}
      <button type="button" class="button" onClick={() => onChange([...words, EMPTY_WORD])}>
        {texts.add}
      </button>
    </fieldset>
  );
}
