import { openDatabase } from "@/db/client";
import { syncAthlete } from "@/lib/services/sync/sync-athlete";
import { contextOf } from "../support/athletes";
import { createLife, mortalDatabase, withMortalFetch } from "./mortal";

// A worker of its own process, to be killed: one sync of the athlete named, with the environment it was given.
const [athleteId = "", now = "", deathAt = ""] = process.argv.slice(2);
const database = openDatabase({ url: process.env.DATABASE_URL ?? "", maxConnections: 4, name: "worker" });
const life = createLife(Number(deathAt), () => process.kill(process.pid, "SIGKILL"));
const ctx = contextOf(mortalDatabase(database.client, life), { now: new Date(now) });
await withMortalFetch(life, () => syncAthlete({ ctx, input: { athleteId, reason: "due" } }));
await database.close();
