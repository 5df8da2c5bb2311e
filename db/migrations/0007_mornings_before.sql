-- Mornings that were told before there was a table of them: decided, on nobody counted how many nights. Safe to repeat.
INSERT INTO "squad_mornings" ("team_id", "squad_id", "date", "state", "settled_at", "looked_at")
SELECT s."team_id", s."id", split_part(r."key", '/', 3)::date, 'decided', r."ran_at", r."ran_at"
FROM "daily_runs" r
JOIN "squads" s ON s."id"::text = split_part(r."key", '/', 2)
WHERE r."key" LIKE 'morning/%'
ON CONFLICT DO NOTHING;
