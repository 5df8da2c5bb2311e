/** Reduces a recording of RR intervals as the app does: `npm run -s rr -- FILE|-`, JSON out. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { morningReading } from "../lib/hrv/morning-reading";
import { ReadingInputError } from "../lib/services/readings/read-readings";
import { type RrFile, readRr } from "../lib/services/readings/read-rr";

const USAGE = "usage: npm run -s rr -- FILE|- [--column N], the column of the intervals counted from 0";

/** What each reason of a refusal means, and what to do. */
const SENTENCES: Record<string, string> = {
  empty: "there are no values in it",
  "too-large": "larger than 8 MB; a recording of up to 20 minutes is needed",
  "no-text": "not a text file; export the intervals as CSV or text",
  unreadable: "the columns cannot be told apart",
  "no-column": "which column holds the RR intervals cannot be told; name it with --column N, counted from 0",
  "no-number": "not a number",
  "out-of-range": "not between 10 ms and 60 s",
  "no-intervals": "these values are no RR intervals in ms or s",
  backwards: "the time runs backwards; the lines are not in their order",
  "too-few": "there is no interval",
};

class Unreadable extends Error {}

function main(): void {
  try {
    const { file, column } = argumentsOf(process.argv.slice(2));
    const read = readRr(bytesOf(file), column === undefined ? undefined : { rr: column });
    process.stdout.write(`${JSON.stringify(published(read))}\n`);
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = 2;
  }
}

function argumentsOf(args: string[]): { file: string; column: number | undefined } {
  const options = { column: { type: "string" } } as const;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0 || !/^\d{0,3}$/.test(values.column ?? ""))
      throw new Unreadable(USAGE);
    return { file, column: values.column ? Number(values.column) : undefined };
  } catch {
    throw new Unreadable(USAGE);
  }
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file === "-" ? 0 : file);
  } catch {
    throw new Unreadable(`${file}: cannot be opened; ${USAGE}`);
  }
}

/** Exactly the published fields. */
function published({ rrMs, timing, columns }: RrFile) {
  const reading = morningReading(rrMs, timing);
  const { beats, durationS, rmssdMs, meanRrMs, quality, acceptedShare, coverage } = reading;
  const { secondEstimateMs, reasons } = reading;
  return {
    beats,
    durationS,
    rmssdMs,
    meanRrMs,
    quality,
    acceptedShare,
    coverage,
    secondEstimateMs,
    reasons,
    columns,
  };
}

function sentenceOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  if (!(error instanceof ReadingInputError)) throw error;
  const { line, field, problem } = error.problems[0]!;
  const names = error.headings.map((name, i) => `${i} ${name || "(no heading)"}`).join(", ");
  const place = line === null ? field : `line ${line}, ${field}`;
  return `${place}: ${SENTENCES[problem] ?? problem}${names === "" ? "" : ` (${names})`}`.replace(
    /\s+/g,
    " ",
  );
}

main();
