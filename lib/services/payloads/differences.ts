import type { Snapshot } from "@/db/queries/wearables";

/** One value before and after; a row that came or went has a single line with field `row`. */
export type Difference = { row: string; field: string; before: string; after: string };

const LONGEST = 60;
const short = (value: string) => (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);

/** What differs between two states of the same rows. */
export function differencesBetween(before: Snapshot, after: Snapshot): Difference[] {
  const gone = [...before.keys()].filter((row) => !after.has(row));
  const differences: Difference[] = gone.map((row) => ({
    row,
    field: "row",
    before: "there",
    after: "gone",
  }));
  for (const [row, values] of after) {
    const earlier = before.get(row);
    if (!earlier) differences.push({ row, field: "row", before: "none", after: "new" });
    else
      for (const [field, value] of values)
        if (earlier.get(field) !== value)
          differences.push({ row, field, before: short(earlier.get(field) ?? "null"), after: short(value) });
  }
  return differences;
}
