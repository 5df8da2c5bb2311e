type Entered = { name: string; email: string; groupName: string; squadId: string };

/** What came of changing an athlete: as it was entered, and the field that is wrong, if it is one of them. */
export type ChangeState =
  | { kind: "idle" }
  | { kind: "refused"; field: "name" | "email" | "groupName" | null; entered: Entered };
