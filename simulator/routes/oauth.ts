import { randomBytes } from "node:crypto";
import { clientOf, registrationOf, revokeTokens } from "../access";
import { formBody } from "../http/body";
import { html, json, type Reply, redirect } from "../http/reply";
import { type Incoming, type Route, route } from "../http/router";
import { loginPage, messagePage } from "../pages/login";
import { signUp } from "../sign-up";
import { polarUserIdOf, type Sim } from "../simulator";
import type { Code } from "../state";

/** Authorization codes live ten minutes (Polar's documentation). */
const codeLifeMs = 10 * 60_000;

type Request = { redirectUri: string; sentRedirectUri: string | null; state: string | null };

function isLoopback(uri: string): boolean {
  const host = URL.canParse(uri) ? new URL(uri).hostname : "";
  return ["localhost", "127.0.0.1", "[::1]"].includes(host);
}

function allowed(sim: Sim, uri: string): boolean {
  return sim.client.redirectUris.includes(uri) || (sim.state.knobs.loopbackRedirects && isLoopback(uri));
}

/** On an error the user lands on the client's default callback; without one there is only a page to show. */
function failed(sim: Sim, target: string | undefined, error: string, state: string | null): Reply {
  const landing = target ?? sim.client.redirectUris[0];
  return landing
    ? redirect(withQuery(landing, { error, state }))
    : html(400, messagePage("This request is not valid", error));
}

function withQuery(uri: string, values: Record<string, string | null>): string {
  const url = new URL(uri);
  for (const [key, value] of Object.entries(values)) if (value !== null) url.searchParams.set(key, value);
  return url.toString();
}

function readRequest(sim: Sim, query: URLSearchParams): Request | Reply {
  const [sent, state] = [query.get("redirect_uri"), query.get("state")];
  if (query.get("client_id") !== sim.client.id)
    return html(400, messagePage("Unknown client", "unauthorized_client"));
  const redirectUri = sent ?? sim.client.redirectUris[0];
  if (!redirectUri) return html(400, messagePage("The client has no redirect URL", "invalid_request"));
  if (sent !== null && !allowed(sim, sent)) return failed(sim, undefined, "invalid_request", state);
  if (query.get("response_type") !== "code")
    return failed(sim, redirectUri, "unsupported_response_type", state);
  const scope = query.get("scope");
  if (scope !== null && scope !== "" && scope !== "accesslink.read_all")
    return failed(sim, redirectUri, "invalid_scope", state);
  return { redirectUri, sentRedirectUri: sent, state };
}

function showLogin(sim: Sim, incoming: Incoming): Reply {
  const request = readRequest(sim, incoming.query);
  if ("status" in request) return request;
  const accounts = sim.accounts().map((account) => ({
    ...account.athlete,
    connected: registrationOf(sim, account.athlete.login) !== undefined,
  }));
  return html(200, loginPage({ accounts, query: incoming.query.toString(), problem: null }));
}

function decide(sim: Sim, incoming: Incoming): Reply {
  const request = readRequest(sim, incoming.query);
  if ("status" in request) return request;
  const form = formBody(incoming);
  if (form.get("decision") !== "accept")
    return failed(sim, request.redirectUri, "access_denied", request.state);
  const login = form.get("signup") === "1" ? signUp(sim, form) : form.get("login");
  if (!login || !sim.accountOf(login)) {
    const accounts = sim
      .accounts()
      .map((a) => ({ ...a.athlete, connected: registrationOf(sim, a.athlete.login) !== undefined }));
    return html(
      400,
      loginPage({ accounts, query: incoming.query.toString(), problem: "Choose an athlete first." }),
    );
  }
  const code = randomBytes(16).toString("hex");
  sim.state.codes[code] = {
    clientId: sim.client.id,
    login,
    redirectUri: request.sentRedirectUri,
    issuedAt: sim.clock.now(),
    used: false,
  };
  sim.touch();
  return redirect(withQuery(request.redirectUri, { code, state: request.state }));
}

function expiryOf({ state }: Sim): { expires_in?: unknown } {
  const { expiry, expiresInS } = state.knobs;
  const told = { told: expiresInS, absent: undefined, null: null, zero: 0, words: "never" }[expiry];
  return told === undefined ? {} : { expires_in: told };
}

/** A new token; signing in at Polar again also gives back consents that were withheld. */
export function issueToken(sim: Sim, login: string, code: string | null) {
  const value = randomBytes(16).toString("base64url");
  sim.state.tokens[value] = { clientId: sim.client.id, login, code };
  sim.state.consentsWithheld = sim.state.consentsWithheld.filter((withheld) => withheld !== login);
  sim.touch();
  return {
    access_token: value,
    token_type: "bearer",
    ...expiryOf(sim),
    x_user_id: polarUserIdOf(login),
  };
}

/** Replaying a code is denied, and every token issued from it dies. */
function replayed(sim: Sim, code: Code): Reply {
  revokeTokens(sim, code.login);
  return json(400, { error: "invalid_grant" });
}

function token(sim: Sim, incoming: Incoming): Reply {
  const bad = (error: string, status = 400) => json(status, { error });
  if (!/^application\/x-www-form-urlencoded/i.test(incoming.headers["content-type"] ?? ""))
    return bad("invalid_request");
  if (!clientOf(sim, incoming.headers)) return bad("invalid_client", sim.state.knobs.badClientStatus);
  const form = formBody(incoming);
  if (form.get("grant_type") !== "authorization_code") return bad("unsupported_grant_type");
  const value = form.get("code");
  if (!value) return bad("invalid_request");
  const code = sim.state.codes[value];
  if (!code) return bad("invalid_grant");
  if (code.used) return replayed(sim, code);
  if (sim.clock.now() - code.issuedAt > codeLifeMs || form.get("redirect_uri") !== code.redirectUri)
    return bad("invalid_grant");
  code.used = true;
  return json(200, issueToken(sim, code.login, value));
}

export function oauthRoutes(sim: Sim): Route[] {
  return [
    route("GET", "/oauth2/authorization", (incoming) => showLogin(sim, incoming)),
    route("POST", "/oauth2/authorization", (incoming) => decide(sim, incoming)),
    route("POST", "/v2/oauth2/token", (incoming) => token(sim, incoming)),
  ];
}
