/** Exports of the kernel `finite`, which readers and writers of stored datasets load. */
export interface FiniteKernel {
  /** Copies samples and returns how many are not finite. */
  copy_count_non_finite(source: number, target: number, count: number): number;
}
