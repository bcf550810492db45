/** The list of shortcuts, from the table of commands. */
import { COMMAND_TABLE } from "../commands/command_table.ts";
import { closeOverlay } from "../state/overlays.ts";
import { FRAME } from "../texts/frame.ts";
import { Dialog } from "../widgets/dialog.tsx";
import { Keys } from "./keys.tsx";
import "./shortcuts.css";

export function Shortcuts() {
  const withKeys = COMMAND_TABLE.filter(({ keys }) => keys !== undefined);
  const groups = [...new Set(withKeys.map(({ group }) => group))];
  return (
    <Dialog title={FRAME.shortcuts} onClose={closeOverlay} wide>
      <div class="shortcuts">
        {groups.map((group) => (
          <section key={group}>
            <h3 class="section-title">{group}</h3>
            <dl>
              {withKeys.filter((command) => command.group === group).map(({ id, title, keys = "" }) => (
                <div key={id}>
                  <dt>{title}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
