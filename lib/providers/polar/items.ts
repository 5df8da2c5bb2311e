const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
/** `{` and `[`, `}` and `]` differ in this bit only. */
const CASE = 0x20;
const [OPENING, CLOSING] = [0x7b, 0x7d];

/** Index just after the JSON value that begins at `start` in valid JSON text. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    const isClosing = (letter | CASE) === CLOSING;
    if (letter === QUOTE) at = endOfString(text, at);
    else if ((letter | CASE) === OPENING) depth += 1;
    else if (isClosing) depth -= 1;
    if (depth < 0 || (depth === 0 && letter === COMMA)) return at;
    if (depth === 0 && (letter === QUOTE || isClosing)) return at + 1;
  }
  return text.length;
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
}

function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at > 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at;
}

function skip(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n,:".includes(text[at] ?? "")) at += 1;
  return at;
}

function startOfMember(text: string, key: string): number {
  let at = skip(text, text.indexOf("{") + 1);
  while (text[at] === '"') {
    const nameEnd = endOfString(text, at) + 1;
    const valueStart = skip(text, nameEnd);
    if (JSON.parse(text.slice(at, nameEnd)) === key) return valueStart;
    at = skip(text, endOfValue(text, valueStart));
  }
  return -1;
}

/**
 * The elements of a JSON array as the exact text Polar sent, so that each can be kept as a payload of its own.
 * @param text valid JSON: an array, or an object holding it under `key`
 * @returns null when there is no array there
 */
export function itemTexts(text: string, key: string | null): string[] | null {
  const start = key === null ? skip(text, 0) : startOfMember(text, key);
  if (start < 0 || text[start] !== "[") return null;
  const items: string[] = [];
  let at = skip(text, start + 1);
  while (at < text.length && text[at] !== "]") {
    const end = endOfValue(text, at);
    items.push(text.slice(at, end).trimEnd());
    at = skip(text, end);
  }
  return items;
}
