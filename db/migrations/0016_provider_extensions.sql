ALTER TABLE "daily_activities" ALTER COLUMN "polar" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "daily_loads" ALTER COLUMN "polar" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "naps" ALTER COLUMN "polar" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sleeps" ALTER COLUMN "polar" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "workouts" ALTER COLUMN "polar" DROP NOT NULL;