import { z } from "zod";
import { control } from "../control-guard";
import { jsonBody } from "../http/body";
import { json } from "../http/reply";
import { type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import type { WebhookQueue } from "../webhooks";

/** The log of deliveries, replaying one, and waiting for the queue. */
export function webhookControlRoutes(sim: Sim, queue: WebhookQueue): Route[] {
  const answer = () =>
    json(200, { webhook: sim.state.webhooks[0] ?? null, deliveries: sim.state.deliveries });
  return [
    route("GET", "/_sim/webhooks", control(answer)),
    route(
      "POST",
      "/_sim/webhooks/redeliver",
      control((incoming) => {
        const { id } = z.strictObject({ id: z.int() }).parse(jsonBody(incoming));
        return queue.redeliver(id) ? json(202, { id }) : json(404, { error: `no delivery ${id}` });
      }),
    ),
    route(
      "POST",
      "/_sim/webhooks/settle",
      control(async (incoming) => {
        const { patienceMs } = z
          .strictObject({ patienceMs: z.number().default(5000) })
          .parse(jsonBody(incoming));
        await queue.settle(patienceMs);
        return answer();
      }),
    ),
  ];
}
