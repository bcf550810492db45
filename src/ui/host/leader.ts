/** Of several pages on one workspace one notifies and writes the history: the holder of a Web Lock. */

let leads = false;

/** Takes the lead as soon as nobody else has it, and keeps it for as long as the page is there. */
export function followLead(): void {
  if (!("locks" in navigator)) {
    leads = true;
    return;
  }
  void navigator.locks.request("seisproc.lead", () => {
    leads = true;
    return new Promise<never>(() => {});
  });
}

export function isLeader(): boolean {
  return leads;
}
