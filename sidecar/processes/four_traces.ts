/** Calls `work` for each run of up to four traces, the lanes of the kernels: the byte address and how many they are. */
export function eachFour(
  block: { readonly traces: number; readonly samplesPerTrace: number; readonly address: number },
  work: (address: number, count: number) => void,
): void {
  const strideBytes = block.samplesPerTrace * 4;
  for (let trace = 0; trace < block.traces; trace += 4) {
    work(block.address + trace * strideBytes, Math.min(4, block.traces - trace));
  }
}
