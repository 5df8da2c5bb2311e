import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { sendMail } from "./send";

const servers: SMTPServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((done) => server.close(done));
});

/** A mail server on loopback that keeps what it is given. */
async function mailServer(options: SMTPServerOptions = {}) {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      let text = "";
      stream.on("data", (chunk) => (text += chunk));
      stream.on("end", () => done(null, void received.push(text)));
    },
    ...options,
  });
  server.on("error", () => {});
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.server.address() as AddressInfo;
  return { smtpUrl: `smtp://127.0.0.1:${port}`, received };
}

const mailTo = (smtpUrl: string) => ({
  smtpUrl,
  from: "Restday <restday@example.org>",
  to: "line@example.org",
  subject: "2 athletes to look at this morning",
  html: "<p>Élise</p>",
  text: "Élise",
  messageId: "17@restday.example.org",
  headers: { "List-Unsubscribe": "<https://restday.example.org/stop>" },
});

const answer = (responseCode: number) => Object.assign(new Error("no"), { responseCode });

test("a mail arrives with both parts, its own message id and its headers", async () => {
  const { smtpUrl, received } = await mailServer();
  await sendMail(mailTo(smtpUrl));
  await sendMail(mailTo(smtpUrl));
  expect(received).toHaveLength(2);
  for (const mail of received) {
    expect(mail).toMatch(/^Message-ID: <17@restday\.example\.org>\r$/m);
    expect(mail).toMatch(/^List-Unsubscribe: <https:\/\/restday\.example\.org\/stop>\r$/m);
    expect(mail).toContain("Content-Type: text/plain");
    expect(mail).toContain("Content-Type: text/html");
  }
});

test("a password in the address is used", async () => {
  const logins: (string | undefined)[] = [];
  const { smtpUrl } = await mailServer({
    authOptional: false,
    authMethods: ["PLAIN"],
    allowInsecureAuth: true,
    onAuth(auth, _session, done) {
      logins.push(`${auth.username}:${auth.password}`);
      done(null, { user: "restday" });
    },
  });
  await sendMail(mailTo(smtpUrl.replace("//", "//restday:s%40crab@")));
  expect(logins).toEqual(["restday:s@crab"]);
});

test("a server that is away, or that asks to come back later, leaves the mail unsent for certain", async () => {
  await expect(sendMail(mailTo("smtp://127.0.0.1:1"))).rejects.toMatchObject({ certainty: "not-sent" });
  const busy = await mailServer({ onRcptTo: (_address, _session, done) => done(answer(451)) });
  await expect(sendMail(mailTo(busy.smtpUrl))).rejects.toMatchObject({ certainty: "not-sent" });
  const wrongPassword = await mailServer({
    authMethods: ["PLAIN"],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(answer(535)),
  });
  const withPassword = wrongPassword.smtpUrl.replace("//", "//restday:wrong@");
  await expect(sendMail(mailTo(withPassword))).rejects.toMatchObject({ certainty: "not-sent" });
});

test("a server that refuses the reader or the text has refused for good", async () => {
  const refusals: SMTPServerOptions[] = [
    { onRcptTo: (_address, _session, done) => done(answer(550)) },
    {
      onData: (stream, _session, done) => {
        stream.on("end", () => done(answer(554)));
        stream.resume();
      },
    },
  ];
  for (const refusal of refusals) {
    const { smtpUrl } = await mailServer(refusal);
    await expect(sendMail(mailTo(smtpUrl))).rejects.toMatchObject({ certainty: "refused" });
  }
});

test("what the server says is told as it can be kept", async () => {
  const refusal = Object.assign(new Error(`no\0${"x".repeat(3_000)}`), { responseCode: 550 });
  const { smtpUrl } = await mailServer({ onRcptTo: (_address, _session, done) => done(refusal) });
  const error: Error = await sendMail(mailTo(smtpUrl)).catch((error) => error);
  expect(error).toMatchObject({ certainty: "refused" });
  expect(error.message).toMatch(/550 no x+$/);
  expect(error.message).toHaveLength(1_000);
});

test("a connection that breaks while the server has the text leaves it unknown", async () => {
  const { smtpUrl } = await mailServer({
    onData(stream) {
      stream.on("end", () => {
        for (const connection of servers[0]!.connections as Set<{ close(): void }>) connection.close();
      });
      stream.resume();
    },
  });
  await expect(sendMail(mailTo(smtpUrl))).rejects.toMatchObject({ certainty: "unknown" });
});
