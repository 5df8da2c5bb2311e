import {
  type Guards,
  LEVELS,
  type Level,
  MAILED_LEVELS,
  type MailedLevel,
  type NoVerdictReason,
  type Preset,
  type RuleId,
  type Truth,
} from "./types";

/** What a level may ask for: a rule or a guard, true. */
export type Block = RuleId | keyof Guards;
type Judged = Exclude<Level, "steady" | "no-verdict">;
/** A level holds when all blocks of one of its clauses do. */
type Clauses = readonly (readonly Block[])[];

const SHARED = {
  unexplained: [["lowThreeDays"], ["settledLower"]],
  watch: [["R1"], ["R3"], ["R5", "belowUsual"], ["R5", "R6"]],
  high: [["aboveUsual"]],
} as const satisfies Partial<Record<Judged, Clauses>>;

const CAREFUL_RECOVERY = [
  ["R6", "R4"],
  ["R6", "R3", "R5"],
] as const satisfies Clauses;

/** What each preset asks for. */
const PRESET_CLAUSES = {
  brief: { recovery: [["R5", "R6", "belowUsual"]], flag: [["R1", "R6"]], ...SHARED },
  balanced: { recovery: CAREFUL_RECOVERY, flag: [["R1", "R5", "R6"]], ...SHARED },
  quiet: { recovery: CAREFUL_RECOVERY, flag: [], ...SHARED },
} as const satisfies Record<Preset, Record<Judged, Clauses>>;

/** Those that ask for something, in the order in which they win. */
const JUDGED = LEVELS.filter((level) => level !== "steady" && level !== "no-verdict");

const MAILED: ReadonlySet<Level> = new Set(MAILED_LEVELS);

/** One bit per block, for the columnar pass. */
export const BLOCK_BIT = {
  R1: 1,
  R2: 2,
  R3: 4,
  R4: 8,
  R5: 16,
  R6: 32,
  R7: 64,
  belowUsual: 128,
  aboveUsual: 256,
  lowThreeDays: 512,
  settledLower: 1024,
} as const satisfies Record<Block, number>;

type Mask = { level: Judged; bits: number };

const MASKS: Record<Preset, readonly Mask[]> = {
  brief: masksOf("brief"),
  balanced: masksOf("balanced"),
  quiet: masksOf("quiet"),
};

/** Levels that hold for a set of true blocks (BLOCK_BIT), highest first; `steady` when none does. */
export function levelsOfBits(bits: number, preset: Preset): Level[] {
  const levels: Level[] = [];
  for (const mask of MASKS[preset]) {
    if ((bits & mask.bits) === mask.bits && levels.at(-1) !== mask.level) levels.push(mask.level);
  }
  return levels.length > 0 ? levels : ["steady"];
}

/** The highest level that holds for a set of true blocks. */
export function levelOfBits(bits: number, preset: Preset): Level {
  for (const mask of MASKS[preset]) if ((bits & mask.bits) === mask.bits) return mask.level;
  return "steady";
}

/** Every level of a day under any preset, from its stored blocks: the shown one first. Undefined counts as not true. */
export function levelsFor(
  day: { rules: Record<RuleId, Truth>; guards: Guards; reason: NoVerdictReason | null },
  preset: Preset,
): Level[] {
  if (day.reason !== null) return ["no-verdict"];
  let bits = 0;
  for (const [block, truth] of Object.entries({ ...day.rules, ...day.guards })) {
    if (truth === true) bits |= BLOCK_BIT[block as Block];
  }
  return levelsOfBits(bits, preset);
}

/** Whether a level may be mailed. */
export function isMailedLevel(level: Level): level is MailedLevel {
  return MAILED.has(level);
}

function masksOf(preset: Preset): Mask[] {
  const clauses: Record<Judged, Clauses> = PRESET_CLAUSES[preset];
  return JUDGED.flatMap((level) =>
    clauses[level].map((blocks) => ({
      level,
      bits: blocks.reduce((bits, block) => bits | BLOCK_BIT[block], 0),
    })),
  );
}
