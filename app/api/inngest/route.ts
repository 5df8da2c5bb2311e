import { serve } from "inngest/next";
import type { NextRequest } from "next/server";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions/index";
import { env } from "@/lib/env";

const handlers = serve({ client: inngest, functions });

/** Where an Inngest server calls the jobs. With the embedded engine nobody does, and there is nothing here. */
function forServer(method: keyof typeof handlers) {
  return async (request: NextRequest, context: unknown): Promise<Response> => {
    if (env().JOBS_ENGINE !== "inngest") return new Response(null, { status: 404 });
    if (!(await isReadable(request))) return new Response(null, { status: 400 });
    return handlers[method](request, context);
  };
}

/** The SDK parses a body before it looks at the signature, and takes one that is no JSON for a fault of its own. */
async function isReadable(request: Request): Promise<boolean> {
  const text = await request.clone().text();
  try {
    if (text !== "") JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export const GET = forServer("GET");
export const POST = forServer("POST");
export const PUT = forServer("PUT");
