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
-- What a balance was, told backwards: the balance as it is, less what has happened since. Entries, pendings, cards and events
-- hold all that ever changed one, so each of these moments comes out as it was; several changes of one millisecond are one.
INSERT INTO "balance_versions" ("space_id", "at", "lock_version", "earned", "owed", "held", "provisional", "in_flight",
  "sent", "received", "sent_active", "received_active", "sent_joined", "received_joined", "direct_returned")
WITH happened (space_id, peer_id, at, steps, earned, owed, in_flight, sent, received, sent_active, received_active,
  sent_joined, received_joined) AS (
  SELECT space_id, peer_id, at, 0, greatest(points, 0), greatest(-points, 0), 0, 0, 0, 0, 0,
    (stage = 'joined' AND side = 'creditor')::int, (stage = 'joined' AND side = 'debtor')::int
  FROM ledger_entries
  UNION ALL
  SELECT space_id, peer_id, opened_at, 0, 0, 0, points, 0, 0, 0, 0, 0, 0 FROM pendings WHERE side = 'creditor'
  UNION ALL
  SELECT space_id, peer_id, resolved_at, 0, 0, 0, -points, 0, 0, 0, 0, 0, 0
  FROM pendings WHERE side = 'creditor' AND resolved_at IS NOT NULL
  UNION ALL
  SELECT space_id, peer_id, sent_at, 0, 0, 0, 0, (role = 'sender')::int, (role = 'receiver')::int, 0, 0, 0, 0
  FROM referrals WHERE sent_at IS NOT NULL
  UNION ALL
  SELECT space_id, peer_id, at, 0, 0, 0, 0, 0, 0, by * (role = 'sender')::int, by * (role = 'receiver')::int, 0, 0
  FROM referrals, LATERAL (VALUES (accepted_at, 1), (closed_at, -1)) AS turn (at, by)
  WHERE accepted_at IS NOT NULL AND at IS NOT NULL
  UNION ALL
  -- Every event of a referral that had reached its receiver was one more version of both balances.
  SELECT space_id, peer_id, at, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
  FROM (SELECT e.space_id, r.peer_id, e.at, e.seq, min(e.seq) FILTER (WHERE e.to_status = 'sent')
      OVER (PARTITION BY e.space_id, e.referral_id) AS reached
    FROM referral_events e JOIN referrals r ON r.space_id = e.space_id AND r.id = e.referral_id) AS told
  WHERE seq >= reached
), of_pair AS (
  SELECT space_id, peer_id, at, sum(steps) AS steps, sum(earned) AS earned, sum(owed) AS owed, sum(in_flight) AS in_flight,
    sum(sent) AS sent, sum(received) AS received, sum(sent_active) AS sent_active, sum(received_active) AS received_active,
    sum(sent_joined) AS sent_joined, sum(received_joined) AS received_joined
  FROM happened GROUP BY space_id, peer_id, at
), returned AS (
  -- What came back directly is the lesser of the two sides of a pair, before and after each moment.
  SELECT o.*, least(b.earned - later_earned, b.owed - later_owed)
    - least(b.earned - later_earned - o.earned, b.owed - later_owed - o.owed) AS direct_returned
  FROM (SELECT *, coalesce(sum(earned) OVER later, 0) AS later_earned, coalesce(sum(owed) OVER later, 0) AS later_owed
    FROM of_pair
    WINDOW later AS (PARTITION BY space_id, peer_id ORDER BY at DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS o
  JOIN pair_balances b ON b.space_id = o.space_id AND b.peer_id = o.peer_id
), of_space AS (
  SELECT space_id, at, sum(steps) AS steps, sum(earned) AS earned, sum(owed) AS owed, sum(in_flight) AS in_flight,
    sum(sent) AS sent, sum(received) AS received, sum(sent_active) AS sent_active, sum(received_active) AS received_active,
    sum(sent_joined) AS sent_joined, sum(received_joined) AS received_joined, sum(direct_returned) AS direct_returned
  FROM returned GROUP BY space_id, at
), since AS (
  SELECT space_id, at, coalesce(sum(steps) OVER later, 0) AS steps, coalesce(sum(earned) OVER later, 0) AS earned,
    coalesce(sum(owed) OVER later, 0) AS owed, coalesce(sum(in_flight) OVER later, 0) AS in_flight,
    coalesce(sum(sent) OVER later, 0) AS sent, coalesce(sum(received) OVER later, 0) AS received,
    coalesce(sum(sent_active) OVER later, 0) AS sent_active,
    coalesce(sum(received_active) OVER later, 0) AS received_active,
    coalesce(sum(sent_joined) OVER later, 0) AS sent_joined,
    coalesce(sum(received_joined) OVER later, 0) AS received_joined,
    coalesce(sum(direct_returned) OVER later, 0) AS direct_returned
  FROM of_space
  WINDOW later AS (PARTITION BY space_id ORDER BY at DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT b.space_id, s.at, b.lock_version - s.steps, b.earned - s.earned, b.owed - s.owed, 0, 0, b.in_flight - s.in_flight,
  b.sent - s.sent, b.received - s.received, b.sent_active - s.sent_active, b.received_active - s.received_active,
  b.sent_joined - s.sent_joined, b.received_joined - s.received_joined, b.direct_returned - s.direct_returned
FROM since s JOIN space_balances b ON b.space_id = s.space_id
WHERE s.at < b.updated_at
UNION ALL
SELECT space_id, updated_at, lock_version, earned, owed, 0, 0, in_flight, sent, received, sent_active, received_active,
  sent_joined, received_joined, direct_returned
FROM space_balances;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "person_earnings", "vouches" TO waggle_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON "balance_versions" TO waggle_app;
