-- Rows that no dated partition takes; the server makes the dated ones ahead of time.
CREATE TABLE "referral_events_default" PARTITION OF "referral_events" DEFAULT;
--> statement-breakpoint
CREATE TABLE "audit_log_default" PARTITION OF "audit_log" DEFAULT;
--> statement-breakpoint
INSERT INTO "revocation_epoch" ("id", "epoch") VALUES (1, 0);
--> statement-breakpoint
-- The role that the server works as. Roles belong to the whole cluster, so another database may have made it already,
-- even in this moment.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'waggle_app') THEN
    CREATE ROLE waggle_app;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END
$$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO waggle_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO waggle_app;
--> statement-breakpoint
-- What has happened stays as it was written.
REVOKE UPDATE, DELETE, TRUNCATE ON "referral_events", "referral_events_default", "ledger_entries", "audit_log", "audit_log_default" FROM waggle_app;
