CREATE TABLE "owed" (
	"event" text NOT NULL,
	"subject" text NOT NULL,
	"data" jsonb NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"begun_at" timestamp with time zone,
	"times_again" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "owed_event_subject_pk" PRIMARY KEY("event","subject")
);
--> statement-breakpoint
CREATE TABLE "upkeep" (
	"task" text PRIMARY KEY NOT NULL,
	"ended_at" timestamp with time zone NOT NULL
);
