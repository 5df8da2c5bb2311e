CREATE TABLE "later_mail_stops" (
	"user_id" uuid NOT NULL,
	"squad_id" uuid NOT NULL,
	"stopped_at" timestamp with time zone NOT NULL,
	CONSTRAINT "later_mail_stops_user_id_squad_id_pk" PRIMARY KEY("user_id","squad_id")
);
--> statement-breakpoint
CREATE TABLE "squad_mornings" (
	"team_id" uuid NOT NULL,
	"squad_id" uuid NOT NULL,
	"date" date NOT NULL,
	"state" text NOT NULL,
	"settled_at" timestamp with time zone NOT NULL,
	"nights_in" integer,
	"nights_expected" integer,
	"down_from" timestamp with time zone,
	"down_until" timestamp with time zone,
	"news_since" timestamp with time zone,
	"looked_at" timestamp with time zone,
	CONSTRAINT "squad_mornings_squad_id_date_pk" PRIMARY KEY("squad_id","date")
);
--> statement-breakpoint
CREATE TABLE "awake_spans" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"awake_from" timestamp with time zone NOT NULL,
	"awake_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "squads" ADD COLUMN "nights_share_percent" integer DEFAULT 80 NOT NULL;--> statement-breakpoint
ALTER TABLE "squads" ADD COLUMN "latest_minutes" integer DEFAULT 45 NOT NULL;--> statement-breakpoint
ALTER TABLE "later_mail_stops" ADD CONSTRAINT "later_mail_stops_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "later_mail_stops" ADD CONSTRAINT "later_mail_stops_squad_id_squads_id_fk" FOREIGN KEY ("squad_id") REFERENCES "public"."squads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "squad_mornings" ADD CONSTRAINT "squad_mornings_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "squad_mornings" ADD CONSTRAINT "squad_mornings_squad_id_squads_id_fk" FOREIGN KEY ("squad_id") REFERENCES "public"."squads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "squad_mornings_team" ON "squad_mornings" USING btree ("team_id","date");