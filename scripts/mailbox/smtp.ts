import type { Readable } from "node:stream";
import { type AddressObject, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import type { Mail, MailStore } from "./store";

function textOf(address: AddressObject | AddressObject[] | undefined): string {
  return [address ?? []]
    .flat()
    .map((entry) => entry.text)
    .join(", ");
}

async function parse(stream: Readable, recipients: string[]): Promise<Mail> {
  const mail = await simpleParser(stream, { skipImageLinks: true });
  return {
    from: textOf(mail.from),
    to: recipients,
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html || "",
    headers: Object.fromEntries(
      mail.headerLines.map(({ key, line }) => [key, line.slice(key.length + 1).trim()]),
    ),
  };
}

/** An SMTP server that takes every message on loopback and keeps it in the store. */
export function createSmtpServer(store: MailStore): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: 25_000_000,
    onData(stream, session, done) {
      parse(
        stream,
        session.envelope.rcptTo.map((recipient) => recipient.address),
      )
        .then((mail) => store.add(mail))
        .then(() => done(), done);
    },
  });
}
