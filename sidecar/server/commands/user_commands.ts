/** Commands about settings and about what the user made in windows. */
import type { Handlers } from "./command_context.ts";

export const USER_COMMANDS = {
  get_settings: ({ settings }) => ({ settings: settings.now }),
  set_settings: ({ settings }, { change }) => ({ settings: settings.change(change) }),
  list_documents: ({ documents }, { kind }) => ({ documents: documents.list(kind) }),
  get_document: ({ documents }, { kind, name }) => ({ value: documents.get(kind, name) }),
  put_document: ({ documents }, { kind, name, value }) => {
    documents.put(kind, name, value);
    return {};
  },
  remove_document: ({ documents }, { kind, name }) => {
    documents.remove(kind, name);
    return {};
  },
} satisfies Partial<Handlers>;
