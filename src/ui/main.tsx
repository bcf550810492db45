/** The start of the window. The key leaves the address before anything else happens. */
import { takeSession } from "./connection/session.ts";
import { render } from "preact";
import { openPath } from "./actions/surveys.ts";
import { App } from "./app.tsx";
import { listenKeys } from "./commands/listen_keys.ts";
import { connect } from "./connection/connect.ts";
import { followTitle } from "./frame/title.ts";
import { HAPPENINGS } from "./frame/happenings.ts";
import { setLink } from "./state/link.ts";
import { followPreferences } from "./state/preferences.ts";
import { followAddress } from "./state/route.ts";

const session = takeSession();
followPreferences();
followAddress();
listenKeys();
if (session === undefined) setLink({ state: "signed_out" });
else connect(session, HAPPENINGS);
const place = document.getElementById("app");
if (place !== null) render(<App />, place);
followTitle();
if (session?.open != null) void openPath(session.open);
