/**
 * Signing in: the token comes in the address's fragment, which no server ever sees, and leaves the address before
 * anything else happens. It is kept for this tab only.
 */
export interface Session {
  /** Where the sidecar answers. */
  readonly url: string;
  readonly token: string;
  /** A file that the program was started with. */
  readonly open: string | null;
}

const KEY = "seisproc.session";

/** The session of this tab, or undefined when the page was opened without one. */
export function takeSession(): Session | undefined {
  const fragment = location.hash.replace(/^#/, "");
  const given = fragment.startsWith("/") ? new URLSearchParams() : new URLSearchParams(fragment);
  const token = given.get("token");
  if (token !== null) {
    history.replaceState(null, "", location.pathname + location.search);
    sessionStorage.setItem(KEY, token);
  }
  const kept = token ?? sessionStorage.getItem(KEY);
  return kept === null ? undefined : { url: location.origin, token: kept, open: given.get("open") };
}
