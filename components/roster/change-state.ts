/** The fields of an athlete in which something can be wrong. */
export const CHANGE_FIELDS = ["name", "email", "groupName"] as const;

type Entered = { name: string; email: string; groupName: string; squadId: string };

/** What came of changing an athlete: as it was entered, and the field that is wrong, if it is one of them. */
export type ChangeState =
  | { kind: "idle" }
  | { kind: "refused"; field: (typeof CHANGE_FIELDS)[number] | null; entered: Entered };
