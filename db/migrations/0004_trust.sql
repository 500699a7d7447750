CREATE TABLE "managers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email_hash" "bytea" NOT NULL,
	"identity" "bytea" NOT NULL,
	"is_steward" boolean NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"last_signed_in_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"credential_id" text NOT NULL,
	"manager_id" uuid NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" jsonb NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"last_used_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "personal_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"manager_id" uuid NOT NULL,
	"space_ref" uuid,
	"name" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"last_used_at" timestamp(3) with time zone,
	"revoked_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"tokens" double precision NOT NULL,
	"at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"manager_id" uuid NOT NULL,
	"space_ref" uuid,
	"user_agent" text NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"last_seen_at" timestamp(3) with time zone NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"revoked_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"browser_hash" "bytea" NOT NULL,
	"email_hash" "bytea",
	"manager_id" uuid,
	"data" "bytea",
	"return_to" text,
	"created_at" timestamp(3) with time zone NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"used_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "space_managers" (
	"space_id" uuid NOT NULL,
	"manager_id" uuid NOT NULL,
	"role" text NOT NULL,
	"invited_by" uuid,
	"invited_at" timestamp(3) with time zone NOT NULL,
	"accepted_at" timestamp(3) with time zone,
	"expires_at" timestamp(3) with time zone,
	CONSTRAINT "space_managers_space_id_manager_id_pk" PRIMARY KEY("space_id","manager_id")
);
--> statement-breakpoint
CREATE TABLE "used_assertions" (
	"client_id" uuid NOT NULL,
	"jti" text NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "used_assertions_client_id_jti_pk" PRIMARY KEY("client_id","jti")
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"space_ref" uuid,
	"manager_id" uuid,
	"contact" "bytea",
	"email_hash" "bytea" NOT NULL,
	"profile" jsonb,
	"statement" text NOT NULL,
	"background" text,
	"challenge" text,
	"proof" text,
	"proved_at" timestamp(3) with time zone,
	"reason" text,
	"decided_at" timestamp(3) with time zone,
	"confirm_by" timestamp(3) with time zone NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "clients" ALTER COLUMN "secret_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "previous_secret_hash" "bytea";--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "previous_secret_until" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "public_keys" jsonb;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "last_used_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "member_language" text;--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "suspended_reason" text;--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "background" text;--> statement-breakpoint
ALTER TABLE "spaces" ADD COLUMN "challenge" text;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "personal_tokens" ADD CONSTRAINT "personal_tokens_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "personal_tokens" ADD CONSTRAINT "personal_tokens_space_ref_spaces_id_fk" FOREIGN KEY ("space_ref") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_space_ref_spaces_id_fk" FOREIGN KEY ("space_ref") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "space_managers" ADD CONSTRAINT "space_managers_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_space_ref_spaces_id_fk" FOREIGN KEY ("space_ref") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "managers_email" ON "managers" USING btree ("email_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "passkeys_credential" ON "passkeys" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "passkeys_manager" ON "passkeys" USING btree ("manager_id");--> statement-breakpoint
CREATE UNIQUE INDEX "personal_tokens_token" ON "personal_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "personal_tokens_manager" ON "personal_tokens" USING btree ("manager_id");--> statement-breakpoint
CREATE INDEX "rate_limits_at" ON "rate_limits" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_manager" ON "sessions" USING btree ("manager_id");--> statement-breakpoint
CREATE INDEX "sessions_expires" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_ins_token" ON "sign_ins" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sign_ins_expires" ON "sign_ins" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "space_managers_manager" ON "space_managers" USING btree ("manager_id");--> statement-breakpoint
CREATE INDEX "used_assertions_expires" ON "used_assertions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "applications_status" ON "applications" USING btree ("status","id");--> statement-breakpoint
CREATE UNIQUE INDEX "applications_space" ON "applications" USING btree ("space_ref") WHERE status = 'pending' and (kind = 'new' or proved_at is not null);--> statement-breakpoint
CREATE INDEX "applications_of_space" ON "applications" USING btree ("space_ref");--> statement-breakpoint
CREATE INDEX "applications_manager" ON "applications" USING btree ("manager_id");--> statement-breakpoint
CREATE INDEX "applications_unconfirmed" ON "applications" USING btree ("confirm_by") WHERE status = 'unconfirmed';--> statement-breakpoint
CREATE INDEX "referrals_disputed" ON "referrals" USING btree ("id") WHERE role = 'sender' and dispute is not null and dispute->>'resolution' is null;--> statement-breakpoint
CREATE INDEX "referrals_kept" ON "referrals" USING btree ("outcome","closed_at") WHERE role = 'sender' and erased_at is null and closed_at is not null;