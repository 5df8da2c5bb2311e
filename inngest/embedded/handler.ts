import type { Inngest, InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { z } from "zod";
import { syncSchema } from "./config";
import type { EngineEvent } from "./events";
import type { Outcome } from "./store/steps";

/** What a function is told about its run, as docs/SDK_SPEC.md (inngest/inngest) 4.4 defines it. */
type Call = {
  functionId: string;
  /** The planned step to execute; undefined to go on from what is known. */
  stepId: string | undefined;
  runId: string;
  event: EngineEvent;
  attempt: number;
  maxAttempts: number;
  /** Outcomes in the order the steps finished. */
  steps: readonly { id: string; outcome: Outcome }[];
};

const operationSchema = z.object({
  id: z.string(),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});

export type Operation = z.infer<typeof operationSchema>;

/** A function's answer: it has ended, it reports operations, or it failed as a whole. */
export type Answer =
  | { kind: "finished" }
  | { kind: "operations"; operations: Operation[]; retryAfter: string | null }
  | { kind: "failed"; error: object; final: boolean; retryAfter: string | null };

export type FunctionHandler = {
  /** The configurations of all functions, as the SDK would register them with a server. */
  sync(): Promise<Record<string, unknown>[]>;
  call(call: Call): Promise<Answer>;
};

const address = "http://embedded.localhost/api/inngest";

function bodyOf(call: Call): string {
  const order = call.steps.map((step) => step.id);
  return JSON.stringify({
    version: 2,
    event: call.event,
    events: [call.event],
    steps: Object.fromEntries(call.steps.map(({ id, outcome }) => [id, outcome])),
    // Without fn_id the SDK reports every step instead of checkpointing to a server.
    ctx: {
      run_id: call.runId,
      attempt: call.attempt,
      max_attempts: call.maxAttempts,
      disable_immediate_execution: call.stepId !== undefined,
      use_api: false,
      stack: { stack: order, current: order.length },
    },
  });
}

function errorOf(body: unknown): object {
  return typeof body === "object" && body !== null ? body : { name: "Error", message: String(body) };
}

async function readAnswer(response: Response): Promise<Answer> {
  const body: unknown = await response.json();
  const retryAfter = response.headers.get("retry-after");
  if (response.status === 200) return { kind: "finished" };
  if (response.status === 206)
    return { kind: "operations", operations: z.array(operationSchema).parse(body), retryAfter };
  const final = response.headers.get("x-inngest-no-retry") === "true";
  return { kind: "failed", error: errorOf(body), final, retryAfter };
}

/** Talks to functions through the SDK's own request handler, in this process and without a socket. */
export function createHandler(
  client: Inngest.Like,
  functions: readonly InngestFunction.Like[],
): FunctionHandler {
  const handle = serve({ client, functions: [...functions] });
  // The edge adapter takes the address from the host header.
  const headers = { host: "embedded.localhost", "content-type": "application/json" };
  return {
    async sync() {
      const request = new Request(address, {
        method: "PUT",
        headers: { ...headers, "x-inngest-sync-kind": "in_band" },
        body: JSON.stringify({ url: address }),
      });
      const response = await handle(request);
      if (!response.ok) throw new Error(`The functions cannot be read: ${await response.text()}`);
      return syncSchema.parse(await response.json()).functions;
    },
    async call(call) {
      const query = new URLSearchParams({ fnId: call.functionId, stepId: call.stepId ?? "step" });
      const request = new Request(`${address}?${query}`, { method: "POST", headers, body: bodyOf(call) });
      return readAnswer(await handle(request));
    },
  };
}
