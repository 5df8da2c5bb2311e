import { type Message, mailsSoFar, mailTo } from "../support/mailbox";
import { coach } from "../support/people";
import { openProductDatabase, until } from "../support/product";

export const database = openProductDatabase();
export type Squad = { id: string; path: string; name: string; today: string };

export async function demonstrationSquad(): Promise<Squad> {
  const name = "Fjordline distance squad";
  const [row] = await database<{ id: string; today: string }[]>`
    select id, (now() at time zone time_zone)::date::text as today from squads where name = ${name}`;
  if (!row) throw new Error("The demonstration has no squad");
  return { ...row, name, path: `/squads/${row.id}` };
}

/** What changes while anything of a squad is still fetched, scored, simulated or on its way. */
export async function stateOf(squadId: string) {
  const [row] = await database<{ isBusy: boolean; state: string }[]>`
    select
      exists (select from outbox where relayed_at is null)
        or exists (select from backtests where squad_id = ${squadId} and finished_at is null)
        or exists (select from stream_states t join athletes a on a.id = t.athlete_id
          where a.squad_id = ${squadId} and t.retired_at is null and t.last_success_at is null)
        or exists (select from transactions o join athletes a on a.id = o.athlete_id
          where a.squad_id = ${squadId} and o.state in ('open', 'stored'))
        or (select count(*) < 24 from athletes a join readiness_days d on d.athlete_id = a.id and d.date = (now() at time zone 'Europe/Helsinki')::date
          where a.squad_id = ${squadId}) as "isBusy",
      concat_ws('/', (select count(*) from backtests where squad_id = ${squadId}),
        (select max(d.scored_at) from readiness_days d join athletes a on a.id = d.athlete_id where a.squad_id = ${squadId}),
        (select sum(t.read_count) from stream_states t join athletes a on a.id = t.athlete_id where a.squad_id = ${squadId})) as state`;
  if (!row) throw new Error("The database answered nothing");
  return row;
}

/** Waits until nothing of the squad changes any more. @returns its state, to be compared later */
export async function standsStill(squadId: string): Promise<string> {
  let last = "";
  return until("the demonstration squad to stand still", 300, async () => {
    const { isBusy, state } = await stateOf(squadId);
    const isSame = state === last;
    last = isBusy ? "" : state;
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return !isBusy && isSame && state;
  });
}

/** The morning's e-mail, written anew from what the pages show: the first one was written while data still came. */
export async function tellAnew({ id }: Squad): Promise<Message> {
  const older = await mailsSoFar();
  await database`delete from mails where squad_id = ${id} and kind in ('morning', 'later-today')`;
  await database`delete from squad_mornings where squad_id = ${id}`;
  await database`insert into outbox (name, data)
    values ('squad/news.requested', ${database.json({ squadId: id, reason: "first" })})`;
  return mailTo(
    coach,
    /to look at this morning/,
    ({ id, text }) => !older.has(id) && text.includes("Fjordline"),
  );
}

/** The addresses that open the athletes' own pages, by name. */
export async function emailsOf({ id }: Squad): Promise<Map<string, string>> {
  const rows = await database<{ name: string; email: string }[]>`
    select name, email from athletes where squad_id = ${id} and email is not null`;
  return new Map(rows.map(({ name, email }) => [name, email]));
}
