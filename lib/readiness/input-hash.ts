import { RULE_DEFAULTS } from "./constants";
import { RULE_VERSION } from "./rule-version";
import type { ScoredSeries } from "./score";

/**
 * For each day a hash (16 hex digits) of everything its verdict depends on: readings up to the day, loads up to the
 * day before, marks, settings and rule version. Equal hashes mean an equal verdict, so only changed days need writing.
 * Not cryptographic.
 */
export function inputHashes({ columns, settings }: ScoredSeries): string[] {
  const { baselineDays, baselineMethod = "mean-sd", preset } = settings;
  const { loadRisePercent = RULE_DEFAULTS.loadRisePercent, drift = RULE_DEFAULTS.drift } = settings;
  const chosen = [baselineDays, baselineMethod, preset, loadRisePercent, drift].join(" ");
  const hash = chain(`${RULE_VERSION} ${chosen} ${columns.firstDay}`);
  return Array.from({ length: columns.length }, (_, t) => {
    if (t > 0) hash.add(columns.load[t - 1]!);
    hash.add(columns.rmssdMs[t]!);
    hash.add(columns.heartRateBpm[t]!);
    hash.add(columns.marks[t]!);
    return hash.digest();
  });
}

/** 16 hex digits that change with any of the numbers or their order: a cache key, not a signature. */
export function hashOfNumbers(numbers: Iterable<number>): string {
  const hash = chain("");
  for (const value of numbers) hash.add(value);
  return hash.digest();
}

/** Two independent 32-bit lanes of multiply-xor mixing, fed with the bits of each number. */
function chain(label: string) {
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;

  function mix(word: number): void {
    a = Math.imul(a ^ word, 0x01000193);
    a ^= a >>> 15;
    b = Math.imul(b ^ word, 0x85ebca6b);
    b ^= b >>> 13;
  }

  for (const letter of label) mix(letter.codePointAt(0)!);
  return {
    add(value: number): void {
      double[0] = Number.isNaN(value) ? Number.NaN : value;
      mix(words[0]!);
      mix(words[1]!);
    },
    digest: (): string => hex(a) + hex(b),
  };
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
