/** JSON lines from a stream of bytes: pieces end anywhere, also inside a UTF-8 character. */

export const LONGEST_LINE = 16 * 1024 * 1024;

export class LineDecoder {
  readonly #decoder = new TextDecoder();
  #rest: string[] = [];
  #restLength = 0;
  #dropping = false;

  /** `longest`: characters; a longer line is dropped and handed to `onTooLong` by its length at that moment. */
  constructor(
    readonly longest = LONGEST_LINE,
    readonly onTooLong: (length: number) => void = () => {},
  ) {}

  /** The lines that end in this piece. */
  push(piece: Uint8Array): string[] {
    return this.#split(this.#decoder.decode(piece, { stream: true }));
  }

  /** What the stream ended with without a line feed: a torn line, or nothing. */
  end(): string {
    const rest = this.#rest.join("") + this.#decoder.decode();
    this.#rest = [];
    return this.#dropping ? "" : rest;
  }

  #split(text: string): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      this.#keep(text.slice(from, to));
      if (!this.#dropping) lines.push(this.#rest.join(""));
      this.#dropping = false;
      this.#rest = [];
      this.#restLength = 0;
      from = to + 1;
    }
    this.#keep(text.slice(from));
    return lines;
  }

  #keep(part: string): void {
    if (part === "" || this.#dropping) return;
    this.#rest.push(part);
    this.#restLength += part.length;
    if (this.#restLength <= this.longest) return;
    this.#dropping = true;
    this.#rest = [];
    this.onTooLong(this.#restLength);
  }
}

/** The value in a line, or undefined when it is not JSON. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
