import { bootstrap } from "./bootstrap.mjs";

await bootstrap(async () => {
  const { runChecks } = await import("./test/main.ts");
  await runChecks(process.argv.slice(2));
});
