/** The host of this page. */
import { browserHost } from "./browser.ts";
import type { Host } from "./host.ts";

export const theHost: Host = browserHost;
