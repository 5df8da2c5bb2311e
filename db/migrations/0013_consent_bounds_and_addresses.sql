CREATE TABLE "owed_deregistrations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"polar_user_id" bigint NOT NULL,
	"access_token_sealed" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"owed_at" timestamp with time zone NOT NULL,
	"next_try_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "stream_states" ADD COLUMN "left_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "athletes" ADD COLUMN "proposed_email" text;--> statement-breakpoint
ALTER TABLE "athletes" ADD COLUMN "proposed_email_by" uuid;--> statement-breakpoint
ALTER TABLE "athletes" ADD COLUMN "proposed_email_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "athletes" ADD COLUMN "sessions_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "shares_from" jsonb;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "level_promised" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX "owed_deregistrations_next" ON "owed_deregistrations" USING btree ("next_try_at");--> statement-breakpoint
ALTER TABLE "athletes" ADD CONSTRAINT "athletes_proposed_email_by_users_id_fk" FOREIGN KEY ("proposed_email_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;