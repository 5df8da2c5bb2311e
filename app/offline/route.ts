import { offlinePage } from "./offline-page";

/** The page that browsers keep for when there is no network. It is the same for everybody: it knows nobody. */
export async function GET(request: Request): Promise<Response> {
  const wanted = new URL(request.url).searchParams;
  const page = offlinePage({ locale: wanted.get("locale") ?? "en", theme: wanted.get("theme") });
  return new Response(page, {
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
