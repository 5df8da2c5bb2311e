CREATE TABLE "sources" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"id" smallint NOT NULL,
	"provider" text NOT NULL,
	"maker" text NOT NULL,
	"device" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sources_athlete_id_id_pk" PRIMARY KEY("athlete_id","id")
);
--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "sources_recorder" ON "sources" USING btree ("athlete_id","provider","maker","device");--> statement-breakpoint
-- Data repair: until now every night and sleep came from Polar, which does not tell a night's device. Running it again changes nothing.
INSERT INTO "sources" ("team_id", "athlete_id", "id", "provider", "maker", "device", "first_seen_at")
SELECT a."team_id", a."id", 1, 'polar', 'polar', '', seen.at
FROM "athletes" a CROSS JOIN LATERAL (
  SELECT least(
    (SELECT min("received_at") FROM "nights" WHERE "athlete_id" = a."id"),
    (SELECT min("end_at") FROM "sleeps" WHERE "athlete_id" = a."id"),
    (SELECT min("end_at") FROM "naps" WHERE "athlete_id" = a."id")) AS at
) seen
WHERE seen.at IS NOT NULL
ON CONFLICT DO NOTHING;--> statement-breakpoint
-- The rows that are there get their source and metric as a default that is gone again at once: no table is written anew, and no later row gets them unasked.
ALTER TABLE "nights" DROP CONSTRAINT "nights_athlete_id_date_pk";--> statement-breakpoint
ALTER TABLE "nights" ADD COLUMN "source_id" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "nights" ALTER COLUMN "source_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "nights" ADD COLUMN "metric" text DEFAULT 'rmssd-night-window' NOT NULL;--> statement-breakpoint
ALTER TABLE "nights" ALTER COLUMN "metric" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "nights" ADD CONSTRAINT "nights_athlete_id_date_source_id_metric_pk" PRIMARY KEY("athlete_id","date","source_id","metric");--> statement-breakpoint
ALTER TABLE "nights" ADD CONSTRAINT "nights_athlete_id_source_id_sources_athlete_id_id_fk" FOREIGN KEY ("athlete_id","source_id") REFERENCES "public"."sources"("athlete_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
DROP INDEX "nights_usual";--> statement-breakpoint
CREATE INDEX "nights_usual" ON "nights" USING btree ("athlete_id","date","source_id","metric","heart_rate_bpm","received_at");--> statement-breakpoint
ALTER TABLE "sleeps" DROP CONSTRAINT "sleeps_athlete_id_date_pk";--> statement-breakpoint
ALTER TABLE "sleeps" ADD COLUMN "source_id" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "sleeps" ALTER COLUMN "source_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "sleeps" ADD CONSTRAINT "sleeps_athlete_id_date_source_id_pk" PRIMARY KEY("athlete_id","date","source_id");--> statement-breakpoint
ALTER TABLE "sleeps" ADD CONSTRAINT "sleeps_athlete_id_source_id_sources_athlete_id_id_fk" FOREIGN KEY ("athlete_id","source_id") REFERENCES "public"."sources"("athlete_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
DROP INDEX "sleeps_usual";--> statement-breakpoint
CREATE INDEX "sleeps_usual" ON "sleeps" USING btree ("athlete_id","date","source_id","asleep_s");--> statement-breakpoint
ALTER TABLE "naps" DROP CONSTRAINT "naps_athlete_id_date_start_at_pk";--> statement-breakpoint
ALTER TABLE "naps" ADD COLUMN "source_id" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "naps" ALTER COLUMN "source_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "naps" ADD CONSTRAINT "naps_athlete_id_date_source_id_start_at_pk" PRIMARY KEY("athlete_id","date","source_id","start_at");--> statement-breakpoint
ALTER TABLE "naps" ADD CONSTRAINT "naps_athlete_id_source_id_sources_athlete_id_id_fk" FOREIGN KEY ("athlete_id","source_id") REFERENCES "public"."sources"("athlete_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "provider" text DEFAULT 'polar' NOT NULL;--> statement-breakpoint
ALTER TABLE "stream_states" ADD COLUMN "provider" text DEFAULT 'polar' NOT NULL;--> statement-breakpoint
ALTER TABLE "stream_states" DROP CONSTRAINT "stream_states_athlete_id_stream_pk";--> statement-breakpoint
ALTER TABLE "stream_states" ADD CONSTRAINT "stream_states_athlete_id_provider_stream_pk" PRIMARY KEY("athlete_id","provider","stream");--> statement-breakpoint
ALTER TABLE "transactions" ADD COLUMN "provider" text DEFAULT 'polar' NOT NULL;--> statement-breakpoint
DROP INDEX "transactions_one_unfinished";--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_one_unfinished" ON "transactions" USING btree ("athlete_id","provider","stream") WHERE state in ('open','stored');--> statement-breakpoint
ALTER TABLE "raw_payloads" ADD COLUMN "provider" text DEFAULT 'polar' NOT NULL;--> statement-breakpoint
DROP INDEX "raw_payloads_revision";--> statement-breakpoint
CREATE UNIQUE INDEX "raw_payloads_revision" ON "raw_payloads" USING btree ("athlete_id","provider","resource","provider_key","revision");--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "provider" text DEFAULT 'polar' NOT NULL;--> statement-breakpoint
DROP INDEX "webhook_deliveries_body";--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_body" ON "webhook_deliveries" USING btree ("provider","sha256");--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "provider" text DEFAULT 'polar' NOT NULL;--> statement-breakpoint
ALTER TABLE "webhooks" DROP CONSTRAINT "webhooks_pkey";--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_provider_id_pk" PRIMARY KEY("provider","id");--> statement-breakpoint
ALTER TABLE "rate_budgets" ADD COLUMN "provider" text DEFAULT 'polar' NOT NULL;--> statement-breakpoint
ALTER TABLE "rate_budgets" DROP CONSTRAINT "rate_budgets_pkey";--> statement-breakpoint
ALTER TABLE "rate_budgets" ADD CONSTRAINT "rate_budgets_provider_window_pk" PRIMARY KEY("provider","window");--> statement-breakpoint
CREATE VIEW "public"."scored_nights" WITH (security_invoker = true) AS (select own."team_id", own."athlete_id", own."source_id", own."metric", own."date", own."rmssd_ms", own."heart_rate_bpm", own."beat_to_beat_ms", own."breathing_per_min", own."ans_charge", own."ans_charge_status", own."recharge_status", own."rmssd_series", own."breathing_series", own."payload_id", own."received_at" from nights own
where own.metric in ('rmssd-night-window','rmssd-night-mean')
  and (own.source_id = 1 and own.metric in ('rmssd-night-window') or not exists (
    select from nights earlier where earlier.athlete_id = own.athlete_id
  and earlier.date between own.date - 6 and own.date and earlier.metric in ('rmssd-night-window','rmssd-night-mean')
      and (earlier.source_id, earlier.metric not in ('rmssd-night-window')) < (own.source_id, own.metric not in ('rmssd-night-window')))));--> statement-breakpoint
CREATE VIEW "public"."scored_sleeps" WITH (security_invoker = true) AS (select own."team_id", own."athlete_id", own."source_id", own."date", own."start_at", own."end_at", own."utc_offset_minutes", own."asleep_s", own."light_s", own."deep_s", own."rem_s", own."unknown_s", own."interrupted_s", own."efficiency", own."device_id", own."hypnogram", own."heart_rate", own."polar", own."payload_id" from sleeps own
where own.source_id = 1 or not exists (
  select from sleeps earlier where earlier.athlete_id = own.athlete_id
  and earlier.date between own.date - 6 and own.date and earlier.source_id < own.source_id));--> statement-breakpoint
-- Views are for reading: their rule decides what counts, rows are written to the tables.
REVOKE INSERT, UPDATE, DELETE ON "scored_nights", "scored_sleeps" FROM restday_app;
