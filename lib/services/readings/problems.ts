import { AppError } from "../../errors";

export type ReadingField = "file" | "date" | "rmssdMs" | "heartRateBpm" | "sdnnMs" | "rr";

export type ReadingProblem = {
  /** 1 is the first line of the text; null where it is the text as a whole. */
  line: number | null;
  field: ReadingField;
  problem:
    | "empty"
    | "too-large"
    | "unreadable"
    | "no-column"
    | "no-date"
    | "in-the-future"
    | "too-long-ago"
    | "no-number"
    | "out-of-range"
    | "too-few"
    | "rejected";
};

/** Bad input of an upload: nothing of it was stored. */
export class ReadingInputError extends AppError {
  readonly problems: readonly ReadingProblem[];

  constructor(problems: readonly ReadingProblem[]) {
    const first = problems[0];
    const place = first?.line ? `line ${first.line}, ${first.field}` : (first?.field ?? "file");
    super("bad-input", `Nothing was stored: ${place} (${first?.problem ?? "unreadable"}).`, { field: place });
    this.name = "ReadingInputError";
    this.problems = problems;
  }
}
