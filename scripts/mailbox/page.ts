import type { Message } from "./store";

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem; }
  h1 { font-size: 1.3rem; } nav, small, time { opacity: .75; }
  table { width: 100%; border-collapse: collapse; }
  td { padding: .5rem .5rem .5rem 0; border-top: 1px solid #8884; vertical-align: top; }
  iframe { width: 100%; height: 75vh; border: 1px solid #8884; border-radius: .5rem; background: #fff; }
  pre { white-space: pre-wrap; }`;

function page(title: string, body: string, head = ""): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style>${head}</head><body>${body}</body></html>`;
}

function row(message: Message): string {
  const time = message.receivedAt.slice(0, 16).replace("T", " ");
  return `<tr><td><a href="/open/${message.id}">${escapeHtml(message.subject || "(no subject)")}</a><br>
<small>to ${escapeHtml(message.to.join(", "))}</small></td><td><time datetime="${message.receivedAt}">${time} UTC</time></td></tr>`;
}

/** The list of messages; it looks for new ones every few seconds. */
export function listPage(messages: readonly Message[]): string {
  const list = messages.length
    ? `<table>${messages.map(row).join("")}</table>`
    : "<p>No mail yet. It appears here as soon as Restday sends some.</p>";
  const intro =
    "<p>Everything Restday sends in the demonstration arrives here; nothing leaves this machine.</p>";
  const refresh = '<meta http-equiv="refresh" content="4">';
  return page("Local mailbox", `<h1>Local mailbox</h1>${intro}${list}`, refresh);
}

/** One message: as it looks, and as plain text. */
export function messagePage(message: Message): string {
  const document = `<base target="_blank">${message.html}`;
  // No scripts inside; links open in a tab of their own.
  const sandbox = "allow-popups allow-popups-to-escape-sandbox";
  const rendered = message.html
    ? `<iframe title="Message" sandbox="${sandbox}" srcdoc="${escapeHtml(document)}"></iframe>`
    : "";
  const text = `<details${message.html ? "" : " open"}><summary>Plain text</summary><pre>${linked(message.text)}</pre></details>`;
  const head = `<nav><a href="/">All messages</a></nav><h1>${escapeHtml(message.subject)}</h1>
<p><small>from ${escapeHtml(message.from)} to ${escapeHtml(message.to.join(", "))}</small></p>`;
  return page(message.subject, `${head}${rendered}${text}`);
}

function linked(text: string): string {
  return escapeHtml(text).replace(
    /https?:\/\/[^\s<>]+/g,
    (url) => `<a href="${url}" target="_blank" rel="noreferrer">${url}</a>`,
  );
}
