import type { Page } from "@playwright/test";
import type { Copy } from "@/i18n/catalogue";
import { loadMessages } from "@/i18n/locales";

/** A piece of English: a whole text as it stands, or a stretch that can stand in any text. */
type English = { key: string; text: string; whole: boolean };

function messagesOf(copy: Copy, path = ""): [key: string, message: string][] {
  return Object.entries(copy).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[path + key, value]] : messagesOf(value, `${path}${key}.`),
  );
}

/** What stands outside of values and tags, and inside of branches: long enough to be nobody's data. */
function stretchesOf(message: string): string[] {
  return message
    .split(/[{}<>]/)
    .map((part) => part.replace(/^\w+, (plural|select),.*$/s, "").trim())
    .filter((part) => part.length >= 12 && part.includes(" "));
}

/** English copy that Finnish words otherwise. What both languages say alike (Nightly Recharge, RMSSD, names of sports) is left out. */
function englishOnly(): English[] {
  const finnish = messagesOf(loadMessages("fi")).map(([, message]) => message);
  const said = new Set(finnish);
  const everything = finnish.join("\n");
  return messagesOf(loadMessages("en"))
    .filter(([key]) => !key.startsWith("language."))
    .flatMap(([key, message]): English[] => {
      const stretches = stretchesOf(message).map((text) => ({ key, text, whole: false }));
      const isPlain = !/[{<]/.test(message) && message.length > 2 && !said.has(message);
      return [...stretches, ...(isPlain ? [{ key, text: message, whole: true }] : [])];
    })
    .filter(({ text, whole }) => whole || !everything.includes(text));
}

/** Everything on a page that people read or hear, but for code, raw data and what is marked as another language. */
function readTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const foreign = "code, pre, script, style, [translate=no], [lang]:not(html):not([lang^=fi])";
    const texts = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element || element.closest(foreign)) continue;
      if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? "");
      else
        for (const name of ["aria-label", "title", "placeholder", "alt", "aria-valuetext"])
          texts.push((node as Element).getAttribute(name) ?? "");
    }
    return texts.map((text) => text.replaceAll(/\s+/g, " ").trim()).filter((text) => text !== "");
  });
}

const english = englishOnly();
/** Keys of messages that do not exist, and raw values of Polar's. */
const RAW = /\b[a-z]+(\.[a-z][\w-]*){2,}\b|\b[A-Z]{2,}_[A-Z_]{2,}\b/;
/** Addresses, and names of settings that stay as they are. */
const NAMES = /[\w.@-]+\.(com|org|net)\b|APP_URL|POLAR_CLIENT_(ID|SECRET)/g;

/** What a Finnish page still says in English, each with the message it is from. */
export async function englishOn(page: Page): Promise<string[]> {
  const texts = [...new Set(await readTexts(page))];
  return texts.flatMap((text) => [
    ...english
      .filter((one) => (one.whole ? one.text === text : text.includes(one.text)))
      .map(({ key }) => `${key}: ${text}`),
    ...(RAW.test(text.replaceAll(NAMES, "")) ? [`raw: ${text}`] : []),
  ]);
}
