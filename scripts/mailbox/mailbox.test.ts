import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Mailbox, startMailbox } from "./mailbox";

let folder: string;
let mailbox: Mailbox;
const open = () => startMailbox({ httpPort: 0, smtpPort: 0, folder });
const url = (path: string) => `http://127.0.0.1:${mailbox.httpPort}${path}`;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "restday-mailbox-"));
  mailbox = await open();
});
afterEach(async () => {
  await mailbox.close();
  rmSync(folder, { recursive: true, force: true });
});

async function send(subject: string): Promise<void> {
  const transport = createTransport(`smtp://127.0.0.1:${mailbox.smtpPort}`);
  await transport.sendMail({
    from: "Restday <restday@localhost>",
    to: ["coach@example.org", "second@example.org"],
    subject,
    text: "Sign in: http://localhost:3000/x?a=1&b=2",
    html: '<p>Good <b>morning</b></p><script>alert("x")</script>',
    headers: { "List-Unsubscribe": "<http://localhost/off>" },
  });
  transport.close();
}

it("lists what arrived over SMTP, newest first, with its headers", async () => {
  await send("First");
  await send("Second ✓");
  const messages = await (await fetch(url("/messages"))).json();
  expect(messages.map((message: { subject: string }) => message.subject)).toEqual(["Second ✓", "First"]);
  expect(messages[0]).toMatchObject({
    to: ["coach@example.org", "second@example.org"],
    text: expect.stringContaining("http://localhost:3000/x?a=1&b=2"),
    html: expect.stringContaining("<b>morning</b>"),
    headers: { "list-unsubscribe": "<http://localhost/off>" },
  });
});

it("keeps its messages over a restart", async () => {
  await send("Kept");
  await mailbox.close();
  mailbox = await open();
  const messages = await (await fetch(url("/messages"))).json();
  expect(messages).toHaveLength(1);
  expect(await (await fetch(url(`/messages/${messages[0].id}`))).json()).toEqual(messages[0]);
});

it("shows a message without running its scripts and with its links", async () => {
  await send("Shown");
  const [message] = await (await fetch(url("/messages"))).json();
  expect(await (await fetch(url("/"))).text()).toContain(`/open/${message.id}`);
  const page = await (await fetch(url(`/open/${message.id}`))).text();
  expect(page).not.toContain("<script>");
  expect(page).not.toContain("allow-scripts");
  expect(page).toContain('href="http://localhost:3000/x?a=1&amp;b=2"');
});

it("forgets everything on request and answers 404 for what it does not have", async () => {
  await send("Gone");
  await fetch(url("/messages"), { method: "DELETE" });
  expect(await (await fetch(url("/messages"))).json()).toEqual([]);
  expect((await fetch(url("/messages/nothing"))).status).toBe(404);
});

it("refuses a foreign host name", async () => {
  const status = await new Promise((resolve) => {
    request(url("/messages"), { headers: { host: "evil.example:4020" } }, (response) =>
      resolve(response.statusCode),
    ).end();
  });
  expect(status).toBe(403);
});
