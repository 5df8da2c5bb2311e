import type { InvitationLine } from "@/lib/services/invitations/list";

/** What became of one invitation. */
export type InviteState =
  | { kind: "idle" }
  | { kind: "invited"; name: string; email: string | null; link: string }
  | { kind: "refused"; name: string; email: string; groupName: string; code: string; field: string | null };

type Line = Pick<InvitationLine, "line" | "raw" | "name" | "email" | "groupName" | "problem">;

/** What became of a pasted list. */
export type InviteManyState =
  | { kind: "idle" }
  | { kind: "preview"; list: string; language: string; lines: readonly Line[] }
  | {
      kind: "sent";
      invited: readonly { athleteId: string; name: string; email: string | null; link: string }[];
      left: readonly Line[];
    }
  | { kind: "refused"; list: string; code: string };
