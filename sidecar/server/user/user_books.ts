/** Everything that the user set or made in windows, kept in the workspace and told to all of them. */
import type { JobManager } from "../../jobs/manager.ts";
import { Documents } from "./documents.ts";
import { Retention } from "./retention.ts";
import { Timetable } from "./timetable.ts";
import { SettingsBook } from "./settings_book.ts";

export class UserBooks {
  readonly settings: SettingsBook;
  readonly documents: Documents;
  readonly retention: Retention;
  readonly timetable: Timetable;

  constructor(manager: JobManager) {
    const { workspace, news } = manager;
    this.settings = new SettingsBook(workspace.root, (settings) => {
      manager.setLimits(settings);
      news.publish({ news: "settings", settings: { ...settings } });
    });
    this.documents = new Documents(workspace.user, (kind, name) => {
      news.publish({ news: "document", kind, name });
    });
    this.retention = new Retention(manager, this.settings);
    this.timetable = new Timetable(manager);
    manager.setLimits(this.settings.now);
  }

  close(): void {
    this.retention.close();
    this.timetable.close();
  }
}
