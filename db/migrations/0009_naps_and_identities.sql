CREATE TABLE "naps" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"date" date NOT NULL,
	"start_at" timestamp with time zone NOT NULL,
	"end_at" timestamp with time zone NOT NULL,
	"utc_offset_minutes" integer NOT NULL,
	"asleep_s" integer,
	"light_s" integer,
	"deep_s" integer,
	"rem_s" integer,
	"unknown_s" integer,
	"interrupted_s" integer,
	"efficiency" double precision,
	"device_id" text,
	"hypnogram" jsonb,
	"heart_rate" jsonb,
	"polar" jsonb NOT NULL,
	"payload_id" uuid,
	CONSTRAINT "naps_athlete_id_date_start_at_pk" PRIMARY KEY("athlete_id","date","start_at")
);
--> statement-breakpoint
ALTER TABLE "raw_payloads" ADD COLUMN "value_count" integer;--> statement-breakpoint
ALTER TABLE "workouts" ADD COLUMN "earlier_item_ids" bigint[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "workouts" ADD COLUMN "uploaded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "naps" ADD CONSTRAINT "naps_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "naps" ADD CONSTRAINT "naps_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "raw_payloads_aside" ON "raw_payloads" USING btree ("athlete_id","stream") WHERE value_count = 0;