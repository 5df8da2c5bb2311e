import { registrationOf } from "../access";
import type { Additions } from "../additions";
import { todayOf, visibleNights } from "../availability";
import { isCivilDate } from "../civil";
import { formBody } from "../http/body";
import { html, type Reply, redirect } from "../http/reply";
import { type Incoming, type Route, route } from "../http/router";
import { limitsNow } from "../limits";
import { isLocal } from "../local";
import { consolePage } from "../pages/console";
import { messagePage } from "../pages/login";
import type { Account, Sim } from "../simulator";
import type { Family } from "../state";
import { eligible, families } from "../transactions";
import type { WebhookQueue } from "../webhooks";

function athleteRow(sim: Sim, { athlete }: Account) {
  const { login } = athlete;
  const registration = registrationOf(sim, login);
  const withheld = sim.state.consentsWithheld.includes(login);
  const hasToken = Object.values(sim.state.tokens).some((token) => token.login === login);
  const waiting = registration
    ? (Object.keys(families) as Family[]).reduce(
        (sum, family) => sum + eligible(sim, registration, family).length,
        0,
      )
    : 0;
  return {
    login,
    name: `${athlete.firstName} ${athlete.lastName}`,
    story: athlete.story,
    registered: registration !== undefined,
    state: !registration
      ? "not connected"
      : withheld
        ? "consents withdrawn"
        : hasToken
          ? "connected"
          : "access revoked",
    latestNight: visibleNights(sim, login).at(-1)?.date ?? "none",
    waiting,
  };
}

function show(sim: Sim, incoming: Incoming): Reply {
  const limits = limitsNow(sim);
  const raised =
    sim.scenario.rateLimits && !sim.state.knobs.rateLimits
      ? ` Raised by the scenario: ${sim.scenario.rateLimits.reason}`
      : "";
  const chosen = incoming.query.get("login") ?? "";
  return html(
    200,
    consolePage({
      scenario: sim.scenario.name,
      about: sim.scenario.about,
      today: todayOf(sim, sim.scenario.athletes[0]?.login ?? ""),
      history: sim.mode === "90" ? "90 days of everything" : "as documented",
      limits: `Rate limits: ${limits.per15Minutes} requests in 15 minutes, ${limits.perDay} in a day.${raised}`,
      notice: incoming.query.get("notice"),
      chosen,
      athletes: sim.accounts().map((account) => athleteRow(sim, account)),
      webhook: sim.state.webhooks[0] ?? null,
      deliveries: sim.state.deliveries.slice(-20).reverse(),
    }),
  );
}

type Added = { login: string; date: string; form: URLSearchParams };

/** A form of the console: checked, done, delivered, back to the page with a notice. */
function submit(sim: Sim, queue: WebhookQueue, add: (added: Added) => string) {
  return async (incoming: Incoming): Promise<Reply> => {
    if (incoming.headers["sec-fetch-site"] === "cross-site" || !isLocal(incoming))
      return html(403, messagePage("Not from here", "forbidden"));
    const form = formBody(incoming);
    const [login, date] = [form.get("login") ?? "", form.get("date") ?? ""];
    if (!sim.accountOf(login) || !isCivilDate(date))
      return html(400, messagePage("Choose an athlete and a date", "bad_request"));
    const notice = add({ login, date, form });
    await queue.settle(1500);
    return redirect(`/?${new URLSearchParams({ login, notice })}`);
  };
}

function numberIn(form: URLSearchParams, key: string): number | undefined {
  const text = form.get(key);
  const value = Number(text);
  return text && Number.isFinite(value) && value >= 0 ? value : undefined;
}

export function consoleRoutes(sim: Sim, queue: WebhookQueue, additions: Additions): Route[] {
  const tail = (login: string) =>
    registrationOf(sim, login) ? "" : " The athlete is not connected, so nobody was told.";
  return [
    route("GET", "/", (incoming) => show(sim, incoming)),
    route(
      "POST",
      "/console/night",
      submit(sim, queue, ({ login, date, form }) => {
        const sleepHours = Math.min(16, Math.max(1, numberIn(form, "sleepHours") ?? 7.5));
        additions.night(login, { date, rmssdMs: numberIn(form, "rmssdMs") || null, sleepHours });
        return `Added the night of ${date}.${tail(login)}`;
      }),
    ),
    route(
      "POST",
      "/console/session",
      submit(sim, queue, ({ login, date, form }) => {
        const startTime = form.get("startTime") ?? "07:30";
        additions.session(login, {
          date,
          startTime,
          cardioLoad: numberIn(form, "cardioLoad") ?? 80,
          sport: form.get("sport") ?? "RUNNING",
        });
        return `Added a session on ${date}.${tail(login)}`;
      }),
    ),
  ];
}
