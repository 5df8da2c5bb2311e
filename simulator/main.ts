import { readFlags, UsageError, usage } from "./options";
import { startSimulator } from "./server";

function complain(error: unknown): never {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) console.error(`${text}\n${usage}`);
  else if (code === "EADDRINUSE") console.error("The simulator's port is taken: choose another with --port.");
  else console.error(`The simulator could not start: ${text}`);
  process.exit(1);
}

try {
  const options = readFlags(process.argv.slice(2), process.env);
  const simulator = await startSimulator(options);
  console.log(`Polar simulator listening on ${simulator.url} (console ${simulator.url}/)`);
  const stop = () => {
    simulator.close().then(() => process.exit(0), complain);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
} catch (error) {
  complain(error);
}
