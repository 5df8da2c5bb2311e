import { sportNames } from "../generate/sport";
import type { Delivery, Webhook } from "../state";
import { escapeHtml, page } from "./layout";

export type ConsolePage = {
  scenario: string;
  about: string;
  today: string;
  history: string;
  limits: string;
  notice: string | null;
  chosen: string;
  athletes: {
    login: string;
    name: string;
    story: string;
    registered: boolean;
    state: string;
    latestNight: string;
    waiting: number;
  }[];
  webhook: Webhook | null;
  deliveries: Delivery[];
};

function options(view: ConsolePage): string {
  return [...view.athletes]
    .sort((a, b) => Number(b.registered) - Number(a.registered))
    .map(
      (a) =>
        `<option value="${escapeHtml(a.login)}"${a.login === view.chosen ? " selected" : ""}>${escapeHtml(a.name)}${a.registered ? "" : " (not connected)"}</option>`,
    )
    .join("");
}

function forms(view: ConsolePage): string {
  const who = `<label class="field">Athlete<select name="login">${options(view)}</select></label>`;
  const date = `<label class="field">Date<input type="date" name="date" value="${view.today}" max="${view.today}" required></label>`;
  const sports = sportNames.map((name) => `<option>${name}</option>`).join("");
  return `<section class="card"><h2>Add a night</h2><form method="post" action="/console/night"><div class="row">${who}${date}
<label class="field">RMSSD in ms<input type="number" name="rmssdMs" min="1" max="300" step="0.1" value="45" required></label>
<label class="field">Hours of sleep<input type="number" name="sleepHours" min="1" max="16" step="0.1" value="7.5"></label>
<button class="main">Add night</button></div></form></section>
<section class="card"><h2>Add a session</h2><form method="post" action="/console/session"><div class="row">${who}${date}
<label class="field">Start<input type="time" name="startTime" value="07:30" required></label>
<label class="field">Sport<select name="sport">${sports}</select></label>
<label class="field">Cardio load<input type="number" name="cardioLoad" min="0" max="600" value="90" required></label>
<button class="main">Add session</button></div></form></section>`;
}

function webhookPart(view: ConsolePage): string {
  const { webhook } = view;
  const head = webhook
    ? `<p>${webhook.active ? "Active" : "Inactive"}: <code>${escapeHtml(webhook.url)}</code><br><span class="soft">${escapeHtml(webhook.events.join(", "))}</span></p>`
    : "<p>No webhook exists. What you add waits until the application asks for it.</p>";
  const rows = view.deliveries
    .map(
      (d) =>
        `<tr><td>${escapeHtml(new Date(d.createdAt).toISOString().slice(0, 19).replace("T", " "))}</td><td>${escapeHtml(d.event)}</td><td>${escapeHtml(d.login ?? "")}</td><td>${escapeHtml(d.status)}${d.lastStatus === null ? "" : ` (${escapeHtml(String(d.lastStatus))})`}</td><td><code>${escapeHtml(d.body)}</code></td></tr>`,
    )
    .join("");
  const table = rows
    ? `<div class="scroll"><table><thead><tr><th>UTC</th><th>Event</th><th>Athlete</th><th>Answer</th><th>Body</th></tr></thead><tbody>${rows}</tbody></table></div>`
    : '<p class="soft">Nothing was delivered yet.</p>';
  return `<section class="card"><h2>Webhook</h2>${head}${table}</section>`;
}

function athletesPart(view: ConsolePage): string {
  const rows = view.athletes
    .map(
      (a) =>
        `<tr><td>${escapeHtml(a.name)}</td><td>${escapeHtml(a.state)}</td><td>${escapeHtml(a.latestNight)}</td><td>${a.waiting}</td><td>${escapeHtml(a.story)}</td></tr>`,
    )
    .join("");
  return `<section class="card"><h2>Athletes</h2><div class="scroll"><table><thead><tr><th>Name</th><th>Connection</th><th>Latest night</th><th>Uncommitted items</th><th>Story</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** Where a person adds a night or a session and watches it leave through the webhook. */
export function consolePage(view: ConsolePage): string {
  return page({
    title: "Polar simulator",
    width: "wide",
    body: `<section class="card"><h1>Polar simulator</h1><p>${escapeHtml(view.about)}</p>
<p class="soft">Scenario ${escapeHtml(view.scenario)}, today ${view.today}, history ${escapeHtml(view.history)}. ${escapeHtml(view.limits)}</p>
${view.notice ? `<p class="note" role="status">${escapeHtml(view.notice)}</p>` : ""}</section>${forms(view)}${webhookPart(view)}${athletesPart(view)}`,
  });
}
