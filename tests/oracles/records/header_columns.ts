/** Oracle: the values of one word in records, read one by one. */
import { HeaderRecords } from "../../../sidecar/traces/header_records.ts";

export function columnOf(records: HeaderRecords, word: string): number[] {
  const found = records.word(word);
  return Array.from({ length: records.traces }, (_, trace) => records.get(trace, found));
}
