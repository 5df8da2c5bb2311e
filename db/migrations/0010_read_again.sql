-- The parser's marks are all that the application may change of a raw payload.
GRANT UPDATE (value_count) ON raw_payloads TO restday_app;
--> statement-breakpoint
-- Data repair 1 (docs/operate, "Data repairs"): parsers before the fourth could keep one weighing or one session as two
-- rows, lost the night of a date with a nap, and kept values that cannot be true. Every athlete's rows are rebuilt from
-- the raw payloads by the job that also serves "Read again"; rebuilding twice changes nothing.
INSERT INTO outbox (name, data)
SELECT DISTINCT 'athlete/reprocess.requested', jsonb_build_object('athleteId', athlete_id)
FROM raw_payloads WHERE parser_version < 4;
