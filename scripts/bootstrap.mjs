import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./install.mjs";

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** Ends the process with one sentence on stderr and a non-zero exit code. */
function giveUp(sentence) {
  console.error(`restday: ${sentence}`);
  process.exit(1);
}

/** Node 20.12 is the oldest version that reads .env by itself and that every dependency accepts. */
function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 12)) return;
  giveUp(`Node 20.12 or newer is needed, this is ${process.versions.node}.`);
}

/** Lets this process import TypeScript from now on, with the project's path alias. */
async function enableTypeScript() {
  const { register } = await import("tsx/esm/api");
  register({ tsconfig: join(projectRoot, "tsconfig.json") });
}

/**
 * Makes the project ready to run in this process, then does the work; expected problems end it with one sentence.
 * Uses Node's own modules only until the dependencies are there.
 */
export async function bootstrap(work) {
  requireNode();
  process.chdir(projectRoot);
  const failure = await installDependencies(projectRoot);
  if (failure) giveUp(`the dependencies could not be installed: ${failure}.`);
  await enableTypeScript();
  await work().catch((error) =>
    giveUp(error?.name === "StartProblem" ? error.message : (error?.stack ?? String(error))),
  );
}
