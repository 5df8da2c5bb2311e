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
  heartRateBpm: fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 400, max: 640 }).map((tenths) => tenths / 10) },
    { weight: 2, arbitrary: fc.constantFrom(null, undefined) },
    { weight: 1, arbitrary: fc.constantFrom(0, 24, 25, 120, 121) },
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
        .map(({ date, reading, load, heartRateBpm, rare }) => ({
          date,
          rmssdMs: reading,
          load,
          ...(heartRateBpm === undefined ? {} : { heartRateBpm }),
          ...mentioned(rare),
        })),
    );
}

/**
 * Histories of one device in whole ms and loads of a few sizes, with values that are tied, weeks that are equal, stretches
 * without any variation and a level that settles lower or higher from some day on.
 */
export function settledHistories(days: number): fc.Arbitrary<DayInput[]> {
  const day = fc.record({
    wobble: fc.integer({ min: -6, max: 6 }),
    isMissing: fc.integer({ min: 0, max: 9 }).map((digit) => digit === 0),
    load: fc.oneof(
      { weight: 40, arbitrary: fc.constantFrom(0, 50, 100, 105) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    heartRateBpm: fc.integer({ min: 46, max: 58 }),
    isExcluded: fc.integer({ min: 0, max: 30 }).map((digit) => digit === 0),
  });
  return fc
    .record({
      parts: fc.array(day, { minLength: days, maxLength: days }),
      shiftDay: fc.integer({ min: 40, max: days - 20 }),
      shiftMs: fc.constantFrom(-14, -8, -5, 0, 5),
      // Scale of the variation: 0 gives stretches of equal readings.
      scale: fc.constantFrom(0, 1, 1, 2),
      isDeviceNew: fc.boolean(),
      gap: fc.integer({ min: 0, max: 20 }),
    })
    .map(({ parts, shiftDay, shiftMs, scale, isDeviceNew, gap }) =>
      parts
        .map((part, i): DayInput => {
          const level = 60 + (i >= shiftDay ? shiftMs : 0);
          return {
            date: addDays(FIRST, i),
            rmssdMs: part.isMissing ? null : level + scale * part.wobble,
            load: part.load,
            heartRateBpm: part.isMissing ? null : scale === 0 ? 50 : part.heartRateBpm,
            ...(part.isExcluded ? { excluded: "sick" } : {}),
            ...(i === 10 ? { deviceId: "first" } : {}),
            ...(isDeviceNew && i === 120 ? { deviceId: "second" } : {}),
          };
        })
        .filter((_, i) => i < 70 || i >= 70 + gap),
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
