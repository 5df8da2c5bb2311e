import type postgres from "postgres";

/** Tables in which people write of others; jobs write into none of them. Which mails somebody gets is their own affair. */
const WRITTEN = ["teams", "memberships", "squads", "reading_rules"];
/** The same of athletes: of one squad's, because those of the demonstration do as they like. */
const OF_ATHLETES = [
  "notes",
  "day_decisions",
  "episode_verdicts",
  "check_ins",
  "source_choices",
  "consents",
  "invitations",
];

const hash = "md5(coalesce(string_agg(t::text, '' order by t::text), ''))";
const athletes = "select id from athletes where squad_id = $1";
const parts = [
  ...WRITTEN.map((table) => `select '${table}' as kept, ${hash} as hash from ${table} t`),
  ...OF_ATHLETES.map(
    (table) => `select '${table}', ${hash} from ${table} t where athlete_id in (${athletes})`,
  ),
  `select 'athletes', ${hash} from athletes t where squad_id = $1`,
];

/** What people wrote: of each table a text that differs when any of its rows does. */
export type Stored = ReadonlyMap<string, string>;

export async function written(database: postgres.Sql, squadId: string): Promise<Stored> {
  const rows = await database.unsafe(parts.join(" union all "), [squadId]);
  return new Map(rows.map(({ kept, hash: of }) => [String(kept), String(of)]));
}

/** The tables that differ, in words; empty when none does. */
export function difference(before: Stored, after: Stored): string {
  return [...after.keys()].filter((table) => after.get(table) !== before.get(table)).join(", ");
}
