import { Inngest } from "inngest";
import { createLog } from "@/lib/log";
import { createTransport } from "./transport";
import { WithoutValues } from "./without-values";

export const transport = createTransport();

/** The one Inngest client; keys and addresses come from the INNGEST_* variables, read by the SDK itself. */
export const inngest = new Inngest({
  id: "restday",
  fetch: transport.fetch,
  logger: createLog("jobs"),
  middleware: [WithoutValues],
});
