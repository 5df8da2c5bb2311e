import { sql } from "drizzle-orm";
import type { Db } from "../../client";

type Note = {
  teamId: string;
  athleteId: string;
  date: string;
  text: string;
  userId: string;
  writtenAt: Date;
};

/** Adds a note; false when the athlete is not of the team. */
export async function insertNote(db: Db, note: Note): Promise<boolean> {
  const rows = await db.execute(sql`
    insert into notes (team_id, athlete_id, date, text, user_id, written_at)
    select team_id, id, ${note.date}::date, ${note.text}, ${note.userId}::uuid, ${note.writtenAt.toISOString()}::timestamptz
    from athletes where id = ${note.athleteId} and team_id = ${note.teamId}
    returning id`);
  return rows.length > 0;
}
