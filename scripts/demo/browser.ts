/** A browser without a screen: keeps cookies of one origin, follows nothing by itself. */
export type Browser = {
  get(url: string): Promise<Response>;
  submit(url: string, form: Record<string, string>): Promise<Response>;
};

const LONGEST_ANSWER_MS = 60_000;

/** A browser of one person; cookies go to `appUrl` only. */
export function openBrowser(appUrl: string): Browser {
  const cookies = new Map<string, string>();

  async function request(url: string, init: RequestInit): Promise<Response> {
    const isApp = new URL(url).origin === appUrl;
    const headers = new Headers(init.headers);
    if (isApp) headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const signal = AbortSignal.timeout(LONGEST_ANSWER_MS);
    const response = await fetch(url, { ...init, headers, redirect: "manual", signal });
    if (isApp) for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie);
    return response;
  }

  return {
    get: (url) => request(url, {}),
    submit: (url, form) => request(url, { method: "POST", body: new URLSearchParams(form) }),
  };
}

function keep(cookies: Map<string, string>, cookie: string): void {
  const [pair = ""] = cookie.split(";");
  const split = pair.indexOf("=");
  const name = pair.slice(0, split);
  const value = pair.slice(split + 1);
  if (value === "" || /;\s*max-age=0\b/i.test(cookie)) cookies.delete(name);
  else cookies.set(name, value);
}

/** Where an answer sends the browser. Throws when it sends it nowhere. */
export function locationOf(response: Response): string {
  const location = response.headers.get("location");
  if (location === null || response.status < 300 || response.status > 399)
    throw new Error(`${response.url} answered ${response.status} instead of going on`);
  return new URL(location, response.url).toString();
}
