ALTER TABLE "owed" ADD COLUMN "owed_since" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "raw_payloads_transaction" ON "raw_payloads" USING btree ("transaction_id");--> statement-breakpoint
-- What is owed already has been so at least since it was last asked for.
UPDATE "owed" SET "owed_since" = "asked_at" WHERE "owed_since" > "asked_at";
