CREATE TABLE "job_beats" (
	"engine" text PRIMARY KEY NOT NULL,
	"beat_at" timestamp with time zone NOT NULL
);
