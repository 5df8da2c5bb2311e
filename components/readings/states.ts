import type { ErrorCode } from "@/lib/errors";
import type { RrImport } from "@/lib/services/readings/import-rr";
import type { TablePreview } from "@/lib/services/readings/preview-table";
import type { ReadingProblem } from "@/lib/services/readings/problems";

type Refused = { kind: "refused"; problems: readonly ReadingProblem[] } | { kind: "failed"; code: ErrorCode };

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

export type RrState = { kind: "idle" } | Refused | { kind: "stored"; date: string; reading: RrImport };

export type RuleState =
  | { kind: "idle" }
  | { kind: "read"; found: number }
  | { kind: "failed"; code: ErrorCode };
