CREATE TABLE "reading_uploads" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"date" date,
	"file" text,
	"rr_column" integer,
	"outcome" jsonb,
	"uploaded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reading_uploads" ADD CONSTRAINT "reading_uploads_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_uploads" ADD CONSTRAINT "reading_uploads_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reading_uploads_person" ON "reading_uploads" USING btree ("person_id","uploaded_at");--> statement-breakpoint
CREATE INDEX "reading_uploads_athlete" ON "reading_uploads" USING btree ("athlete_id","uploaded_at");