import { uuid } from "drizzle-orm/pg-core";
import { athletes } from "./squad";
import { teams } from "./team";

/** Every row of an athlete's data carries its team and its athlete, and goes with either. */
export const owned = {
  teamId: uuid("team_id")
    .notNull()
    .references(() => teams.id, { onDelete: "cascade" }),
  athleteId: uuid("athlete_id")
    .notNull()
    .references(() => athletes.id, { onDelete: "cascade" }),
};
