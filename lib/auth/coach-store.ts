import { DrizzleAdapter } from "@auth/drizzle-adapter";
import type { Db } from "@/db/client";
import type { accounts, sessions, users, verificationTokens } from "@/db/schema/auth";

type Tables = {
  users: typeof users;
  accounts: typeof accounts;
  sessions: typeof sessions;
  verificationTokens: typeof verificationTokens;
};

/** next-auth's view of our tables of coaches and their sessions. */
export function coachStore(db: Db, tables: Tables) {
  return DrizzleAdapter(db, {
    usersTable: tables.users,
    accountsTable: tables.accounts,
    sessionsTable: tables.sessions,
    verificationTokensTable: tables.verificationTokens,
  });
}
