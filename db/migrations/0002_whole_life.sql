CREATE TABLE "balance_versions" (
	"space_id" uuid NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"lock_version" bigint NOT NULL,
	"earned" bigint NOT NULL,
	"owed" bigint NOT NULL,
	"held" bigint NOT NULL,
	"provisional" bigint NOT NULL,
	"in_flight" bigint NOT NULL,
	"sent" bigint NOT NULL,
	"received" bigint NOT NULL,
	"sent_active" bigint NOT NULL,
	"received_active" bigint NOT NULL,
	"sent_joined" bigint NOT NULL,
	"received_joined" bigint NOT NULL,
	"direct_returned" bigint NOT NULL,
	CONSTRAINT "balance_versions_space_id_at_lock_version_pk" PRIMARY KEY("space_id","at","lock_version")
);
--> statement-breakpoint
CREATE TABLE "person_earnings" (
	"person_hash" "bytea" PRIMARY KEY NOT NULL,
	"postings" jsonb NOT NULL,
	"last_at" timestamp(3) with time zone NOT NULL,
	"reserved" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vouches" (
	"space_ref" uuid NOT NULL,
	"voucher_id" uuid NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "vouches_space_ref_voucher_id_pk" PRIMARY KEY("space_ref","voucher_id")
);
--> statement-breakpoint
ALTER TABLE "pendings" DROP CONSTRAINT "pendings_space_id_referral_id_stage_pk";
--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "kind" text DEFAULT 'posting' NOT NULL;
--> statement-breakpoint
ALTER TABLE "ledger_entries" ALTER COLUMN "kind" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "side" text DEFAULT 'creditor' NOT NULL;
--> statement-breakpoint
ALTER TABLE "ledger_entries" ALTER COLUMN "side" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "held" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "ledger_entries" ALTER COLUMN "held" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "reason_code" text;
--> statement-breakpoint
ALTER TABLE "pair_balances" ADD COLUMN "held" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "pair_balances" ALTER COLUMN "held" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "pair_balances" ADD COLUMN "provisional" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "pair_balances" ALTER COLUMN "provisional" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "pendings" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "pendings" ALTER COLUMN "round" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "pendings" ADD COLUMN "is_reserved" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "pendings" ALTER COLUMN "is_reserved" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "pendings" ADD CONSTRAINT "pendings_space_id_referral_id_peer_id_stage_round_pk" PRIMARY KEY("space_id","referral_id","peer_id","stage","round");
--> statement-breakpoint
ALTER TABLE "space_balances" ADD COLUMN "held" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "space_balances" ALTER COLUMN "held" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "space_balances" ADD COLUMN "provisional" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "space_balances" ALTER COLUMN "provisional" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "reached" text;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "next_due" text;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "next_due_at" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "answer_by" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "asked_at" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "questions" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "referrals" ALTER COLUMN "questions" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "away_delayed" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "referrals" ALTER COLUMN "away_delayed" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "progress_at" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "overdue_at" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "withdrawal_requested_at" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "scheduled_for" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "no_shows" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "referrals" ALTER COLUMN "no_shows" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "joined_at" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "join_confirmed_at" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "left_at" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "claim" jsonb;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "dispute" jsonb;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "member_report" text;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "origin_id" uuid;
--> statement-breakpoint
UPDATE "referrals" SET "origin_id" = CASE "role" WHEN 'sender' THEN "space_id" ELSE "peer_id" END;
--> statement-breakpoint
ALTER TABLE "referrals" ALTER COLUMN "origin_id" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "trail" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
ALTER TABLE "referrals" ALTER COLUMN "trail" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "child_id" uuid;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "forwarded_to_id" uuid;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "final_outcome" text;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "sender_sees_contact" boolean DEFAULT true NOT NULL;
--> statement-breakpoint
ALTER TABLE "referrals" ALTER COLUMN "sender_sees_contact" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "link_by_hand" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "referrals" ALTER COLUMN "link_by_hand" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "held_until" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "person_hash" "bytea";
--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "erased_at" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "probation_until" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "admitted_at" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "vouches" ADD CONSTRAINT "vouches_space_ref_spaces_id_fk" FOREIGN KEY ("space_ref") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "vouches" ADD CONSTRAINT "vouches_voucher_id_spaces_id_fk" FOREIGN KEY ("voucher_id") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_origin_id_spaces_id_fk" FOREIGN KEY ("origin_id") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "person_earnings_last" ON "person_earnings" USING btree ("last_at");
--> statement-breakpoint
CREATE INDEX "referrals_forgotten" ON "referrals" USING btree ("closed_at") WHERE person_hash is not null and (erased_at is not null or status = 'consent_revoked' or (status = 'withdrawn' and submitted_at is null));
--> statement-breakpoint
CREATE INDEX "referrals_due" ON "referrals" USING btree ("next_due_at","id") WHERE next_due_at is not null and role = 'sender';
