import { bootstrap } from "./bootstrap.mjs";

await bootstrap(async () => {
  const { run } = await import("./run/main.ts");
  await run({ web: process.argv.includes("--dev") ? "development" : "production" });
});
