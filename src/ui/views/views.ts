/** The views by name; each is loaded when it is first shown. */
import type { ComponentType } from "preact";
import type { ViewId } from "../state/route.ts";
import type { ViewProps } from "./view_props.ts";

type View = ComponentType<ViewProps>;

export const VIEWS: Readonly<Record<ViewId, () => Promise<View>>> = {
  data: async () => (await import("./data/data_view.tsx")).DataView,
  view: async () => (await import("./viewer/viewer_view.tsx")).ViewerView,
  jobs: async () => (await import("./jobs/jobs_view.tsx")).JobsView,
  analytics: async () => (await import("./analytics/analytics_view.tsx")).AnalyticsView,
  resources: async () => (await import("./resources/resources_view.tsx")).ResourcesView,
  alerts: async () => (await import("./alerts/alerts_view.tsx")).AlertsView,
  settings: async () => (await import("./settings/settings_view.tsx")).SettingsView,
};
