import type { ErrorCode } from "@/lib/errors";
import type { TablePreview } from "@/lib/services/readings/import-table";
import type { ReadingProblem } from "@/lib/services/readings/read-readings";
import type { Upload } from "@/lib/services/readings/uploads";

type Refused =
  | { kind: "refused"; problems: readonly ReadingProblem[] }
  /** `wait` after too many uploads: how many an hour holds, and the minutes until there is room. */
  | { kind: "failed"; code: ErrorCode; wait: { n: number; minutes: number } | null };

/** A preview with its first lines only, and the text it was read from. */
export type ShownPreview = Pick<
  TablePreview,
  "headings" | "columns" | "format" | "blank" | "repeated" | "doubtfulUnit" | "readings" | "problems"
> & { text: string; count: number; problemCount: number };

export type TableState =
  | { kind: "idle" }
  | Refused
  | { kind: "preview"; preview: ShownPreview }
  | { kind: "stored"; stored: number; unchanged: number };

export type RrState = { kind: "idle" } | Refused | { kind: "upload"; upload: Upload };

export type RuleState =
  | { kind: "idle" }
  | { kind: "read"; found: number }
  | { kind: "failed"; code: ErrorCode };
