/** `npm run bench -- score|web|sync [--athletes N,N] [--delay MS,MS]`: measures, prints tables, asserts nothing. */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { startScratchPostgres } from "@/scripts/run/postgres/scratch";
import { measureGrowth, measureReplay, measureSeasons } from "./score";
import { measureEndToEnd } from "./score-database";

type Options = { sizes: number[] | undefined; delaysMs: number[] };

const benches: Record<string, (options: Options) => Promise<void>> = { score, web, sync };

async function score({ sizes }: Options): Promise<void> {
  console.log("From arrays in memory, one core, evidence not built");
  console.table(measureGrowth());
  console.log("Back-test");
  console.table([measureReplay()]);
  console.table([measureSeasons()]);
  console.log("End to end from Postgres, evidence written");
  await withPostgres(async (clusterUrl) => {
    for (const athletes of sizes ?? [1_000, 3_000, 10_000])
      console.table(await measureEndToEnd({ clusterUrl, athletes }));
  });
}

async function web({ sizes }: Options): Promise<void> {
  const { measureWeb } = await import("./web");
  await withPostgres(async (clusterUrl) => {
    console.table(await measureWeb({ clusterUrl, sizes: sizes ?? [30, 200, 1_000] }));
  });
}

async function sync({ sizes, delaysMs }: Options): Promise<void> {
  const { measureSync } = await import("./sync");
  for (const athletes of sizes ?? [50])
    await withPostgres(async (clusterUrl) => {
      console.log(`First sync of ${athletes} athletes with 90 days; the simulator is a process of its own`);
      console.table(await measureSync({ clusterUrl, athletes, delaysMs }));
    });
}

async function withPostgres(work: (clusterUrl: string) => Promise<void>): Promise<void> {
  const scratch = await startScratchPostgres();
  try {
    await work(scratch.url);
  } finally {
    await scratch.stop();
  }
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { athletes: { type: "string" }, delay: { type: "string", default: "0,40" } },
  });
  const bench = benches[positionals[0] ?? ""];
  if (!bench) throw new Error(`Say what to measure: npm run bench -- ${Object.keys(benches).join(" | ")}`);
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`);
  await bench({
    sizes: values.athletes?.split(",").map(Number),
    delaysMs: values.delay.split(",").map(Number),
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
