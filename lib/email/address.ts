import { domainToASCII } from "node:url";
import addressparser from "nodemailer/lib/addressparser/index.js";
import { z } from "zod";

/** The domain as mail servers know it: `bücher.example` is `xn--bcher-kva.example` (RFC 5890). */
function asciiDomain(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = domainToASCII(address.slice(at + 1));
  return at < 1 || domain === "" ? address : `${address.slice(0, at)}@${domain}`;
}

/** An e-mail address that somebody typed: in lower case, its domain in ASCII. International domains may be written as they are read. */
export const emailAddress = z.string().trim().toLowerCase().transform(asciiDomain).pipe(z.email());

// Mail between the programs of one machine goes to `localhost`, which is no domain on the internet.
const sender = z.union([z.email(), z.string().regex(/^[\w.+-]+@[a-z\d-]+$/i)]);

/** A sender such as `Restday <mail@example.org>`: one address, with or without a name. Undefined when it is none. */
export function parseSender(text: string): { name: string; address: string } | undefined {
  if (!/^([^<>]*<[^<>\s]+>|[^<>\s]+)$/.test(text.trim())) return undefined;
  const found = addressparser(text, { flatten: true });
  const [only] = found;
  if (found.length !== 1 || !only) return undefined;
  const address = sender.safeParse(asciiDomain(only.address ?? ""));
  return address.success ? { name: only.name ?? "", address: address.data } : undefined;
}
