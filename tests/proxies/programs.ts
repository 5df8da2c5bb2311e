import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { issue, makeAuthority } from "../support/certificates";
import { caddySite, nginxServer, type Place } from "./documented";

export type Scheme = "http" | "https";
export type Running = { stop(): Promise<void> };
/** A proxy that is installed here: what it calls itself, and how it is started as documented. */
export type Proxy = {
  name: string;
  start(of: { folder: string; place: Place; scheme: Scheme }): Promise<Running>;
};

function version(command: string, args: string[], pattern: RegExp): string | undefined {
  const { error, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  return error ? undefined : pattern.exec(`${stdout}${stderr}`)?.[1];
}

async function started(command: string, args: string[], port: number): Promise<Running> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await untilListening(port, child, () => output);
  return {
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function untilListening(port: number, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`The proxy did not start:\n${output()}`);
    await wait(200);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => socket.end(() => resolve(true)));
    socket.once("error", () => resolve(false));
  });
}

/** Workers of nginx become somebody else when root starts it, who may not write where this run keeps its files. */
const sameUser = () => (process.getuid?.() === 0 ? `user ${userInfo().username};` : "");

function startNginx(of: { folder: string; place: Place; scheme: Scheme }): Promise<Running> {
  const { folder, place, scheme } = of;
  const file = (name: string) => join(folder, name);
  const own = issue(makeAuthority("Restday's proxies"), place.host, [place.host]);
  writeFileSync(file("site.crt"), own.certificate);
  writeFileSync(file("site.key"), own.key);
  const tls = scheme === "https" ? { certificate: file("site.crt"), key: file("site.key") } : undefined;
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const folders = temporary.map((name) => `${name}_temp_path ${file(name)};`).join(" ");
  writeFileSync(
    file("nginx.conf"),
    `${sameUser()} daemon off; worker_processes 1; pid ${file("pid")}; error_log ${file("error.log")};
events {}
http { access_log off; ${folders}
${nginxServer(place, tls)}}
`,
  );
  return started("nginx", ["-p", folder, "-e", file("error.log"), "-c", file("nginx.conf")], place.front);
}

function startCaddy(of: { folder: string; place: Place; scheme: Scheme }): Promise<Running> {
  const { folder, place, scheme } = of;
  const options = `admin off\n  auto_https disable_redirects\n  skip_install_trust\n  local_certs`;
  const storage = `storage file_system ${join(folder, "caddy")}`;
  writeFileSync(join(folder, "Caddyfile"), `{\n  ${options}\n  ${storage}\n}\n${caddySite(place, scheme)}`);
  const args = ["run", "--adapter", "caddyfile", "--config", join(folder, "Caddyfile")];
  return started("caddy", args, place.front);
}

/** The documented proxies: those that are installed, and the names of those that are not. */
export function installedProxies(): { proxies: Proxy[]; missing: string[] } {
  const nginx = version("nginx", ["-v"], /nginx\/([\d.]+)/);
  const caddy = version("caddy", ["version"], /v?([\d.]+)/);
  const proxies = [
    ...(nginx ? [{ name: `nginx ${nginx}`, start: startNginx }] : []),
    ...(caddy ? [{ name: `Caddy ${caddy}`, start: startCaddy }] : []),
  ];
  return { proxies, missing: [nginx ? "" : "nginx", caddy ? "" : "Caddy"].filter(Boolean) };
}

/** A folder of a proxy's own files. */
export function folderOf(root: string, name: string): string {
  const folder = join(root, name.replaceAll(/\W+/g, "-"));
  mkdirSync(folder, { recursive: true });
  return folder;
}
