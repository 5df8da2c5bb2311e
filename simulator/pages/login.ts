import type { Athlete } from "../scenario";
import { escapeHtml, page } from "./layout";

type LoginPage = { accounts: (Athlete & { connected: boolean })[]; query: string; problem: string | null };

function person(account: LoginPage["accounts"][number]): string {
  const remark = account.connected ? "connected" : account.device.model;
  return `<label><input type="radio" name="login" value="${escapeHtml(account.login)}">
<span>${escapeHtml(`${account.firstName} ${account.lastName}`)}<small>${escapeHtml(remark)}</small></span></label>`;
}

function newAthlete(action: string, state: "open" | "closed"): string {
  return `<section class="card"><details${state === "open" ? " open" : ""}><summary>Be a new athlete</summary>
<p class="soft">Creates a Polar account with 90 days of invented history.</p>
<form method="post" action="${action}"><input type="hidden" name="signup" value="1">
<div class="row"><label class="field">First name<input type="text" name="first_name" required maxlength="60"></label>
<label class="field">Last name<input type="text" name="last_name" required maxlength="60"></label>
<label class="field">The last weeks<select name="story"><option value="steady">Steady</option><option value="flagged">HRV drop beside rising load</option></select></label></div>
<p></p><button class="main" name="decision" value="accept">Create account and allow access</button></form></details></section>`;
}

/** The login and consent page: pick an account or make one, then allow or deny. Free accounts come first. */
export function loginPage({ accounts, query, problem }: LoginPage): string {
  const action = `/oauth2/authorization?${escapeHtml(query)}`;
  const free = accounts.filter((account) => !account.connected);
  const taken = accounts.filter((account) => account.connected);
  return page({
    title: "Polar simulator: sign in",
    width: "narrow",
    body: `<section class="card"><h1>Allow access to your Polar data?</h1>
<p>The application asks to read your training, daily activity, sleep, Nightly Recharge, cardio load and physical information.</p>
${problem ? `<p class="note" role="alert">${escapeHtml(problem)}</p>` : ""}
<form method="post" action="${action}"><h2 id="who">Continue as</h2>
<fieldset class="people" aria-labelledby="who">${[...free, ...taken].map(person).join("")}</fieldset>
<div class="row"><button class="main" name="decision" value="accept">Allow access</button><button name="decision" value="deny">Deny</button></div></form></section>
${newAthlete(action, free.length === 0 ? "open" : "closed")}`,
  });
}

export function messagePage(title: string, code: string): string {
  return page({
    title,
    width: "narrow",
    body: `<section class="card"><h1>${escapeHtml(title)}</h1><p><code>${escapeHtml(code)}</code></p></section>`,
  });
}
