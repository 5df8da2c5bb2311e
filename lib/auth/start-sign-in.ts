import { NextRequest } from "next/server";

type Handler = (request: NextRequest) => Promise<Response>;

/**
 * Begins a sign-in on the server, as next-auth's own form would: fetches a CSRF token, posts it with the given
 * fields, and returns where to go and which cookies the browser needs.
 */
export async function startSignIn(input: {
  handlers: { GET: Handler; POST: Handler };
  appUrl: string;
  basePath: string;
  provider: string;
  fields: Record<string, string>;
}): Promise<{ location: string; cookies: string[] }> {
  const base = `${input.appUrl}${input.basePath}`;
  const csrf = await input.handlers.GET(new NextRequest(`${base}/csrf`));
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const cookie = csrf.headers
    .getSetCookie()
    .map((header) => header.split(";")[0])
    .join("; ");
  const answer = await input.handlers.POST(
    new NextRequest(`${base}/signin/${input.provider}`, {
      method: "POST",
      headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...input.fields, csrfToken }),
    }),
  );
  return { location: answer.headers.get("location") ?? "", cookies: answer.headers.getSetCookie() };
}
