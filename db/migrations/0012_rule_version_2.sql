ALTER TABLE "squads" ADD COLUMN "load_rise_percent" integer DEFAULT 5 NOT NULL;--> statement-breakpoint
ALTER TABLE "squads" ADD COLUMN "drift" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "squads" ADD COLUMN "rules_since" timestamp with time zone DEFAULT now() NOT NULL;