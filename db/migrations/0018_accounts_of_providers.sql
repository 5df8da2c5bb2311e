ALTER TABLE "connections" ALTER COLUMN "polar_user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "owed_deregistrations" ALTER COLUMN "polar_user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "daily_activities" ALTER COLUMN "polar" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "daily_loads" ALTER COLUMN "polar" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "naps" ALTER COLUMN "polar" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sleeps" ALTER COLUMN "polar" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "workouts" ALTER COLUMN "polar" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "account_id" text;--> statement-breakpoint
ALTER TABLE "owed_deregistrations" ADD COLUMN "provider" text DEFAULT 'polar' NOT NULL;--> statement-breakpoint
ALTER TABLE "owed_deregistrations" ADD COLUMN "account_id" text;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "account_id" text;--> statement-breakpoint
CREATE UNIQUE INDEX "connections_account" ON "connections" USING btree ("provider","account_id") WHERE status <> 'revoked';