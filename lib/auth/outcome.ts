import type { Intent } from "./intent";

/** Every end of a walk to Polar that is not success; each has its own sentence on the page it leads to. */
export type Outcome =
  | "denied"
  | "start-again"
  | "link-ended"
  | "taken"
  | "unknown"
  | "provider-busy"
  | "provider-failed";

function pageOf(intent: Intent | undefined): string {
  if (intent?.kind === "invitation") return `/invite/${intent.token}`;
  return intent?.kind === "reconnect" ? "/me" : "/me/sign-in";
}

/** Saying no at Polar means something else for somebody who shares already, or who only wanted to sign in. */
function sayOf(intent: Intent | undefined, outcome: Outcome): string {
  if (outcome !== "denied" || intent?.kind === "invitation") return outcome;
  return intent?.kind === "reconnect" ? "denied-again" : "denied-sign-in";
}

/** The page that says how the walk to Polar ended: the invitation, the own page, or the athletes' sign-in. */
export function outcomePath(intent: Intent | undefined, outcome: Outcome): string {
  return `${pageOf(intent)}?say=${sayOf(intent, outcome)}`;
}
