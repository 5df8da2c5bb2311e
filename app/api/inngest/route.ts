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
    return handlers[method](request, context);
  };
}

export const GET = forServer("GET");
export const POST = forServer("POST");
export const PUT = forServer("PUT");
