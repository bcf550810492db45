/** The version that goes into job folders, histories and plans; `package.json` is where it is set. */
import manifest from "../package.json" with { type: "json" };

export const PROGRAM_VERSION: string = manifest.version;
