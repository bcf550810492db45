/** A sidecar for tests of components: answers from a table and notes what it was asked. */
import { Sidecar, useSidecar } from "../../src/ui/connection/sidecar.ts";
import type { CommandName, Replies, Requests } from "../../src/shared/protocol/commands.ts";
import { SeisProcError } from "../../src/shared/errors.ts";

type Answers = { readonly [C in CommandName]?: (request: Requests[C]) => Replies[C] };

export class ASidecar extends Sidecar {
  readonly asked: { readonly command: string; readonly request: unknown }[] = [];

  private constructor(readonly answers: Answers) {
    super("http://127.0.0.1:1", "token");
  }

  /** The one that the page asks from now on. */
  static use(answers: Answers): ASidecar {
    const sidecar = new ASidecar(answers);
    useSidecar(sidecar);
    return sidecar;
  }

  override ask<C extends CommandName>(command: C, request: Requests[C]): Promise<Replies[C]> {
    this.asked.push({ command, request });
    const answer = this.answers[command];
    if (answer !== undefined) return Promise.resolve(answer(request));
    return Promise.reject(new SeisProcError("internal", `no answer to ${command}`, {}));
  }
}
