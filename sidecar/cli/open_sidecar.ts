/** The sidecar whole: manager, monitor, readings and server, opened and closed in order. */
import { AlertsFile } from "../monitor/alerts_file.ts";
import { JobMonitor } from "../monitor/job_monitor.ts";
import type { JobManager } from "../jobs/manager.ts";
import { Grants } from "../server/grants.ts";
import { Reading } from "../server/reading/reading.ts";
import { Server } from "../server/server.ts";
import { UserBooks } from "../server/user/user_books.ts";
import { PROGRAM_VERSION } from "../version.ts";
import { openManager, preflight } from "./open_manager.ts";

export interface Sidecar {
  readonly manager: JobManager;
  readonly server: Server;
  /** Ends all connections; running jobs write a checkpoint and are recorded as interrupted. */
  close(): Promise<void>;
}

/** Rejects with what the system says when the port cannot be had. */
export async function openSidecar(port: number, token?: string): Promise<Sidecar> {
  const manager = openManager("desktop");
  const { root, files } = manager.workspace;
  const monitor = new JobMonitor(manager, {}, undefined, new AlertsFile(root));
  const books = new UserBooks(manager), { settings, documents, timetable } = books;
  const reading = new Reading(manager.workspace.views, (progress) => {
    manager.news.publish({ news: "reading", reading: progress });
  });
  const grants = new Grants(root, files);
  const user = { settings, documents, timetable };
  const context = { manager, monitor, preflight, grants, reading, ...user, program: PROGRAM_VERSION };
  const closeRest = async () => {
    reading.close();
    books.close();
    monitor.close();
    await manager.shutdown("shutdown");
  };
  try {
    const server = await Server.open(context, { port, token });
    const close = async () => {
      await server.close();
      await closeRest();
    };
    return { manager, server, close };
  } catch (error) {
    await closeRest();
    throw error;
  }
}
