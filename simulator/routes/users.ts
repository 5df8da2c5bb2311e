import { asUser, type Caller, revokeTokens, withToken } from "../access";
import { utcDateTime } from "../civil";
import { jsonBody } from "../http/body";
import { badRequest, errorReply } from "../http/errors";
import { empty, json, type Reply } from "../http/reply";
import { type Incoming, type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import type { Registration } from "../state";

function userObject(caller: Caller, registration: Registration) {
  const { athlete, account } = caller;
  return {
    "polar-user-id": account.polarUserId,
    "member-id": registration.memberId,
    "registration-date": utcDateTime(registration.registeredAt),
    "first-name": athlete.firstName,
    "last-name": athlete.lastName,
    birthdate: athlete.birthdate,
    gender: athlete.gender,
    weight: athlete.weightKg,
    height: athlete.heightCm,
    "extra-info": [],
  };
}

function memberIdOf(incoming: Incoming): string | undefined {
  const text = incoming.body.toString("utf8");
  const fromXml = /<member-id>([^<]+)<\/member-id>/.exec(text)?.[1];
  if (fromXml) return fromXml;
  const body = jsonBody(incoming);
  const value =
    typeof body === "object" && body !== null ? (body as Record<string, unknown>)["member-id"] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** 409 has two causes: this user is registered already, or another one has the member id. */
function register(sim: Sim, caller: Caller, incoming: Incoming): Reply {
  const memberId = memberIdOf(incoming);
  if (!memberId) return badRequest(sim, "member-id is missing");
  if (caller.registration)
    return errorReply(sim, 409, "UserAlreadyRegisteredException", "User is already registered");
  const taken = sim.state.registrations.some((r) => r.clientId === sim.client.id && r.memberId === memberId);
  if (taken)
    return errorReply(
      sim,
      409,
      "DuplicateMemberIdException",
      "Another user is registered with this member-id",
    );
  const registration = {
    clientId: sim.client.id,
    login: caller.login,
    memberId,
    registeredAt: sim.clock.now(),
  };
  sim.state.registrations.push(registration);
  sim.touch();
  return json(sim.state.knobs.registerStatus, userObject(caller, registration));
}

/** De-registering also revokes the token, and Polar's copy for this client is gone. */
function deregister(sim: Sim, caller: Caller): Reply {
  const { state } = sim;
  state.registrations = state.registrations.filter((r) => r !== caller.registration);
  state.transactions = state.transactions.filter((t) => t.login !== caller.login);
  for (const family of ["exercise", "activity", "physical"])
    delete state.committed[`${sim.client.id}|${caller.login}|${family}`];
  revokeTokens(sim, caller.login);
  return empty(204);
}

export function userRoutes(sim: Sim): Route[] {
  const own = (caller: Caller, incoming: Incoming) =>
    Number(incoming.params.id) === caller.account.polarUserId;
  return [
    route(
      "POST",
      "/v3/users",
      withToken(sim, (caller, incoming) => register(sim, caller, incoming)),
    ),
    route(
      "GET",
      "/v3/users/#id",
      withToken(sim, (caller, incoming) =>
        caller.registration && own(caller, incoming)
          ? json(200, userObject(caller, caller.registration))
          : empty(204),
      ),
    ),
    route(
      "DELETE",
      "/v3/users/#id",
      asUser(sim, (caller, incoming) =>
        own(caller, incoming)
          ? deregister(sim, caller)
          : errorReply(sim, 403, "ForbiddenException", "Not this token's user"),
      ),
    ),
  ];
}
