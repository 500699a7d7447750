CREATE TABLE "clients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"space_ref" uuid,
	"operator_id" uuid,
	"scopes" jsonb NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"revoked_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"space_id" uuid NOT NULL,
	"caller_id" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"answer" "bytea",
	"referral_id" uuid,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_space_id_caller_id_key_pk" PRIMARY KEY("space_id","caller_id","key")
);
--> statement-breakpoint
CREATE TABLE "revocation_epoch" (
	"id" integer PRIMARY KEY NOT NULL,
	"epoch" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"space_id" uuid NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"id" uuid NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"action" text NOT NULL,
	"object_id" text NOT NULL,
	"request_id" text NOT NULL,
	CONSTRAINT "audit_log_space_id_at_id_pk" PRIMARY KEY("space_id","at","id")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "outbox" (
	"space_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"topic" text NOT NULL,
	"subject_id" text NOT NULL,
	"data" jsonb NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"due_at" timestamp(3) with time zone,
	"attempts" integer NOT NULL,
	"last_fault" text,
	CONSTRAINT "outbox_space_id_id_pk" PRIMARY KEY("space_id","id")
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"space_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"peer_id" uuid NOT NULL,
	"referral_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"points" integer NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "ledger_entries_space_id_id_pk" PRIMARY KEY("space_id","id")
);
--> statement-breakpoint
CREATE TABLE "pair_balances" (
	"space_id" uuid NOT NULL,
	"peer_id" uuid NOT NULL,
	"earned" bigint NOT NULL,
	"owed" bigint NOT NULL,
	"in_flight" bigint NOT NULL,
	"sent" bigint NOT NULL,
	"received" bigint NOT NULL,
	"sent_active" bigint NOT NULL,
	"received_active" bigint NOT NULL,
	"sent_joined" bigint NOT NULL,
	"received_joined" bigint NOT NULL,
	"updated_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "pair_balances_space_id_peer_id_pk" PRIMARY KEY("space_id","peer_id")
);
--> statement-breakpoint
CREATE TABLE "pendings" (
	"space_id" uuid NOT NULL,
	"referral_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"peer_id" uuid NOT NULL,
	"side" text NOT NULL,
	"points" integer NOT NULL,
	"state" text NOT NULL,
	"opened_at" timestamp(3) with time zone NOT NULL,
	"resolved_at" timestamp(3) with time zone,
	CONSTRAINT "pendings_space_id_referral_id_stage_pk" PRIMARY KEY("space_id","referral_id","stage")
);
--> statement-breakpoint
CREATE TABLE "space_balances" (
	"space_id" uuid PRIMARY KEY NOT NULL,
	"earned" bigint NOT NULL,
	"owed" bigint NOT NULL,
	"in_flight" bigint NOT NULL,
	"sent" bigint NOT NULL,
	"received" bigint NOT NULL,
	"sent_active" bigint NOT NULL,
	"received_active" bigint NOT NULL,
	"sent_joined" bigint NOT NULL,
	"received_joined" bigint NOT NULL,
	"direct_returned" bigint NOT NULL,
	"lock_version" bigint NOT NULL,
	"updated_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "links" (
	"link_hash" "bytea" PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"sender_id" uuid NOT NULL,
	"referral_id" uuid NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"revoked_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "referral_events" (
	"space_id" uuid NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"id" uuid NOT NULL,
	"referral_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"event" text NOT NULL,
	"from_status" text,
	"to_status" text NOT NULL,
	"actor_kind" text NOT NULL,
	"reason" text,
	CONSTRAINT "referral_events_space_id_at_id_pk" PRIMARY KEY("space_id","at","id")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "referral_texts" (
	"space_id" uuid NOT NULL,
	"referral_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "referral_texts_space_id_referral_id_kind_pk" PRIMARY KEY("space_id","referral_id","kind")
);
--> statement-breakpoint
CREATE TABLE "referrals" (
	"space_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"role" text NOT NULL,
	"peer_id" uuid NOT NULL,
	"status" text NOT NULL,
	"phase" text NOT NULL,
	"version" integer NOT NULL,
	"stay" text NOT NULL,
	"needs" jsonb NOT NULL,
	"external_ref" text,
	"consent_kind" text NOT NULL,
	"consent_how" text,
	"consent_on" date,
	"consent_named" boolean NOT NULL,
	"consented_at" timestamp(3) with time zone,
	"notice_at" timestamp(3) with time zone,
	"warnings" jsonb NOT NULL,
	"decline_reason" text,
	"redirect_to_space_id" uuid,
	"terms_kind" text,
	"outcome" text,
	"outcome_reason" text,
	"visited_on" date,
	"created_at" timestamp(3) with time zone NOT NULL,
	"invited_at" timestamp(3) with time zone,
	"submitted_at" timestamp(3) with time zone,
	"sent_at" timestamp(3) with time zone,
	"accepted_at" timestamp(3) with time zone,
	"closed_at" timestamp(3) with time zone,
	"updated_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "referrals_space_id_id_pk" PRIMARY KEY("space_id","id")
);
--> statement-breakpoint
CREATE TABLE "operators" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "space_external_ids" (
	"system" text NOT NULL,
	"external_id" text NOT NULL,
	"space_ref" uuid NOT NULL,
	"is_primary" boolean NOT NULL,
	CONSTRAINT "space_external_ids_system_external_id_pk" PRIMARY KEY("system","external_id")
);
--> statement-breakpoint
CREATE TABLE "spaces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"operator_id" uuid,
	"status" text NOT NULL,
	"address" jsonb NOT NULL,
	"city" text NOT NULL,
	"city_key" text NOT NULL,
	"country_code" text NOT NULL,
	"lat" double precision NOT NULL,
	"lon" double precision NOT NULL,
	"timezone" text NOT NULL,
	"languages" text[] NOT NULL,
	"opening_hours" text,
	"access" text,
	"capacity" integer,
	"plans" jsonb NOT NULL,
	"amenities" text[] NOT NULL,
	"community_types" text[] NOT NULL,
	"accessibility" jsonb NOT NULL,
	"hosting_policy" jsonb NOT NULL,
	"description" text,
	"website" text,
	"contact_email" text,
	"domain" text,
	"brand" text,
	"also_known_as" text[] NOT NULL,
	"external_ids" jsonb NOT NULL,
	"source" text,
	"licence" text,
	"attribution" text,
	"possible_duplicate_of" uuid,
	"import_hash" text,
	"search_text" text NOT NULL,
	"last_confirmed_at" timestamp(3) with time zone,
	"checked_on" date,
	"version" integer NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_space_ref_spaces_id_fk" FOREIGN KEY ("space_ref") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "space_balances" ADD CONSTRAINT "space_balances_space_id_spaces_id_fk" FOREIGN KEY ("space_id") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_texts" ADD CONSTRAINT "referral_texts_space_id_referral_id_referrals_space_id_id_fk" FOREIGN KEY ("space_id","referral_id") REFERENCES "public"."referrals"("space_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_space_id_spaces_id_fk" FOREIGN KEY ("space_id") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_peer_id_spaces_id_fk" FOREIGN KEY ("peer_id") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "space_external_ids" ADD CONSTRAINT "space_external_ids_space_ref_spaces_id_fk" FOREIGN KEY ("space_ref") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spaces" ADD CONSTRAINT "spaces_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clients_space" ON "clients" USING btree ("space_ref");--> statement-breakpoint
CREATE INDEX "clients_operator" ON "clients" USING btree ("operator_id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_referral" ON "idempotency_keys" USING btree ("space_id","referral_id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_at" ON "idempotency_keys" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_log_object" ON "audit_log" USING btree ("space_id","object_id","action","at");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "ledger_entries_at" ON "ledger_entries" USING btree ("space_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "ledger_entries_referral" ON "ledger_entries" USING btree ("space_id","referral_id");--> statement-breakpoint
CREATE INDEX "referral_events_referral" ON "referral_events" USING btree ("space_id","referral_id","seq");--> statement-breakpoint
CREATE INDEX "referrals_box" ON "referrals" USING btree ("space_id","role","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "referrals_box_phase" ON "referrals" USING btree ("space_id","role","phase","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "referrals_updated" ON "referrals" USING btree ("space_id","role","updated_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "referrals_external_ref" ON "referrals" USING btree ("space_id","external_ref") WHERE external_ref is not null;--> statement-breakpoint
CREATE INDEX "space_external_ids_space" ON "space_external_ids" USING btree ("space_ref");--> statement-breakpoint
CREATE UNIQUE INDEX "spaces_slug" ON "spaces" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "spaces_place" ON "spaces" USING gist (point("lon", degrees(asinh(tan(radians("lat"))))));--> statement-breakpoint
CREATE INDEX "spaces_words" ON "spaces" USING gin (array_to_tsvector(string_to_array("search_text", ' ')));--> statement-breakpoint
CREATE INDEX "spaces_city" ON "spaces" USING btree ("city_key","id");--> statement-breakpoint
CREATE INDEX "spaces_country" ON "spaces" USING btree ("country_code","id");--> statement-breakpoint
CREATE INDEX "spaces_status" ON "spaces" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "spaces_domain" ON "spaces" USING btree ("domain") WHERE domain is not null;--> statement-breakpoint
CREATE INDEX "spaces_operator" ON "spaces" USING btree ("operator_id") WHERE operator_id is not null;--> statement-breakpoint
CREATE INDEX "spaces_amenities" ON "spaces" USING gin ("amenities");