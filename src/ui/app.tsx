/** The window: rail, the view that the address names, status bar, and what lies over them. */
import { useEffect, useState } from "preact/hooks";
import type { ComponentType } from "preact";
import { PathBrowser } from "./dialogs/path_browser/path_browser.tsx";
import { GroupDialog } from "./dialogs/process_survey/group_dialog.tsx";
import { ProcessDialog } from "./dialogs/process_survey/process_dialog.tsx";
import { DropOver } from "./frame/drop_over.tsx";
import { LostBanner } from "./frame/lost.tsx";
import { Page } from "./frame/page.tsx";
import { Palette } from "./frame/palette.tsx";
import { Rail } from "./frame/rail.tsx";
import { Shortcuts } from "./frame/shortcuts.tsx";
import { SignIn } from "./frame/sign_in.tsx";
import { StatusBar } from "./frame/status_bar.tsx";
import { Toasts } from "./frame/toasts.tsx";
import { browserWish } from "./state/browser_wish.ts";
import { link } from "./state/link.ts";
import { overlay } from "./state/overlays.ts";
import { route, type ViewId } from "./state/route.ts";
import { showToast } from "./state/toasts.ts";
import { FRAME } from "./texts/frame.ts";
import type { ViewProps } from "./views/view_props.ts";
import { VIEWS } from "./views/views.ts";
import "./app.css";

export function App() {
  const { state } = link.value;
  if (state === "signed_out" || state === "refused") return <SignIn refused={state === "refused"} />;
  return (
    <div class="app">
      <Rail />
      <div class="app-column">
        <LostBanner />
        <ShownView />
      </div>
      <StatusBar />
      <Toasts />
      <Overlays />
      <DropOver />
    </div>
  );
}

/** A path that is asked for lies over what asks for it. */
function Overlays() {
  const shown = overlay.value, wish = browserWish.value;
  return (
    <>
      {shown?.what === "palette" && <Palette />}
      {shown?.what === "shortcuts" && <Shortcuts />}
      {shown?.what === "process" && <ProcessDialog key={shown.flowFile} flowFile={shown.flowFile} />}
      {shown?.what === "group" && <GroupDialog flowFile={shown.flowFile} files={shown.files} />}
      {wish !== null && <PathBrowser key={wish} wish={wish} />}
    </>
  );
}

const loaded = new Map<ViewId, ComponentType<ViewProps>>();

/** Shows the view when it has come; until then the page with its name, so that nothing jumps. */
function ShownView() {
  const { view, rest } = route.value;
  const [, setCame] = useState(0);
  const View = loaded.get(view);
  useEffect(() => {
    if (loaded.has(view)) return;
    VIEWS[view]().then((came) => {
      loaded.set(view, came);
      setCame((count) => count + 1);
    }, () => showToast("error", FRAME.cannotLoadView));
  }, [view]);
  return View === undefined ? <Page title={FRAME.views[view]}>{null}</Page> : <View rest={rest} />;
}
