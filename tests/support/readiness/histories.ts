import fc from "fast-check";
import type { DayInput } from "../../../lib/readiness/types";
import { addDays } from "../../../lib/time/civil-date";

const FIRST = "2026-01-01";

/** One plausible or awkward day: readings around a usual value with spikes, nonsense and holes; load often unknown. */
const dayParts = fc.record({
  reading: fc.oneof(
    {
      weight: 20,
      arbitrary: fc.double({ min: -2.5, max: 2.5, noNaN: true }).map((z) => Math.exp(4 + 0.15 * z)),
    },
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(2, 300, 0, -1) },
    { weight: 1, arbitrary: fc.constantFrom(15, 180, 240) },
  ),
  load: fc.oneof(
    { weight: 25, arbitrary: fc.integer({ min: 0, max: 400 }) },
    { weight: 1, arbitrary: fc.constantFrom(null, -1) },
  ),
  rare: fc.oneof(
    { weight: 60, arbitrary: fc.constant("") },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "absent",
        "excluded",
        "confirmed",
        "deviceA",
        "deviceB",
        "morning",
        "nightly",
      ),
    },
  ),
});

/** Histories of up to `days` calendar days with holes, changes of device and source, tags and confirmed values. */
export function histories(days: number): fc.Arbitrary<DayInput[]> {
  return fc
    .tuple(
      fc.array(dayParts, { minLength: 1, maxLength: days, size: "max" }),
      fc.integer({ min: -40, max: 40 }),
    )
    .map(([parts, slide]) =>
      parts
        .map((part, i) => ({ date: addDays(FIRST, i), ...part, reading: slid(part.reading, { i, slide }) }))
        .filter((part, i) => i === 0 || part.rare !== "absent")
        .map(({ date, reading, load, rare }) => ({ date, rmssdMs: reading, load, ...mentioned(rare) })),
    );
}

// A drift makes falls, low weeks and high weeks common enough to be compared.
function slid(reading: number | null, { i, slide }: { i: number; slide: number }): number | null {
  if (reading === null || reading <= 5 || reading >= 150) return reading;
  return Math.round(10 * reading * Math.exp((slide / 100) * Math.sin(i / 9))) / 10;
}

function mentioned(rare: string): Partial<DayInput> {
  if (rare === "excluded") return { excluded: "sick" };
  if (rare === "confirmed") return { confirmed: true };
  if (rare === "deviceA" || rare === "deviceB") return { deviceId: rare };
  return rare === "morning" || rare === "nightly" ? { source: rare } : {};
}
