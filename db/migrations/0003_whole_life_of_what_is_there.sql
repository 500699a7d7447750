-- What was there before the clocks: nothing is overdue on the day of the upgrade, and no join of before is provisional.
UPDATE "ledger_entries" SET "side" = 'debtor' WHERE "points" < 0;
--> statement-breakpoint
UPDATE "referrals" r SET
  "reached" = CASE
    WHEN "outcome" = 'joined' THEN 'joined'
    WHEN EXISTS (SELECT 1 FROM "ledger_entries" e WHERE e.space_id = r.space_id AND e.referral_id = r.id AND e.stage = 'trial') THEN 'trial'
    WHEN EXISTS (SELECT 1 FROM "ledger_entries" e WHERE e.space_id = r.space_id AND e.referral_id = r.id AND e.stage = 'visited') THEN 'visited'
  END,
  "progress_at" = "accepted_at",
  "joined_at" = CASE WHEN "outcome" = 'joined' THEN "closed_at" END,
  "join_confirmed_at" = CASE WHEN "outcome" = 'joined' THEN date_trunc('milliseconds', now()) END,
  "answer_by" = CASE WHEN "status" IN ('awaiting_consent', 'sent', 'info_requested') THEN date_trunc('milliseconds', now()) + interval '7 days' END,
  "next_due" = CASE
    WHEN "status" = 'draft' THEN 'abandon'
    WHEN "status" IN ('awaiting_consent', 'sent', 'info_requested') THEN 'expire'
    WHEN "phase" = 'active' THEN 'overdue'
  END,
  "next_due_at" = CASE
    WHEN "status" = 'draft' THEN date_trunc('milliseconds', now()) + interval '30 days'
    WHEN "phase" <> 'closed' THEN date_trunc('milliseconds', now()) + interval '7 days'
  END;
--> statement-breakpoint
INSERT INTO "balance_versions" ("space_id", "at", "lock_version", "earned", "owed", "held", "provisional", "in_flight",
  "sent", "received", "sent_active", "received_active", "sent_joined", "received_joined", "direct_returned")
SELECT "space_id", "updated_at", "lock_version", "earned", "owed", "held", "provisional", "in_flight",
  "sent", "received", "sent_active", "received_active", "sent_joined", "received_joined", "direct_returned" FROM "space_balances";
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "person_earnings", "vouches" TO waggle_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON "balance_versions" TO waggle_app;
