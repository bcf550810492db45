/** Opens a file by its path, or by a drop where the host tells paths. */
import { useState } from "preact/hooks";
import { openPath } from "../../actions/surveys.ts";
import { openProblem } from "../../state/surveys.ts";
import { DATA } from "../../texts/data.ts";
import "./open_box.css";

export function OpenBox() {
  const [path, setPath] = useState("");
  const problem = openProblem.value;
  const open = async (event: Event) => {
    event.preventDefault();
    if (await openPath(path)) setPath("");
  };
  return (
    <form class="open-box" onSubmit={(event) => void open(event)}>
      <label class="field">
        <span>{DATA.path}</span>
        <input
          id="path-to-open"
          class="input"
          type="text"
          placeholder={DATA.pathHint}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : "path-problem"}
          value={path}
          onInput={(event) => setPath(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button">{DATA.open}</button>
      {problem !== null && <p id="path-problem" class="field-error" role="status">{problem}</p>}
    </form>
  );
}
