import { AppError } from "../../errors";

export type ReadingField = "file" | "date" | "rmssdMs" | "heartRateBpm" | "sdnnMs" | "rr" | "time";

export type ReadingProblem = {
  /** 1 is the first line of the text; null where it is the text as a whole. */
  line: number | null;
  field: ReadingField;
  problem:
    | "empty"
    | "too-large"
    | "no-text"
    | "unreadable"
    | "no-column"
    | "no-date"
    | "in-the-future"
    | "too-long-ago"
    | "no-number"
    | "out-of-range"
    | "no-intervals"
    | "backwards"
    | "too-few";
};

/** Bad input of an upload: nothing of it was stored. */
export class ReadingInputError extends AppError {
  readonly problems: readonly ReadingProblem[];
  /** What the columns are called, where one of them has to be chosen. */
  readonly headings: readonly string[];

  constructor(problems: readonly ReadingProblem[], headings: readonly string[] = []) {
    const first = problems[0];
    const place = first?.line ? `line ${first.line}, ${first.field}` : (first?.field ?? "file");
    super("bad-input", `Nothing was stored: ${place} (${first?.problem ?? "unreadable"}).`, { field: place });
    this.name = "ReadingInputError";
    this.problems = problems;
    this.headings = headings;
  }
}
