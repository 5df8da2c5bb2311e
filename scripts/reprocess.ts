import { parseArgs } from "node:util";
import { closeJobDatabase, jobContext } from "@/inngest/context";
import { STREAMS, type StreamId } from "@/lib/providers/polar/streams";
import { type ReprocessInput, type ReprocessReport, reprocess } from "@/lib/services/payloads/reprocess";
import { isCivilDate } from "@/lib/time/civil-date";
import { adoptRuntimeEnvironment } from "./run/runtime";

const USAGE = "Usage: npm run reprocess -- [--stream S] [--since YYYY-MM-DD] [--dry-run]";
const MOST_LINES = 40;

function isStream(name: string): name is StreamId {
  return STREAMS.some((stream) => stream.id === name);
}

/** What was asked for; a sentence when it cannot be understood. */
function readArguments(args: string[]): ReprocessInput | string {
  const options = {
    stream: { type: "string" },
    since: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  } as const;
  try {
    const { values } = parseArgs({ args, options });
    const { stream, since } = values;
    if (stream !== undefined && !isStream(stream))
      return `There is no stream ${stream}. Streams: ${STREAMS.map(({ id }) => id).join(", ")}`;
    if (since !== undefined && !isCivilDate(since)) return `--since ${since} is no date`;
    const mode = values["dry-run"] ? "dry-run" : "write";
    return { stream: stream ?? null, since: since ? new Date(`${since}T00:00:00Z`) : null, mode };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function linesOf(report: ReprocessReport): string[] {
  const lines = report.athletes.flatMap(({ athleteId, differences }) =>
    differences.map(
      ({ row, field, before, after }) => `${athleteId} ${row} ${field}: then ${before}, now ${after}`,
    ),
  );
  const more = lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more`] : [];
  return [...lines.slice(0, MOST_LINES), ...more];
}

function summaryOf(report: ReprocessReport, mode: ReprocessInput["mode"]): string[] {
  const payloads = report.athletes.reduce((sum, one) => sum + one.payloads, 0);
  const values = report.athletes.reduce((sum, one) => sum + one.differences.length, 0);
  const verb = mode === "dry-run" ? "would differ" : "differ from before";
  return [
    `${payloads} payloads of ${report.athletes.length} athletes read; ${values} values ${verb}.`,
    ...(report.busy.length > 0
      ? [`${report.busy.length} athletes were being synced and were left out; run it again.`]
      : []),
  ];
}

async function main(): Promise<number> {
  const input = readArguments(process.argv.slice(2));
  if (typeof input === "string") {
    console.error(`${input}\n${USAGE}`);
    return 2;
  }
  adoptRuntimeEnvironment();
  try {
    const report = await reprocess({ ctx: jobContext("reprocess"), input });
    console.log([...linesOf(report), ...summaryOf(report, input.mode)].join("\n"));
    return 0;
  } finally {
    await closeJobDatabase();
  }
}

process.exitCode = await main();
