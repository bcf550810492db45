/** What the user may do about the connection. */
export { reconnect } from "../connection/connect.ts";
