/** What the file is when it is read so, asked again when the fields have stood still for a moment. */
import { useEffect, useState } from "preact/hooks";
import type { Reading } from "../../../../shared/seismic/reading.ts";
import { messageOf } from "../../../actions/failure.ts";
import { previewReading, type ReadingPreview as Preview } from "../../../actions/reading_preview.ts";
import { full } from "../../../format/numbers.ts";
import { DATA } from "../../../texts/data.ts";
import { shapeOf } from "../shape.ts";

const STILL_MS = 250;
const { reading: words } = DATA;

export interface ReadingPreviewProps {
  readonly path: string;
  /** Or why it is none. */
  readonly reading: Reading | string;
}

export function ReadingPreview({ path, reading }: ReadingPreviewProps) {
  const [found, setFound] = useState<Preview | string | null>(null);
  useEffect(() => {
    if (typeof reading === "string") return setFound(reading);
    let isLatest = true;
    const show = (next: Preview | string) => {
      if (isLatest) setFound(next);
    };
    const timer = setTimeout(() => {
      previewReading(path, reading).then(show, (error) => show(messageOf(error)));
    }, STILL_MS);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [path, JSON.stringify(reading)]);
  return (
    <section class="reading-preview" aria-label={words.preview} role="status">
      {typeof found === "string" && <p class="field-error">{found}</p>}
      {found !== null && typeof found !== "string" && (
        <>
          <p>{shapeOf(found.survey)}</p>
          {found.words.map(({ name, values }) => (
            <p key={name} class="second">{words.values(name, values.map(full).join(", "))}</p>
          ))}
        </>
      )}
    </section>
  );
}
