import { languageOf, localeOf } from "@/i18n/locales";
import { sayIn } from "@/i18n/say";

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

// Everything in one text: what it would ask for besides cannot be had without a network. Colours are those of tokens.css.
const STYLE = `
  :root { color-scheme: light dark; --ink: light-dark(#17191c, #ecedee); --page: light-dark(#fafaf8, #101214); }
  :root[data-theme=light] { color-scheme: light; }
  :root[data-theme=dark] { color-scheme: dark; }
  body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.45 "Inter Variable", Inter, system-ui, sans-serif; }
  main { max-width: 34rem; margin: 0 auto; padding: 3rem 1.25rem; }
  h1 { margin: 0 0 .75rem; font-size: 1.375rem; line-height: 1.3; font-weight: 620; letter-spacing: -.014em; }
  p { margin: 0 0 1.5rem; color: light-dark(#454b54, #b4bac2); }
  .brand { font-weight: 600; color: var(--ink); }
  a { display: inline-flex; align-items: center; min-height: 44px; padding: 0 1.25rem; border-radius: 8px;
    background: var(--ink); color: var(--page); font-weight: 500; text-decoration: none; }
  a:focus-visible { outline: 2px solid light-dark(#1d5fd1, #7fb0ff); outline-offset: 2px; }`;

/** HTML of the page shown without a network: why there is nothing to see, and the way to try again. */
export function offlinePage(of: { locale: string; theme: string | null }): string {
  const say = sayIn(of.locale, "shell");
  const word = (key: string) => say(key).replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
  const theme = of.theme === "light" || of.theme === "dark" ? ` data-theme="${of.theme}"` : "";
  return `<!doctype html>
<html lang="${localeOf(languageOf(of.locale))}"${theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${word("offline.title")} · ${word("title")}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="brand">${word("title")}</p>
<h1>${word("offline.title")}</h1>
<p>${word("offline.text")}</p>
<a href="">${word("offline.again")}</a>
</main>
</body>
</html>
`;
}
