import type postgres from "postgres";

/** Tables in which people write of others; jobs write into none of them. Which mails somebody gets is their own affair. */
const WRITTEN = [
  "teams",
  "memberships",
  "squads",
  "notes",
  "day_decisions",
  "episode_verdicts",
  "check_ins",
  "source_choices",
  "reading_rules",
];
/** The same, where jobs write as well: of one squad's athletes. */
const OF_ATHLETES = ["consents", "invitations"];

const hash = "md5(coalesce(string_agg(t::text, '' order by t::text), ''))";
const athletes = "select id from athletes where squad_id = $1";
const parts = [
  ...WRITTEN.map((table) => `select '${table}' as kept, ${hash} as hash from ${table} t`),
  ...OF_ATHLETES.map(
    (table) => `select '${table}', ${hash} from ${table} t where athlete_id in (${athletes})`,
  ),
  `select 'athletes', ${hash} from athletes t where squad_id = $1`,
];

/** What people wrote, as one text that differs when any row does. */
export async function written(database: postgres.Sql, squadId: string): Promise<string> {
  const rows = await database.unsafe(parts.join(" union all "), [squadId]);
  return rows.map(({ kept, hash: of }) => `${kept} ${of}`).join("\n");
}
