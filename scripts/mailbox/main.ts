import { parseArgs } from "node:util";
import { startMailbox } from "./mailbox";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4020" },
    "smtp-port": { type: "string", default: "4021" },
    store: { type: "string", default: ".restday/mailbox" },
  },
});
const mailbox = await startMailbox({
  httpPort: Number(values.port),
  smtpPort: Number(values["smtp-port"]),
  folder: values.store,
});
console.log(`Mailbox on http://localhost:${mailbox.httpPort}, SMTP on port ${mailbox.smtpPort}`);

const end = () => mailbox.close().then(() => process.exit(0));
for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, end);
// Started by `npm start`: without it nobody would end this process.
process.once("disconnect", end);
