import { athleteAuth } from "@/app/api/athlete-auth/athlete-auth";
import type { Intent } from "@/lib/auth/intent";
import { cookieHeader, store } from "./cookies";

type Decision = "accept" | "deny";

/** A browser on the way to Polar and back: keeps cookies, posts the simulator's login page. */
export function athleteBrowser() {
  const jar = new Map<string, string>();
  return {
    jar,
    /** Starts the walk; returns Polar's authorization address. */
    begin: async (intent: Intent): Promise<string> => {
      const { location, cookies } = await athleteAuth().begin(intent);
      const headers = new Headers();
      for (const cookie of cookies) headers.append("set-cookie", cookie);
      store(jar, new Response(null, { headers }));
      return location;
    },
    /** Logs in at Polar; returns the address Polar sends the browser back to. */
    decide: async (
      authorizationUrl: string,
      login: string,
      decision: Decision = "accept",
    ): Promise<string> => {
      const answer = await fetch(authorizationUrl, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams({ login, decision }),
      });
      return answer.headers.get("location") ?? "";
    },
    /** Follows Polar's answer into the app; returns the page it leads to. */
    comeBack: async (callbackUrl: string): Promise<string> => {
      const headers = { cookie: cookieHeader(jar) };
      const answer = await athleteAuth().handle(new Request(callbackUrl, { headers }));
      store(jar, answer);
      const location = new URL(answer.headers.get("location") ?? "", "http://nowhere");
      return location.pathname + location.search;
    },
  };
}

/** The whole walk in one browser: out to Polar, a decision, and back to a page. */
export async function walkToPolar(intent: Intent, login: string, decision: Decision = "accept") {
  const browser = athleteBrowser();
  const authorizationUrl = await browser.begin(intent);
  const page = await browser.comeBack(await browser.decide(authorizationUrl, login, decision));
  return { page, jar: browser.jar };
}
