const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const style = `
:root{color-scheme:light dark;--ink:#1d2327;--soft:#5b666e;--paper:#f4f5f4;--card:#fff;--line:#d9dddb;--accent:#a3261f;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebea;--soft:#a3adaa;--paper:#15191a;--card:#1e2324;--line:#353c3d;--accent:#ff8a7d;--on:#1d2327}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
.strip{background:var(--ink);color:var(--paper);padding:.5rem 1rem;font-size:.875rem;text-align:center}
main{max-width:44rem;margin:2rem auto;padding:0 1rem}main.wide{max-width:68rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.5rem;margin-bottom:1.25rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.0625rem;margin:0 0 .75rem}p{margin:0 0 1rem}.soft{color:var(--soft);font-size:.875rem}
.people{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.5rem;border:0;margin:0 0 1.25rem;padding:0;max-height:22rem;overflow:auto}
.people label{display:flex;gap:.625rem;align-items:flex-start;border:1px solid var(--line);border-radius:8px;padding:.5rem .625rem;cursor:pointer}
.people label:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.people input{margin-top:.35rem;accent-color:var(--accent)}small{display:block;color:var(--soft);line-height:1.3}
.row{display:flex;gap:.75rem;flex-wrap:wrap;align-items:end}.row>label{flex:1 1 9rem}
label.field{display:block;font-size:.875rem;color:var(--soft)}input[type=text],input[type=number],input[type=date],input[type=time],select{width:100%;font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:.5rem .625rem;min-height:2.75rem}
button{font:inherit;font-weight:600;border-radius:8px;padding:.625rem 1.125rem;min-height:2.75rem;border:1px solid var(--line);background:transparent;color:var(--ink);cursor:pointer}
button.main{background:var(--accent);border-color:var(--accent);color:var(--on)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
summary{cursor:pointer;font-weight:600;min-height:2.75rem;display:flex;align-items:center}summary:before{content:"+";margin-right:.5rem}details[open]>summary:before{content:"–"}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.875rem}th,td{text-align:left;padding:.375rem .75rem .375rem 0;border-bottom:1px solid var(--line);vertical-align:top}td{font-variant-numeric:tabular-nums}td:not(:last-child){white-space:nowrap}code{font-size:.8125rem;overflow-wrap:anywhere}
.note{border-left:4px solid var(--accent);padding:.5rem .75rem;background:var(--paper);margin-bottom:1rem}`;

export type Page = { title: string; body: string; width: "narrow" | "wide"; refreshS?: number };

/** A whole page, without any script. */
export function page({ title, body, width, refreshS }: Page): string {
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
${refreshS ? `<meta http-equiv="refresh" content="${refreshS}">` : ""}<title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><style>${style}</style></head><body>
<div class="strip">Polar simulator: invented accounts, not Polar's own service</div>
<main class="${width}">${body}</main></body></html>`;
}
