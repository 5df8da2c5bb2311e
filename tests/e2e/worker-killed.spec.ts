import { expect } from "@playwright/test";
import { openProductDatabase, pidOf, until } from "./support/product";
import { simulator } from "./support/simulator";
import { test } from "./support/test";

type Fault = { id: string; hits: number };
type Oracle = {
  users: Record<string, { polarUserId: number; families: { exercises: { committed: { ids: number[] } } } }>;
};

const database = openProductDatabase();
test.afterAll(() => database.end());
test.afterEach(() => simulator("DELETE", "faults"));

const rowsOf = (polarItemId: number) => database`
  select w.id from workouts w where w.polar_transaction_item_id = ${polarItemId}`;

/** A connected athlete of the demonstration squad, once the first sync is over. */
async function connected(): Promise<{ login: string; email: string }> {
  const row = await until("a connected athlete without unfinished work", 240, async () => {
    const [found] = await database<{ email: string }[]>`
      select a.email from athletes a join connections c on c.athlete_id = a.id and c.status = 'active'
      where c.backfilled_at is not null
        and not exists (select from transactions t where t.athlete_id = a.id and t.state in ('open', 'stored'))
      order by a.email limit 1`;
    return found;
  });
  const { athletes } = await simulator<{ athletes: { login: string; email: string }[] }>("GET", "athletes");
  const athlete = athletes.find(({ email }) => email === row.email);
  if (!athlete) throw new Error("The simulator does not know the athlete");
  return athlete;
}

test("a worker killed between stored and committed delivers the session exactly once", async () => {
  const { login, email } = await connected();
  const { id: faultId } = await simulator<Fault>("POST", "faults", {
    match: { method: "PUT", pathPattern: "exercise-transactions", login },
    delayMs: 30_000,
    times: 1,
  });
  const session = await simulator<{ id: number }>("POST", `users/${login}/session`, { minutes: 40 });

  await until("the commit to be under way", 60, async () => {
    const { faults } = await simulator<{ faults: Fault[] }>("GET", "faults");
    return faults.some((fault) => fault.id === faultId && fault.hits > 0);
  });
  const unfinished = () => database<{ state: string }[]>`
    select t.state from transactions t join athletes a on a.id = t.athlete_id
    where a.email = ${email} and t.stream = 'exercises' and t.state in ('open', 'stored')`;
  expect((await unfinished()).map(({ state }) => state)).toEqual(["stored"]);

  const killed = pidOf("worker");
  process.kill(killed, "SIGKILL");
  await simulator("DELETE", "faults");

  await until("another worker", 30, async () => pidOf("worker") !== killed);
  await until("the ledger to be settled", 90, async () => (await unfinished()).length === 0);
  const oracle = await simulator<Oracle>("GET", `oracle?login=${login}`);
  expect(
    oracle.users[login]?.families.exercises.committed.ids.filter((id) => id === session.id),
  ).toHaveLength(1);
  expect(await rowsOf(session.id)).toHaveLength(1);
  const payloads = await database`
    select id from raw_payloads where resource = 'transaction-exercise' and provider_key = ${String(session.id)}`;
  expect(payloads).toHaveLength(1);
});
