import { asUser } from "../access";
import { visibleNights } from "../availability";
import type { Night } from "../generate/night";
import { errorReply } from "../http/errors";
import { dateParam } from "../http/query";
import { json } from "../http/reply";
import { type Route, route } from "../http/router";
import type { Sim } from "../simulator";
import type { WireContext } from "../wire/context";
import { rechargeObject } from "../wire/nightly-recharge";
import { availableSleep, napObject, sleepObject } from "../wire/sleep";

/** Some days after the first sync a story's athlete may take back the consents. */
const withdrawalDelayMs = 120_000;

function planWithdrawal(sim: Sim, login: string): void {
  const source = sim.accountOf(login)?.athlete.source;
  if (source?.kind !== "story" || !source.withdraws || sim.state.withdrawals[login] !== undefined) return;
  sim.state.withdrawals[login] = sim.clock.now() + withdrawalDelayMs;
  sim.touch();
}

/** A night, and the nap that goes with every third one where the knob asks for naps. */
function sleepsOf(night: Night, context: WireContext): object[] {
  const { naps } = context.knobs;
  const asleep = sleepObject(night, context);
  if (naps === "none" || night.nightNumber % 3 !== 0) return [asleep];
  const nap = napObject(night, context);
  return naps === "after-night" ? [asleep, nap] : [nap, asleep];
}

export function nightRoutes(sim: Sim): Route[] {
  const recharge = (login: string, night: Night) =>
    rechargeObject(night, sim.historyOf(login).usualBefore(night.date), sim.wire(login));
  const rechargesOf = (login: string) =>
    visibleNights(sim, login).flatMap((night) => recharge(login, night) ?? []);
  const absent = () => errorReply(sim, 404, "NotFoundException", "No data for this date");

  return [
    route(
      "GET",
      "/v3/users/sleep",
      asUser(sim, ({ login }) => {
        const nights = visibleNights(sim, login).reverse();
        sim.tracking.served(
          login,
          "sleep",
          nights.map((night) => night.date),
        );
        return json(200, { nights: nights.flatMap((night) => sleepsOf(night, sim.wire(login))) });
      }),
    ),
    route(
      "GET",
      "/v3/users/sleep/available",
      asUser(sim, ({ login }) =>
        json(200, { available: visibleNights(sim, login).reverse().map(availableSleep) }),
      ),
    ),
    route(
      "GET",
      "/v3/users/sleep/:date",
      asUser(sim, ({ login }, incoming) => {
        const date = dateParam(sim, incoming);
        if (typeof date !== "string") return date;
        const night = visibleNights(sim, login).find((n) => n.date === date);
        if (!night) return absent();
        sim.tracking.served(login, "sleep", [date]);
        return json(200, sleepObject(night, sim.wire(login)));
      }),
    ),
    route(
      "GET",
      "/v3/users/nightly-recharge",
      asUser(sim, ({ login }) => {
        const recharges = rechargesOf(login).reverse();
        sim.tracking.served(
          login,
          "nightly-recharge",
          recharges.map((r) => r.date),
        );
        planWithdrawal(sim, login);
        return json(200, { recharges });
      }),
    ),
    route(
      "GET",
      "/v3/users/nightly-recharge/:date",
      asUser(sim, ({ login }, incoming) => {
        const date = dateParam(sim, incoming);
        if (typeof date !== "string") return date;
        const night = visibleNights(sim, login).find((n) => n.date === date);
        const found = night ? recharge(login, night) : undefined;
        if (!found) return absent();
        sim.tracking.served(login, "nightly-recharge", [date]);
        return json(200, found);
      }),
    ),
  ];
}
