import { z } from "zod";
import { json, type Reply } from "./http/reply";
import type { Handler, Incoming } from "./http/router";
import { isLocal } from "./local";

function problem(error: unknown): Reply {
  if (error instanceof z.ZodError) {
    const first = error.issues[0];
    return json(400, { error: `${first?.path.join(".") || "body"}: ${first?.message ?? "not valid"}` });
  }
  return json(400, { error: error instanceof Error ? error.message : String(error) });
}

/** Control answers this machine alone, and says in one line what it did not understand. */
export function control(handle: Handler) {
  return async (incoming: Incoming): Promise<Reply> => {
    if (!isLocal(incoming)) return json(403, { error: "the control API answers this machine only" });
    try {
      return await handle(incoming);
    } catch (error) {
      return problem(error);
    }
  };
}
