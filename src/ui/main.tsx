/** The start of the window. The key leaves the address before anything else happens. */
import { takeSession } from "./connection/session.ts";
import { render } from "preact";
import { takeDrop } from "./actions/drops.ts";
import { refillHistory } from "./actions/history/refill_history.ts";
import { openPath } from "./actions/surveys.ts";
import { App } from "./app.tsx";
import { listenKeys } from "./commands/listen_keys.ts";
import { connect } from "./connection/connect.ts";
import { followTitle } from "./frame/title.ts";
import { HAPPENINGS } from "./frame/happenings.ts";
import { keepHistory } from "./history/keep_history.ts";
import { followLead, isLeader } from "./host/leader.ts";
import { theHost } from "./host/the_host.ts";
import { setDragging } from "./state/drops.ts";
import { setLink } from "./state/link.ts";
import { followPreferences } from "./state/preferences.ts";
import { showToast } from "./state/toasts.ts";
import { FRAME } from "./texts/frame.ts";
import { followAddress } from "./state/route.ts";

const session = takeSession();
followPreferences();
followAddress();
listenKeys();
if (session === undefined) setLink({ state: "signed_out" });
else {
  followLead();
  const history = keepHistory(
    isLeader,
    (detail) => void showToast("warning", FRAME.historyRefused, { detail }),
  );
  let refill = new AbortController();
  const began = () => {
    refill.abort();
    refill = new AbortController();
    // When nobody answers the banner says so, and the next snapshot begins anew.
    refillHistory(history, refill.signal).catch(() => {});
  };
  const { known, removed } = history;
  connect(session, { ...HAPPENINGS, known, removed, began });
}
const place = document.getElementById("app");
if (place !== null) render(<App />, place);
followTitle((title) => theHost.setTitle(title));
theHost.watchDrops({
  over: setDragging,
  dropped: ({ paths, files, folders }) =>
    void takeDrop({ paths, names: files.map(({ name }) => name), folders }),
});
if (session?.open != null) void openPath(session.open);
