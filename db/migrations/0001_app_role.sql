-- The application works as a role that owns no table: it can change rows, never the schema.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'restday_app') THEN
    CREATE ROLE restday_app NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of the same cluster was migrating at the same moment
END $$;
--> statement-breakpoint
DO $$ BEGIN EXECUTE format('GRANT restday_app TO %I', current_user); END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO restday_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO restday_app;
--> statement-breakpoint
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO restday_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO restday_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO restday_app;
--> statement-breakpoint
-- Raw payloads are append-only for the application, but for the parser's own marks and the deletion an athlete asks for.
REVOKE UPDATE ON raw_payloads FROM restday_app;
--> statement-breakpoint
GRANT UPDATE (parser_version, parsed_at, transaction_id) ON raw_payloads TO restday_app;

--> statement-breakpoint
-- An index is read alone only where pages are known to be visible to all: days come in a trickle that the default, a fifth of the table, would leave alone for months.
ALTER TABLE "readiness_days" SET (autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_vacuum_scale_factor = 0.05);--> statement-breakpoint
ALTER TABLE "nights" SET (autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_vacuum_scale_factor = 0.05);--> statement-breakpoint
ALTER TABLE "sleeps" SET (autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_vacuum_scale_factor = 0.05);
