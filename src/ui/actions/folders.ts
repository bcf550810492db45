/** What the path browser asks. */
import type { FolderListing } from "../../shared/protocol/commands.ts";
import { theSidecar } from "../connection/sidecar.ts";

/** @throws what the sidecar says of the folder */
export function listFolder(path: string | null): Promise<FolderListing> {
  return theSidecar().ask("list_folder", { path });
}
