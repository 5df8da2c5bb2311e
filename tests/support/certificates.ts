import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4 } from "node:net";

/** A certificate and its key, in PEM form. */
export type Certified = { certificate: string; key: string };
type Authority = Certified & { name: string; signer: KeyObject };

/** Node signs and reads certificates but makes none: these are the few pieces of DER (ITU-T X.690) that one takes. */
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const size = body.length.toString(16);
  const long = Buffer.from(size.padStart(size.length + (size.length % 2), "0"), "hex");
  const length = body.length < 128 ? Buffer.from([body.length]) : Buffer.from([0x80 + long.length, ...long]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const utcTime = (date: Date) =>
  der(
    0x17,
    Buffer.from(
      `${date
        .toISOString()
        .replace(/[-:T]|\.\d+/g, "")
        .slice(2)}`,
    ),
  );

const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));
const nameOf = (commonName: string) =>
  sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(commonName)))));
const extension = (id: string, value: Buffer) => sequence(oid(id), der(0x04, value));
const altName = (name: string) =>
  isIPv4(name) ? der(0x87, Buffer.from(name.split(".").map(Number))) : der(0x82, Buffer.from(name));

function certify(of: {
  subject: string;
  issuer: string;
  signer: KeyObject;
  publicKey: KeyObject;
  extensions: Buffer[];
}) {
  const day = 86_400_000;
  const [from, to] = [new Date(Date.now() - day), new Date(Date.now() + day)];
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, ...randomBytes(8)])),
    ecdsaWithSha256,
    nameOf(of.issuer),
    sequence(utcTime(from), utcTime(to)),
    nameOf(of.subject),
    of.publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...of.extensions)),
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", content, of.signer));
  const lines =
    sequence(content, ecdsaWithSha256, signature)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

const newKeys = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
const pemOf = (key: KeyObject) => String(key.export({ type: "pkcs8", format: "pem" }));

/** An authority that nobody knows but who holds its certificate; good for a day. */
export function makeAuthority(name: string): Authority {
  const { publicKey, privateKey } = newKeys();
  const isAuthority = extension("551d13", sequence(der(0x01, Buffer.from([0xff]))));
  const certificate = certify({
    subject: name,
    issuer: name,
    signer: privateKey,
    publicKey,
    extensions: [isAuthority],
  });
  return { name, signer: privateKey, certificate, key: pemOf(privateKey) };
}

/** A server's or a client's certificate of an authority, for host names and IPv4 addresses. */
export function issue(authority: Authority, subject: string, names: readonly string[] = []): Certified {
  const { publicKey, privateKey } = newKeys();
  const extensions = [
    extension("551d13", sequence()),
    ...(names.length > 0 ? [extension("551d11", sequence(...names.map(altName)))] : []),
  ];
  const certificate = certify({
    subject,
    issuer: authority.name,
    signer: authority.signer,
    publicKey,
    extensions,
  });
  return { certificate, key: pemOf(privateKey) };
}
