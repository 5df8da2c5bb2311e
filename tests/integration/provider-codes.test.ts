import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { streamStates } from "@/db/schema/connection";
import { seedAthlete, seedSquad } from "../support/athletes";
import { freshDatabase } from "../support/database";

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

test("codes that were stored with the provider's name in them say what happened, once and for all", async () => {
  const owner = await seedAthlete(database.db, await seedSquad(database.db));
  const codes = { sleep: "polar-busy", exercises: "polar-withholds", routes: "internal", activities: null };
  await database.db
    .insert(streamStates)
    .values(Object.entries(codes).map(([stream, errorCode]) => ({ ...owner, stream, errorCode })));
  const name = (await readdir("db/migrations")).find((file) => file.endsWith("_provider_codes.sql"));
  const repair = await readFile(`db/migrations/${name}`, "utf8");
  for (const time of ["first", "second"]) {
    await database.owner.unsafe(repair);
    const rows = await database.db.select().from(streamStates);
    expect(Object.fromEntries(rows.map((row) => [row.stream, row.errorCode])), time).toEqual({
      sleep: "provider-busy",
      exercises: "provider-withholds",
      routes: "internal",
      activities: null,
    });
  }
});
