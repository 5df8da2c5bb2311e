import { readFileSync } from "node:fs";

/** The host that the documented configurations serve. */
export const DOCUMENTED_HOST = "restday.example.org";

/** The fenced block of docs/operate/edge.md in which a text occurs. */
function documented(holds: string): string {
  const page = readFileSync("docs/operate/edge.md", "utf8");
  const blocks = [...page.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, block = ""]) => block);
  const found = blocks.filter((block) => block.includes(holds));
  if (found.length !== 1) throw new Error(`docs/operate/edge.md has ${found.length} blocks with "${holds}"`);
  return found[0] ?? "";
}

/** Puts this run's values in the place of the documented ones; each has to be there. */
function put(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`The documented configuration has no "${from}"`);
    return all.replaceAll(from, to);
  }, text);
}

export type Place = {
  /** The name in the address that browsers show. */
  host: string;
  /** Where browsers come in. */
  front: number;
  /** A second one, at an address that is not `APP_URL`. */
  other: number;
  /** Where Restday listens. */
  app: number;
};

type Tls = { certificate: string; key: string };

/** The documented nginx server with this run's ports and certificate; without TLS its lines are left out. */
export function nginxServer(place: Place, tls: Tls | undefined): string {
  const listening = tls ? " ssl" : "";
  const values = {
    "listen 443 ssl;": `listen ${place.front}${listening}; listen ${place.other}${listening};`,
    [DOCUMENTED_HOST]: place.host,
    "http://127.0.0.1:3000": `http://127.0.0.1:${place.app}`,
  };
  const block = put(documented("proxy_pass"), values);
  if (!tls) return block.replace(/^\s*ssl_certificate.*\n/gm, "");
  return put(block, { "/etc/ssl/restday.crt": tls.certificate, "/etc/ssl/restday.key": tls.key });
}

/** The documented site of Caddy with this run's ports; its certificate comes from its own authority. */
export function caddySite(place: Place, scheme: "http" | "https"): string {
  const sites = [place.front, place.other].map((port) => `${scheme}://${place.host}:${port}`).join(", ");
  return put(documented("reverse_proxy"), {
    [DOCUMENTED_HOST]: sites,
    "127.0.0.1:3000": `127.0.0.1:${place.app}`,
  });
}
