import { domainToASCII } from "node:url";
import addressparser from "nodemailer/lib/addressparser/index.js";
import { z } from "zod";

/** `domainToASCII` takes a text as the host of a URL: of `example.org/a` it reads `example.org`, of `ex%61mple.org` the same. */
const DOMAIN = /^[a-z\d.\u0080-\u{10ffff}-]+$/iu;

/** The domain as mail servers know it: `bücher.example` is `xn--bcher-kva.example` (RFC 5890). */
function asciiDomain(address: string): string {
  const at = address.lastIndexOf("@");
  const written = address.slice(at + 1);
  const domain = DOMAIN.test(written) ? domainToASCII(written) : "";
  return at < 1 || domain === "" ? address : `${address.slice(0, at)}@${domain}`;
}

/**
 * A name as browsers take it for an e-mail field, with single dots inside; a domain of at least two labels, the last of
 * letters, or of an international one in ASCII (RFC 5321 section 4.5.3.1 for the lengths).
 */
const ADDRESS =
  /^(?!\.)(?!.*\.\.)[a-z\d.!#$%&'*+/=?^_`{|}~-]{1,64}(?<!\.)@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?:[a-z]{2,63}|xn--[a-z\d-]{0,58}[a-z\d])$/i;

const whole = z.string().max(254).regex(ADDRESS);

/**
 * The one judge of an e-mail address that somebody typed: in lower case, its domain in ASCII. International domains may be
 * written as they are read; a domain without a dot (`ada@example`) is none that mail from here would reach.
 */
export const emailAddress = z.string().trim().toLowerCase().transform(asciiDomain).pipe(whole);

/** An address that may be left out: null for an empty field. */
export const optionalAddress = z
  .string()
  .trim()
  .pipe(z.union([z.literal("").transform(() => null), emailAddress]));

// Mail between the programs of one machine goes to `localhost`, which is no domain on the internet.
const sender = z.union([whole, z.string().regex(/^[\w.+-]+@localhost$/i)]);

/** A sender such as `Restday <mail@example.org>`: one address, with or without a name. Undefined when it is none. */
export function parseSender(text: string): { name: string; address: string } | undefined {
  if (!/^([^<>]*<[^<>\s]+>|[^<>\s]+)$/.test(text.trim()) || /\p{Cc}/u.test(text)) return undefined;
  const found = addressparser(text, { flatten: true });
  const [only] = found;
  if (found.length !== 1 || !only) return undefined;
  const address = sender.safeParse(asciiDomain(only.address ?? ""));
  return address.success ? { name: only.name ?? "", address: address.data } : undefined;
}
