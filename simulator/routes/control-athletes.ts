import { z } from "zod";
import { revokeTokens } from "../access";
import type { Additions } from "../additions";
import { isCivilDate } from "../civil";
import { control } from "../control-guard";
import { jsonBody } from "../http/body";
import { json, type Reply } from "../http/reply";
import { type Incoming, type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import { issueToken } from "./oauth";

const date = z.string().refine(isCivilDate, "a calendar day YYYY-MM-DD");
const nightSchema = z.strictObject({
  date: date.optional(),
  rmssdMs: z.number().positive().nullable().default(null),
  sleepHours: z.number().min(0.7).max(16).optional(),
  restingHr: z.int().min(20).max(120).optional(),
});
const sessionSchema = z.strictObject({
  date: date.optional(),
  startTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  minutes: z.number().min(1).max(600).optional(),
  cardioLoad: z.number().min(0).max(1000).optional(),
  sport: z.string().min(1).optional(),
  strap: z.boolean().optional(),
});
const editSchema = z.strictObject({
  id: z.int(),
  minutes: z.number().min(1).max(600).optional(),
  sport: z.string().min(1).optional(),
  startMinute: z.int().min(0).max(1439).optional(),
});
const activitySchema = z.strictObject({ date: date.optional(), steps: z.int().min(0).optional() });
function setConsents(sim: Sim, login: string, incoming: Incoming): Reply {
  const { accepted } = z.strictObject({ accepted: z.boolean() }).parse(jsonBody(incoming));
  const others = sim.state.consentsWithheld.filter((other) => other !== login);
  sim.state.consentsWithheld = accepted ? others : [...others, login];
  sim.touch();
  return json(200, { accepted });
}

/** What happens to one athlete: days added, access taken away or given. */
export function athleteControlRoutes(sim: Sim, additions: Additions): Route[] {
  const on = (path: string, handle: (login: string, incoming: Incoming) => Reply) =>
    route(
      "POST",
      `/_sim/users/:login/${path}`,
      control((incoming) => {
        const login = incoming.params.login ?? "";
        return sim.accountOf(login)
          ? handle(login, incoming)
          : json(404, { error: `no athlete with login ${login}` });
      }),
    );
  return [
    on("night", (login, incoming) =>
      json(201, additions.night(login, nightSchema.parse(jsonBody(incoming)))),
    ),
    on("night/delete", (login, incoming) => {
      additions.removeNight(login, z.strictObject({ date }).parse(jsonBody(incoming)).date);
      return json(200, { removed: true });
    }),
    on("session", (login, incoming) =>
      json(201, additions.session(login, sessionSchema.parse(jsonBody(incoming)))),
    ),
    on("session/edit", (login, incoming) => {
      const edited = additions.editSession(login, editSchema.parse(jsonBody(incoming)));
      return edited ? json(200, edited) : json(404, { error: "no added session with this id" });
    }),
    on("activity", (login, incoming) =>
      json(201, additions.activity(login, activitySchema.parse(jsonBody(incoming)))),
    ),
    on("weight", (login, incoming) =>
      json(
        201,
        additions.weight(
          login,
          z.strictObject({ weightKg: z.number().positive() }).parse(jsonBody(incoming)).weightKg,
        ),
      ),
    ),
    on("token", (login) => json(200, issueToken(sim, login, null))),
    on("revoke", (login) => {
      revokeTokens(sim, login);
      return json(200, { revoked: true });
    }),
    on("consents", (login, incoming) => setConsents(sim, login, incoming)),
  ];
}
