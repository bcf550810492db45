/** Least squares of places on inline and crossline numbers: one plane for x, one for y. */

export interface Plane {
  /** Place of numbers (i, j). */
  at(i: number, j: number): { x: number; y: number };
  /** What one inline, and one crossline, moves a place. */
  readonly perInline: { readonly x: number; readonly y: number };
  readonly perCrossline: { readonly x: number; readonly y: number };
  /** Root mean square of the distances from the planes. */
  readonly residual: number;
}

/** Sums stay accurate for northings of millions because everything counts from the first place. */
export class PlaneFit {
  #count = 0;
  #from = [0, 0, 0, 0];
  #i = 0;
  #j = 0;
  #ii = 0;
  #ij = 0;
  #jj = 0;
  readonly #x = { sum: 0, i: 0, j: 0, square: 0 };
  readonly #y = { sum: 0, i: 0, j: 0, square: 0 };

  add(inline: number, crossline: number, x: number, y: number): void {
    if (this.#count++ === 0) this.#from = [inline, crossline, x, y];
    const i = inline - this.#from[0], j = crossline - this.#from[1];
    this.#i += i;
    this.#j += j;
    this.#ii += i * i;
    this.#ij += i * j;
    this.#jj += j * j;
    accumulate(this.#x, i, j, x - this.#from[2]);
    accumulate(this.#y, i, j, y - this.#from[3]);
  }

  /** Undefined where the numbers do not span a plane. */
  solve(): Plane | undefined {
    const n = this.#count, [i0, j0, x0, y0] = this.#from;
    const ii = this.#ii - this.#i ** 2 / n, jj = this.#jj - this.#j ** 2 / n;
    const ij = this.#ij - this.#i * this.#j / n;
    const determinant = ii * jj - ij * ij;
    if (n < 3 || !(determinant > 1e-12 * ii * jj)) return undefined;
    const slopes = ({ sum, i, j, square }: Sums) => {
      const vi = i - this.#i * sum / n, vj = j - this.#j * sum / n;
      const perI = (vi * jj - vj * ij) / determinant, perJ = (vj * ii - vi * ij) / determinant;
      const left = square - sum ** 2 / n - perI * vi - perJ * vj;
      return { perI, perJ, mean: (sum - perI * this.#i - perJ * this.#j) / n, left: Math.max(0, left) };
    };
    const x = slopes(this.#x), y = slopes(this.#y);
    return {
      at: (i, j) => ({
        x: x0 + x.mean + x.perI * (i - i0) + x.perJ * (j - j0),
        y: y0 + y.mean + y.perI * (i - i0) + y.perJ * (j - j0),
      }),
      perInline: { x: x.perI, y: y.perI },
      perCrossline: { x: x.perJ, y: y.perJ },
      residual: Math.sqrt((x.left + y.left) / n),
    };
  }
}

interface Sums {
  sum: number;
  i: number;
  j: number;
  square: number;
}

function accumulate(sums: Sums, i: number, j: number, value: number): void {
  sums.sum += value;
  sums.i += i * value;
  sums.j += j * value;
  sums.square += value * value;
}
