/** Levels on the graphics card: uploaded when first drawn, the longest unused given back beyond a bound. */
import type { Level } from "../picture/levels.ts";
import { makeTiles, type Tile } from "./tiles.ts";

/** 160 MB: three panels of 2,000 x 3,000 samples with their levels. */
const MOST_FLOATS = 40 << 20;

interface Kept {
  readonly tiles: readonly Tile[];
  readonly floats: number;
  used: number;
}

export class TextureCache {
  /** Weak, so that a picture that is gone can leave the page's memory before its textures are given back. */
  readonly #byLevel = new WeakMap<Level, Kept>();
  readonly #kept = new Set<Kept>();
  #floats = 0;
  #turn = 0;

  constructor(readonly gl: WebGL2RenderingContext, readonly limit: number) {}

  tilesOf(level: Level): readonly Tile[] {
    const kept = this.#byLevel.get(level) ?? this.#upload(level);
    kept.used = ++this.#turn;
    return kept.tiles;
  }

  #upload(level: Level): Kept {
    const floats = level.data.length;
    while (this.#kept.size > 0 && this.#floats + floats > MOST_FLOATS) this.#giveBackOldest();
    const kept = { tiles: makeTiles(this.gl, level, this.limit), floats, used: 0 };
    this.#byLevel.set(level, kept);
    this.#kept.add(kept);
    this.#floats += floats;
    return kept;
  }

  #giveBackOldest(): void {
    const [oldest] = [...this.#kept].sort((a, b) => a.used - b.used);
    for (const { texture } of oldest.tiles) this.gl.deleteTexture(texture);
    this.#kept.delete(oldest);
    this.#floats -= oldest.floats;
  }
}
