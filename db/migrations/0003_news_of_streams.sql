ALTER TABLE "stream_states" ADD COLUMN "news_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stream_states" ADD COLUMN "news_withheld" integer DEFAULT 0 NOT NULL;