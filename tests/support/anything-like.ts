import fc from "fast-check";
import { z } from "zod";

const twoDigits = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, "0"));

const day = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), twoDigits(13), twoDigits(32))
  .map(([year, month, date]) => `${String(year).padStart(4, "0")}-${month}-${date}`);
const recentDay = fc
  .tuple(
    fc.integer({ min: 2025, max: 2026 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([year, ...rest]) => [year, ...rest.map((n) => String(n).padStart(2, "0"))].join("-"));
const zone = fc.constantFrom("", "", "Z", "z", "+02:00", "+0200", "-11", "+00:00", "+18:00", "-18:00");
const clock = fc
  .tuple(
    twoDigits(24),
    twoDigits(60),
    fc.constantFrom("", ":00", ":59", ":60", ":07.000", ":07.123456", ":07,5"),
  )
  .map((parts) => `${parts[0]}:${parts[1]}${parts[2]}`);
const time = fc
  .tuple(fc.oneof(day, recentDay, recentDay), fc.constantFrom("T", " "), clock, zone)
  .map((parts) => parts.join(""));
const duration = fc.oneof(
  fc.constantFrom(
    "P1W",
    "P1Y2M3DT4H5M6.7S",
    "-PT5M",
    "PT-5M",
    "PT1.5H",
    "PT0S",
    "P0000-00-00T01:13:32",
    "P1Y",
  ),
  fc.nat().map((seconds) => `PT${seconds}S`),
  fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }).map((hours) => `PT${hours}H59M`),
);

/** Times, dates, durations and other texts as the provider, or a bug of its own, might write them. */
const writtenText = fc.oneof(
  time,
  fc.oneof(day, recentDay),
  duration,
  clock,
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.constantFrom("", " ", "null", "\u0000", "\ud800", "__proto__", "constructor", "RPE_NEW"),
);

const anyNumber = fc.oneof(
  fc.integer({ min: -2, max: 300 }),
  fc.double({ noNaN: true }),
  fc.constantFrom(-1, -0, 0, 1e300, -1000, 99_999, 2_147_483_647, -2_147_483_648, 0.5, 2.5),
);

/** Samples of a comma-separated series. */
const series = fc
  .array(
    fc.oneof(anyNumber.map(String), fc.constantFrom("", "null", "x", "NaN", "Infinity", "1e400", "0x10")),
  )
  .map((cells) => cells.join(","));

const keys = fc.oneof(clock, clock, writtenText);

type Arbitrary = fc.Arbitrary<unknown>;

/** Anything that a zod schema lets through, as JSON can carry it. Known kinds of schema only. */
export function anythingLike(schema: z.core.$ZodType): Arbitrary {
  const { def } = schema as z.ZodType;
  const passes = (value: unknown) => z.safeParse(schema, value).success;
  if (schema instanceof z.ZodObject)
    return fc.record(
      Object.fromEntries(
        Object.entries(schema.shape).map(([key, inner]) => [key, anythingLike(inner as z.core.$ZodType)]),
      ),
    );
  if (schema instanceof z.ZodOptional)
    return fc.option(anythingLike(schema.def.innerType), { nil: undefined, freq: 6 });
  if (schema instanceof z.ZodNullable)
    return fc.option(anythingLike(schema.def.innerType), { nil: null, freq: 6 });
  if (schema instanceof z.ZodArray)
    return fc.array(anythingLike(schema.element as z.core.$ZodType), { maxLength: 6 });
  if (schema instanceof z.ZodRecord)
    return fc.dictionary(keys, anythingLike(schema.def.valueType), { maxKeys: 8 });
  if (schema instanceof z.ZodUnion)
    return fc.oneof(...schema.options.map((option) => anythingLike(option as z.core.$ZodType)));
  if (schema instanceof z.ZodNumber) return fc.oneof(anyNumber, fc.nat(), fc.maxSafeInteger()).filter(passes);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodString) return fc.oneof(series, writtenText).filter(passes);
  if (schema instanceof z.ZodPipe) return writtenText.filter(passes);
  if (schema instanceof z.ZodUnknown)
    return fc.oneof(
      anyNumber,
      fc.jsonValue(),
      fc.record({ heart_rate: anyNumber, sample_time: fc.oneof(clock, writtenText) }),
    );
  throw new Error(`no values are made for a schema of kind ${def.type}`);
}
