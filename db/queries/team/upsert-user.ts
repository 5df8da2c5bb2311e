import { sql } from "drizzle-orm";
import type { Db } from "../../client";
import { users } from "../../schema/auth";

/** Makes sure that a user with this e-mail exists; a known name stays. */
export async function upsertUser(db: Db, input: { email: string; name: string | null }): Promise<string> {
  const [row] = await db
    .insert(users)
    .values(input)
    .onConflictDoUpdate({
      target: users.email,
      set: { name: sql`coalesce(${users.name}, excluded.name)` },
    })
    .returning({ id: users.id });
  return row!.id;
}
