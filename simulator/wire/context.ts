import type { Knobs } from "../knobs";

/** What the shapes of an answer depend on besides the data. */
export type WireContext = { publicUrl: string; knobs: Knobs; polarUserId: number };

export function userUrl(context: WireContext): string {
  return `${context.publicUrl}/v3/users/${context.polarUserId}`;
}
