import { closeJobDatabase, jobContext } from "@/inngest/context";
import { AppError } from "@/lib/errors";
import { removeWebhook, setUpWebhook, webhookStatus } from "@/lib/services/webhooks/manage";
import { adoptRuntimeEnvironment } from "./run/runtime";

const USAGE = "Usage: npm run webhook -- status|create|activate|delete";

const OUTCOMES = {
  created: "Created. Polar has called this installation and will tell it of new data.",
  active: "The webhook is active; nothing had to be changed.",
  changed: "The webhook is active again.",
  foreign:
    "Polar's one webhook of this client calls another address. Delete it first if that is meant to end.",
};

async function status(): Promise<string> {
  const { state, registered, wantedUrl, lastDeliveryAt } = await webhookStatus({
    ctx: jobContext("webhook"),
  });
  if (!registered) return `There is no webhook. Polar would call ${wantedUrl}`;
  const secret = state === "secret-lost" ? "; its secret is not known here, create it anew" : "";
  return [
    `${registered.active ? "Active" : "Switched off by Polar"}: ${registered.url}${secret}`,
    `Events: ${registered.events.join(", ")}`,
    `Last delivery: ${lastDeliveryAt?.toISOString() ?? "none yet"}`,
    ...(state === "foreign" ? [`This installation would be ${wantedUrl}`] : []),
  ].join("\n");
}

async function setUp(): Promise<string> {
  const { outcome } = await setUpWebhook({ ctx: jobContext("webhook") });
  return OUTCOMES[outcome];
}

async function remove(): Promise<string> {
  const { outcome } = await removeWebhook({ ctx: jobContext("webhook") });
  return outcome === "deleted" ? "Deleted." : "There was none.";
}

const COMMANDS: Record<string, () => Promise<string>> = {
  status,
  create: setUp,
  activate: setUp,
  delete: remove,
};

async function main(): Promise<number> {
  const command = COMMANDS[process.argv[2] ?? "status"];
  if (!command) {
    console.error(USAGE);
    return 2;
  }
  adoptRuntimeEnvironment();
  try {
    console.log(await command());
    return 0;
  } catch (error) {
    console.error(error instanceof AppError ? error.message : String(error));
    return 1;
  } finally {
    await closeJobDatabase();
  }
}

process.exitCode = await main();
