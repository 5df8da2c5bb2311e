import MailComposer from "nodemailer/lib/mail-composer/index.js";
import { parseConnectionUrl } from "nodemailer/lib/shared/index.js";
import SMTPConnection from "nodemailer/lib/smtp-connection/index.js";
import { MailNotSent } from "./not-sent";

export type OutgoingMail = {
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte. */
  smtpUrl: string;
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Without angle brackets; the same for every try of the same mail. */
  messageId?: string;
  headers?: Record<string, string>;
};

const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 };

/**
 * Hands one mail to the SMTP server, STARTTLS where it is offered (RFC 5321, RFC 3207).
 * @throws MailNotSent saying how sure it is that nothing went out
 */
export async function sendMail(mail: OutgoingMail): Promise<void> {
  const options = { ...parseConnectionUrl(mail.smtpUrl), ...timeouts };
  const connection = new SMTPConnection(options);
  const broken = new Promise<never>((_, reject) => {
    connection.on("error", reject);
    connection.on("end", () => reject(new Error("The mail server closed the connection")));
  });
  broken.catch(() => {});
  try {
    await Promise.race([broken, open(connection, options)]).catch((error) => {
      throw new MailNotSent("not-sent", error);
    });
    await Promise.race([broken, transmit(connection, mail)]).catch((error) => {
      throw new MailNotSent(certaintyOf(error), error);
    });
  } finally {
    connection.quit();
  }
}

/** Why the mail server takes nothing at the moment, without the login; undefined when it does. */
export async function whyMailIsRefused(smtpUrl: string): Promise<string | undefined> {
  const options = { ...parseConnectionUrl(smtpUrl), ...timeouts };
  const connection = new SMTPConnection(options);
  const broken = new Promise<never>((_, reject) => {
    connection.on("error", reject);
    connection.on("end", () => reject(new Error("it closed the connection")));
  });
  try {
    await Promise.race([broken, open(connection, options)]);
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message.trim() : String(error);
    const secrets = Object.values(options.auth ?? {}).filter(
      (part) => typeof part === "string" && part !== "",
    );
    return secrets.reduce<string>((text, secret) => text.replaceAll(String(secret), "…"), said);
  } finally {
    connection.quit();
  }
}

async function open(connection: SMTPConnection, { auth }: SMTPConnection.Options): Promise<void> {
  await settled((done) => connection.connect(done));
  if (auth) await settled((done) => connection.login(auth as SMTPConnection.AuthenticationCredentials, done));
}

async function transmit(connection: SMTPConnection, mail: OutgoingMail): Promise<void> {
  const { from, to, subject, html, text, headers } = mail;
  const messageId = mail.messageId && `<${mail.messageId}>`;
  const message = new MailComposer({ from, to, subject, html, text, headers, messageId }).compile();
  const { from: sender, to: recipients } = message.getEnvelope();
  await settled((done) =>
    connection.send({ from: sender, to: recipients }, message.createReadStream(), done),
  );
}

/** The server's own answer decides; without one the text may have arrived. */
function certaintyOf(error: { responseCode?: number; code?: string }): MailNotSent["certainty"] {
  if (error.responseCode) return error.responseCode >= 500 ? "refused" : "not-sent";
  return error.code === "EENVELOPE" ? "refused" : "unknown";
}

function settled(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}
