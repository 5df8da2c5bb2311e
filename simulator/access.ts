import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { errorReply } from "./http/errors";
import { empty, type Reply } from "./http/reply";
import type { Handler, Incoming } from "./http/router";
import type { Athlete } from "./scenario";
import type { Account, Sim } from "./simulator";
import type { Registration, Token } from "./state";

export type Caller = {
  account: Account;
  athlete: Athlete;
  login: string;
  token: Token;
  registration: Registration | undefined;
};

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export function bearerOf(headers: IncomingHttpHeaders): string | undefined {
  return /^bearer (.+)$/i.exec(headers.authorization ?? "")?.[1]?.trim();
}

/** The client of a Basic header, or undefined when it is missing or wrong. */
export function clientOf(sim: Sim, headers: IncomingHttpHeaders): string | undefined {
  const encoded = /^basic (.+)$/i.exec(headers.authorization ?? "")?.[1];
  if (!encoded) return undefined;
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  return same(decoded, `${sim.client.id}:${sim.client.secret}`) ? sim.client.id : undefined;
}

export function registrationOf(sim: Sim, login: string): Registration | undefined {
  return sim.state.registrations.find((r) => r.login === login && r.clientId === sim.client.id);
}

/** A story's withdrawal that has come due: it takes effect here, at the first call after it. */
function applyWithdrawal(sim: Sim, login: string): void {
  const dueAt = sim.state.withdrawals[login];
  if (dueAt === undefined || dueAt === null || sim.clock.now() < dueAt) return;
  const source = sim.accountOf(login)?.athlete.source;
  sim.state.withdrawals[login] = null;
  if (source?.kind === "story" && source.withdraws === "token") revokeTokens(sim, login);
  else sim.state.consentsWithheld.push(login);
  sim.touch();
}

export function revokeTokens(sim: Sim, login: string): void {
  for (const [value, token] of Object.entries(sim.state.tokens))
    if (token.login === login) delete sim.state.tokens[value];
  sim.touch();
}

function callerOf(sim: Sim, headers: IncomingHttpHeaders): Caller | undefined {
  const value = bearerOf(headers);
  const login = value ? sim.state.tokens[value]?.login : undefined;
  if (!value || !login) return undefined;
  applyWithdrawal(sim, login);
  const token = sim.state.tokens[value];
  const account = sim.accountOf(login);
  if (!token || !account) return undefined;
  return { account, athlete: account.athlete, login, token, registration: registrationOf(sim, login) };
}

function unauthorised(sim: Sim): Reply {
  const reply = errorReply(sim, 401, "UnauthorizedException", "Invalid or missing access token");
  return { ...reply, headers: { ...reply.headers, "www-authenticate": 'Bearer realm="Polar simulator"' } };
}

function consentsMissing(sim: Sim): Reply {
  return errorReply(sim, 403, "ForbiddenException", "User has not accepted all mandatory consents");
}

type UserHandler = (caller: Caller, incoming: Incoming) => Reply | Promise<Reply>;

/** A user's call before registration: token and consents are enough. */
export function withToken(sim: Sim, handle: UserHandler): Handler {
  return (incoming) => {
    const caller = callerOf(sim, incoming.headers);
    if (!caller) return unauthorised(sim);
    if (sim.state.consentsWithheld.includes(caller.login)) return consentsMissing(sim);
    return handle(caller, incoming);
  };
}

/** A user's data call: the token's own user, registered. */
export function asUser(sim: Sim, handle: UserHandler): Handler {
  return withToken(sim, (caller, incoming) => {
    const named = incoming.params.user;
    if (named !== undefined && Number(named) !== caller.account.polarUserId) {
      return errorReply(sim, 403, "ForbiddenException", "The token belongs to another user");
    }
    if (caller.registration) return handle(caller, incoming);
    const status = sim.state.knobs.unregisteredStatus;
    return status === 204
      ? empty(204)
      : errorReply(sim, status, "UserNotRegisteredException", "User is not registered");
  });
}

/** A client's call, with HTTP Basic. */
export function asClient(sim: Sim, handle: Handler): Handler {
  return (incoming) => {
    if (clientOf(sim, incoming.headers)) return handle(incoming);
    return errorReply(sim, 401, "UnauthorizedException", "Invalid client credentials");
  };
}
