CREATE TABLE "accounts" (
	"user_id" uuid NOT NULL,
	"type" text NOT NULL,
	"provider" text NOT NULL,
	"provider_account_id" text NOT NULL,
	"refresh_token" text,
	"access_token" text,
	"expires_at" integer,
	"token_type" text,
	"scope" text,
	"id_token" text,
	"session_state" text,
	CONSTRAINT "accounts_provider_provider_account_id_pk" PRIMARY KEY("provider","provider_account_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"session_token" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"expires" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text,
	"email" text NOT NULL,
	"email_verified" timestamp with time zone,
	"image" text,
	"locale" text,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification_tokens" (
	"identifier" text NOT NULL,
	"token" text NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	CONSTRAINT "verification_tokens_identifier_token_pk" PRIMARY KEY("identifier","token")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"polar_user_id" bigint NOT NULL,
	"member_id" text NOT NULL,
	"access_token_sealed" text,
	"token_expires_at" timestamp with time zone,
	"status" text NOT NULL,
	"status_reason" text,
	"connected_at" timestamp with time zone NOT NULL,
	"backfilled_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "stream_states" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"stream" text NOT NULL,
	"found_count" integer DEFAULT 0 NOT NULL,
	"read_count" integer DEFAULT 0 NOT NULL,
	"cursor_date" date,
	"last_attempt_at" timestamp with time zone,
	"last_success_at" timestamp with time zone,
	"next_due_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"error_code" text,
	"error_message" text,
	"backfilled_at" timestamp with time zone,
	"retired_at" timestamp with time zone,
	CONSTRAINT "stream_states_athlete_id_stream_pk" PRIMARY KEY("athlete_id","stream")
);
--> statement-breakpoint
CREATE TABLE "sync_leases" (
	"athlete_id" uuid PRIMARY KEY NOT NULL,
	"holder" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"requested_again_at" timestamp with time zone,
	"scoring_due" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transaction_items" (
	"transaction_id" uuid NOT NULL,
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"uri" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	CONSTRAINT "transaction_items_transaction_id_uri_pk" PRIMARY KEY("transaction_id","uri")
);
--> statement-breakpoint
CREATE TABLE "transactions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"stream" text NOT NULL,
	"delivery" text NOT NULL,
	"provider_transaction_id" bigint,
	"resource_uri" text,
	"window_from" date,
	"window_to" date,
	"state" text NOT NULL,
	"offered_count" integer DEFAULT 0 NOT NULL,
	"stored_count" integer DEFAULT 0 NOT NULL,
	"quarantined_count" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 1 NOT NULL,
	"error" text,
	"opened_at" timestamp with time zone NOT NULL,
	"stored_at" timestamp with time zone,
	"committed_at" timestamp with time zone,
	"abandoned_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "mail_stops" (
	"user_id" uuid NOT NULL,
	"squad_id" uuid NOT NULL,
	"stopped_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mail_stops_user_id_squad_id_pk" PRIMARY KEY("user_id","squad_id")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid,
	"squad_id" uuid,
	"athlete_id" uuid,
	"user_id" uuid,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"to_email" text NOT NULL,
	"subject" text NOT NULL,
	"body_sealed" text,
	"state" text NOT NULL,
	"message_id" text NOT NULL,
	"news_date" date,
	"frozen" jsonb,
	"error" text,
	"queued_at" timestamp with time zone NOT NULL,
	"claimed_at" timestamp with time zone,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "access_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_user_id" uuid,
	"what" text NOT NULL,
	"looked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"team_id" uuid NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject_id" text NOT NULL,
	"detail" jsonb NOT NULL,
	"happened_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "daily_runs" (
	"key" text PRIMARY KEY NOT NULL,
	"ran_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job_failures" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"function_id" text NOT NULL,
	"subject_id" text,
	"error" text NOT NULL,
	"failed_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"data" jsonb NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"relayed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rate_budgets" (
	"window" text PRIMARY KEY NOT NULL,
	"used" integer NOT NULL,
	"limit" integer NOT NULL,
	"resets_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"sha256" text NOT NULL,
	"event" text NOT NULL,
	"polar_user_id" bigint,
	"body" text NOT NULL,
	"known" boolean NOT NULL,
	"received_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"secret_sealed" text NOT NULL,
	"active" boolean NOT NULL,
	"last_delivery_at" timestamp with time zone,
	"checked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quarantined_fields" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"raw_payload_id" uuid NOT NULL,
	"path" text NOT NULL,
	"reason" text NOT NULL,
	"parser_version" integer NOT NULL,
	"quarantined_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "raw_payloads" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"transaction_id" uuid,
	"stream" text NOT NULL,
	"resource" text NOT NULL,
	"provider_key" text NOT NULL,
	"body" text NOT NULL,
	"sha256" text NOT NULL,
	"revision" integer NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL,
	"parser_version" integer,
	"parsed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "backtests" (
	"input_hash" text PRIMARY KEY NOT NULL,
	"team_id" uuid NOT NULL,
	"squad_id" uuid NOT NULL,
	"progress_percent" integer NOT NULL,
	"result" jsonb,
	"requested_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "check_ins" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"date" date NOT NULL,
	"sleep_quality" smallint,
	"fatigue" smallint,
	"soreness" smallint,
	"life_stress" smallint,
	"tags" text[] NOT NULL,
	"note" text,
	"answered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "check_ins_athlete_id_date_pk" PRIMARY KEY("athlete_id","date")
);
--> statement-breakpoint
CREATE TABLE "day_decisions" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"date" date NOT NULL,
	"kind" text NOT NULL,
	"tag" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone NOT NULL,
	CONSTRAINT "day_decisions_athlete_id_date_kind_pk" PRIMARY KEY("athlete_id","date","kind")
);
--> statement-breakpoint
CREATE TABLE "episode_verdicts" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"opened_on" date NOT NULL,
	"verdict" text NOT NULL,
	"cause" text,
	"user_id" uuid,
	"said_at" timestamp with time zone NOT NULL,
	CONSTRAINT "episode_verdicts_athlete_id_opened_on_pk" PRIMARY KEY("athlete_id","opened_on")
);
--> statement-breakpoint
CREATE TABLE "notes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"date" date NOT NULL,
	"text" text NOT NULL,
	"user_id" uuid,
	"written_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "readiness_days" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"date" date NOT NULL,
	"rule_version" text NOT NULL,
	"preset" text NOT NULL,
	"input_hash" text NOT NULL,
	"level" text NOT NULL,
	"levels" text[] NOT NULL,
	"reason" text,
	"source" text DEFAULT 'nightly' NOT NULL,
	"rmssd_ms" double precision,
	"valid" boolean NOT NULL,
	"suspect" boolean NOT NULL,
	"baseline_n" smallint NOT NULL,
	"baseline_mean" double precision,
	"baseline_sd" double precision,
	"baseline_grade" text NOT NULL,
	"z" double precision,
	"mean7" double precision,
	"mean28" double precision,
	"trend_slope" double precision,
	"trend_p" double precision,
	"load_sum7" double precision,
	"load_prev7" double precision,
	"load_known7" smallint NOT NULL,
	"load_ewma7" double precision,
	"load_ewma28" double precision,
	"load" double precision,
	"load_kind" text DEFAULT 'cardio-load' NOT NULL,
	"rules" jsonb NOT NULL,
	"evidence" jsonb NOT NULL,
	"scored_at" timestamp with time zone NOT NULL,
	CONSTRAINT "readiness_days_athlete_id_date_pk" PRIMARY KEY("athlete_id","date")
);
--> statement-breakpoint
CREATE TABLE "source_choices" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"from_day" date NOT NULL,
	"source" text NOT NULL,
	"chosen_by" uuid,
	"chosen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "source_choices_athlete_id_from_day_pk" PRIMARY KEY("athlete_id","from_day")
);
--> statement-breakpoint
CREATE TABLE "morning_readings" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"date" date NOT NULL,
	"origin" text NOT NULL,
	"rmssd_ms" double precision NOT NULL,
	"sdnn_ms" double precision,
	"heart_rate_bpm" double precision,
	"accepted_share" double precision,
	"quality" text NOT NULL,
	"workout_id" uuid,
	"rr_hash" text,
	"body" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "morning_readings_athlete_id_date_origin_pk" PRIMARY KEY("athlete_id","date","origin")
);
--> statement-breakpoint
CREATE TABLE "reading_rules" (
	"squad_id" uuid PRIMARY KEY NOT NULL,
	"team_id" uuid NOT NULL,
	"sports" text[] NOT NULL,
	"shortest_s" integer NOT NULL,
	"longest_s" integer NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "athletes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"squad_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"group_name" text,
	"locale" text DEFAULT 'en' NOT NULL,
	"paused_at" timestamp with time zone,
	"stopped_at" timestamp with time zone,
	"delete_after" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"text_version" text NOT NULL,
	"text" text NOT NULL,
	"locale" text NOT NULL,
	"streams" text[] NOT NULL,
	"refused_streams" text[] DEFAULT '{}' NOT NULL,
	"history" text NOT NULL,
	"accepted_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"invited_by" uuid,
	"token_hash" text NOT NULL,
	"email" text,
	"expires_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone,
	"used_at" timestamp with time zone,
	"declined_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "squads" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"preset" text DEFAULT 'brief' NOT NULL,
	"baseline_days" integer DEFAULT 60 NOT NULL,
	"baseline_method" text DEFAULT 'mean-sd' NOT NULL,
	"load_kind" text DEFAULT 'cardio-load' NOT NULL,
	"mail_time" text DEFAULT '07:00' NOT NULL,
	"optional_streams" text[] DEFAULT '{}' NOT NULL,
	"athletes_see_level" boolean DEFAULT true NOT NULL,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"team_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_team_id_user_id_pk" PRIMARY KEY("team_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "one_time_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"team_id" uuid,
	"email" text,
	"role" text,
	"athlete_id" uuid,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "daily_activities" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"date" date NOT NULL,
	"steps" integer,
	"calories_kcal" integer,
	"active_calories_kcal" integer,
	"active_s" integer,
	"inactive_s" integer,
	"goal_percent" double precision,
	"polar" jsonb NOT NULL,
	"payload_id" uuid,
	CONSTRAINT "daily_activities_athlete_id_date_pk" PRIMARY KEY("athlete_id","date")
);
--> statement-breakpoint
CREATE TABLE "daily_loads" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"date" date NOT NULL,
	"cardio_load" double precision,
	"strain" double precision,
	"tolerance" double precision,
	"polar" jsonb NOT NULL,
	"payload_id" uuid,
	CONSTRAINT "daily_loads_athlete_id_date_pk" PRIMARY KEY("athlete_id","date")
);
--> statement-breakpoint
CREATE TABLE "heart_rate_days" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"date" date NOT NULL,
	"points" jsonb NOT NULL,
	"payload_id" uuid,
	CONSTRAINT "heart_rate_days_athlete_id_date_pk" PRIMARY KEY("athlete_id","date")
);
--> statement-breakpoint
CREATE TABLE "measurements" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"date" date NOT NULL,
	"device_id" text DEFAULT '' NOT NULL,
	"values" jsonb NOT NULL,
	"payload_id" uuid,
	CONSTRAINT "measurements_athlete_id_kind_recorded_at_device_id_pk" PRIMARY KEY("athlete_id","kind","recorded_at","device_id")
);
--> statement-breakpoint
CREATE TABLE "nights" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"date" date NOT NULL,
	"rmssd_ms" double precision,
	"heart_rate_bpm" double precision,
	"beat_to_beat_ms" double precision,
	"breathing_per_min" double precision,
	"ans_charge" double precision,
	"ans_charge_status" integer,
	"recharge_status" integer,
	"rmssd_series" jsonb,
	"breathing_series" jsonb,
	"payload_id" uuid,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "nights_athlete_id_date_pk" PRIMARY KEY("athlete_id","date")
);
--> statement-breakpoint
CREATE TABLE "physical_infos" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"weight_kg" double precision,
	"height_cm" double precision,
	"heart_rate_max_bpm" integer,
	"heart_rate_rest_bpm" integer,
	"aerobic_threshold_bpm" integer,
	"anaerobic_threshold_bpm" integer,
	"vo2_max" double precision,
	"sex" text,
	"polar" jsonb NOT NULL,
	"payload_id" uuid,
	CONSTRAINT "physical_infos_athlete_id_recorded_at_pk" PRIMARY KEY("athlete_id","recorded_at")
);
--> statement-breakpoint
CREATE TABLE "sleeps" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"date" date NOT NULL,
	"start_at" timestamp with time zone NOT NULL,
	"end_at" timestamp with time zone NOT NULL,
	"utc_offset_minutes" integer NOT NULL,
	"asleep_s" integer,
	"light_s" integer,
	"deep_s" integer,
	"rem_s" integer,
	"unknown_s" integer,
	"interrupted_s" integer,
	"efficiency" double precision,
	"device_id" text,
	"hypnogram" jsonb,
	"heart_rate" jsonb,
	"polar" jsonb NOT NULL,
	"payload_id" uuid,
	CONSTRAINT "sleeps_athlete_id_date_pk" PRIMARY KEY("athlete_id","date")
);
--> statement-breakpoint
CREATE TABLE "workout_loads" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"workout_id" uuid PRIMARY KEY NOT NULL,
	"banister" double precision,
	"edwards" double precision,
	"session_rpe" double precision,
	"missing" text[] NOT NULL,
	"heart_rate_max_bpm" integer,
	"heart_rate_rest_bpm" integer,
	"sex" text,
	"formula_version" text NOT NULL,
	"samples_payload_id" uuid,
	"computed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workout_samples" (
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"workout_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"recording_rate_s" double precision,
	"values" jsonb NOT NULL,
	"payload_id" uuid,
	CONSTRAINT "workout_samples_workout_id_kind_pk" PRIMARY KEY("workout_id","kind")
);
--> statement-breakpoint
CREATE TABLE "workouts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"athlete_id" uuid NOT NULL,
	"polar_transaction_item_id" bigint,
	"polar_hash_id" text,
	"date" date NOT NULL,
	"start_at" timestamp with time zone NOT NULL,
	"utc_offset_minutes" integer NOT NULL,
	"duration_ms" bigint NOT NULL,
	"sport" text NOT NULL,
	"distance_m" double precision,
	"energy_kcal" double precision,
	"heart_rate_avg_bpm" integer,
	"heart_rate_max_bpm" integer,
	"cardio_load" double precision,
	"device_id" text DEFAULT '' NOT NULL,
	"device" text,
	"has_route" boolean DEFAULT false NOT NULL,
	"zones" jsonb,
	"route" jsonb,
	"files" jsonb,
	"polar" jsonb NOT NULL,
	"payload_id" uuid,
	"detail_payload_id" uuid
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stream_states" ADD CONSTRAINT "stream_states_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stream_states" ADD CONSTRAINT "stream_states_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_leases" ADD CONSTRAINT "sync_leases_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transaction_items" ADD CONSTRAINT "transaction_items_transaction_id_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."transactions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transaction_items" ADD CONSTRAINT "transaction_items_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transaction_items" ADD CONSTRAINT "transaction_items_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_stops" ADD CONSTRAINT "mail_stops_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_stops" ADD CONSTRAINT "mail_stops_squad_id_squads_id_fk" FOREIGN KEY ("squad_id") REFERENCES "public"."squads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_squad_id_squads_id_fk" FOREIGN KEY ("squad_id") REFERENCES "public"."squads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_log" ADD CONSTRAINT "access_log_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantined_fields" ADD CONSTRAINT "quarantined_fields_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantined_fields" ADD CONSTRAINT "quarantined_fields_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantined_fields" ADD CONSTRAINT "quarantined_fields_raw_payload_id_raw_payloads_id_fk" FOREIGN KEY ("raw_payload_id") REFERENCES "public"."raw_payloads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "raw_payloads" ADD CONSTRAINT "raw_payloads_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "raw_payloads" ADD CONSTRAINT "raw_payloads_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "raw_payloads" ADD CONSTRAINT "raw_payloads_transaction_id_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."transactions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backtests" ADD CONSTRAINT "backtests_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "day_decisions" ADD CONSTRAINT "day_decisions_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "day_decisions" ADD CONSTRAINT "day_decisions_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "day_decisions" ADD CONSTRAINT "day_decisions_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episode_verdicts" ADD CONSTRAINT "episode_verdicts_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episode_verdicts" ADD CONSTRAINT "episode_verdicts_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "episode_verdicts" ADD CONSTRAINT "episode_verdicts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readiness_days" ADD CONSTRAINT "readiness_days_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readiness_days" ADD CONSTRAINT "readiness_days_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_choices" ADD CONSTRAINT "source_choices_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_choices" ADD CONSTRAINT "source_choices_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_choices" ADD CONSTRAINT "source_choices_chosen_by_users_id_fk" FOREIGN KEY ("chosen_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "morning_readings" ADD CONSTRAINT "morning_readings_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "morning_readings" ADD CONSTRAINT "morning_readings_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "morning_readings" ADD CONSTRAINT "morning_readings_workout_id_workouts_id_fk" FOREIGN KEY ("workout_id") REFERENCES "public"."workouts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_rules" ADD CONSTRAINT "reading_rules_squad_id_squads_id_fk" FOREIGN KEY ("squad_id") REFERENCES "public"."squads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_rules" ADD CONSTRAINT "reading_rules_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "athletes" ADD CONSTRAINT "athletes_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "athletes" ADD CONSTRAINT "athletes_squad_id_squads_id_fk" FOREIGN KEY ("squad_id") REFERENCES "public"."squads"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "squads" ADD CONSTRAINT "squads_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_links" ADD CONSTRAINT "one_time_links_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_activities" ADD CONSTRAINT "daily_activities_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_activities" ADD CONSTRAINT "daily_activities_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_loads" ADD CONSTRAINT "daily_loads_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_loads" ADD CONSTRAINT "daily_loads_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heart_rate_days" ADD CONSTRAINT "heart_rate_days_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heart_rate_days" ADD CONSTRAINT "heart_rate_days_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measurements" ADD CONSTRAINT "measurements_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measurements" ADD CONSTRAINT "measurements_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "nights" ADD CONSTRAINT "nights_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "nights" ADD CONSTRAINT "nights_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "physical_infos" ADD CONSTRAINT "physical_infos_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "physical_infos" ADD CONSTRAINT "physical_infos_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sleeps" ADD CONSTRAINT "sleeps_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sleeps" ADD CONSTRAINT "sleeps_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workout_loads" ADD CONSTRAINT "workout_loads_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workout_loads" ADD CONSTRAINT "workout_loads_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workout_loads" ADD CONSTRAINT "workout_loads_workout_id_workouts_id_fk" FOREIGN KEY ("workout_id") REFERENCES "public"."workouts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workout_samples" ADD CONSTRAINT "workout_samples_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workout_samples" ADD CONSTRAINT "workout_samples_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workout_samples" ADD CONSTRAINT "workout_samples_workout_id_workouts_id_fk" FOREIGN KEY ("workout_id") REFERENCES "public"."workouts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workouts" ADD CONSTRAINT "workouts_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workouts" ADD CONSTRAINT "workouts_athlete_id_athletes_id_fk" FOREIGN KEY ("athlete_id") REFERENCES "public"."athletes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "connections_polar_user" ON "connections" USING btree ("polar_user_id") WHERE status <> 'revoked';--> statement-breakpoint
CREATE UNIQUE INDEX "connections_athlete" ON "connections" USING btree ("athlete_id") WHERE status <> 'revoked';--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_one_unfinished" ON "transactions" USING btree ("athlete_id","stream") WHERE state in ('open','stored');--> statement-breakpoint
CREATE INDEX "transactions_athlete" ON "transactions" USING btree ("athlete_id","stream","opened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "mails_key" ON "mails" USING btree ("key");--> statement-breakpoint
CREATE INDEX "mails_squad" ON "mails" USING btree ("squad_id","news_date");--> statement-breakpoint
CREATE INDEX "access_log_athlete" ON "access_log" USING btree ("athlete_id","looked_at");--> statement-breakpoint
CREATE INDEX "audit_log_team" ON "audit_log" USING btree ("team_id","happened_at");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("id") WHERE relayed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_body" ON "webhook_deliveries" USING btree ("sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "quarantined_fields_path" ON "quarantined_fields" USING btree ("raw_payload_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "raw_payloads_revision" ON "raw_payloads" USING btree ("athlete_id","resource","provider_key","revision");--> statement-breakpoint
CREATE INDEX "raw_payloads_unparsed" ON "raw_payloads" USING btree ("athlete_id") WHERE parsed_at is null;--> statement-breakpoint
CREATE INDEX "raw_payloads_stream" ON "raw_payloads" USING btree ("athlete_id","stream","fetched_at");--> statement-breakpoint
CREATE INDEX "notes_athlete" ON "notes" USING btree ("athlete_id","date");--> statement-breakpoint
CREATE INDEX "readiness_days_date" ON "readiness_days" USING btree ("date");--> statement-breakpoint
CREATE INDEX "readiness_days_drawn" ON "readiness_days" USING btree ("athlete_id","date","level","baseline_grade","valid","rmssd_ms","mean7","z","load","reason","source","baseline_sd");--> statement-breakpoint
CREATE INDEX "athletes_squad" ON "athletes" USING btree ("squad_id");--> statement-breakpoint
CREATE INDEX "athletes_team" ON "athletes" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "consents_athlete" ON "consents" USING btree ("athlete_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "invitations_athlete" ON "invitations" USING btree ("athlete_id");--> statement-breakpoint
CREATE INDEX "squads_team" ON "squads" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "measurements_day" ON "measurements" USING btree ("athlete_id","date");--> statement-breakpoint
CREATE INDEX "nights_usual" ON "nights" USING btree ("athlete_id","date","heart_rate_bpm","received_at");--> statement-breakpoint
CREATE INDEX "sleeps_usual" ON "sleeps" USING btree ("athlete_id","date","asleep_s");--> statement-breakpoint
CREATE INDEX "workout_loads_athlete" ON "workout_loads" USING btree ("athlete_id");--> statement-breakpoint
CREATE UNIQUE INDEX "workouts_session" ON "workouts" USING btree ("athlete_id","start_at","duration_ms","device_id");--> statement-breakpoint
CREATE INDEX "workouts_day" ON "workouts" USING btree ("athlete_id","date");