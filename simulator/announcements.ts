import { addDays, type CivilDate, dayMs } from "./civil";
import type { Sim } from "./simulator";
import type { WebhookQueue } from "./webhooks";

/** After a long sleep of the simulator only the last days are announced; a client's own schedule finds the rest. */
const longestGapMs = 2 * dayMs;

/** What one night brings besides itself. */
export function announceNight(queue: WebhookQueue, login: string, date: CivilDate): void {
  queue.announce("SLEEP", login, { date });
  queue.announce("CONTINUOUS_HEART_RATE", login, { date });
  queue.announce("SLEEP_WISE_ALERTNESS", login, { from: addDays(date, -2), to: date });
  queue.announce("SLEEP_WISE_CIRCADIAN_BEDTIME", login, { from: addDays(date, -2), to: date });
}

/** Tell the webhook of everything that the watches uploaded by themselves since the last look. */
export function announceUploads(sim: Sim, queue: WebhookQueue): void {
  const now = sim.clock.now();
  const since = Math.max(sim.state.announcedAt, now - longestGapMs);
  if (now <= since) return;
  const fresh = (at: number) => at > since && at <= now;
  for (const { login } of sim.state.registrations) {
    const history = sim.historyOf(login);
    const [first, today] = [addDays(history.today(since), -1), history.today(now)];
    for (const night of history.nights(first, today, now))
      if (fresh(night.uploadedAt)) announceNight(queue, login, night.date);
    for (const session of history.sessions(first, today, now)) {
      if (fresh(session.uploadedAt)) queue.announce("EXERCISE", login, { entity_id: session.hash });
    }
    for (let date = first; date <= today; date = addDays(date, 1)) {
      const activity = history.activity(date, now);
      if (activity && fresh(activity.uploadedAt)) queue.announce("ACTIVITY_SUMMARY", login, { date });
    }
    if (history.body(now).some((entry) => fresh(entry.createdAt)))
      queue.announce("PHYSICAL_INFORMATION", login, {});
  }
  sim.state.announcedAt = now;
}
