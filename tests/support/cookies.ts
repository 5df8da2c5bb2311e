/** Keeps an answer's cookies as a browser would: an empty value or no age left deletes one. */
export function store(jar: Map<string, string>, answer: Response): void {
  for (const header of answer.headers.getSetCookie()) {
    const [pair = "", ...attributes] = header.split("; ");
    const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    const gone = value === "" || attributes.some((attribute) => attribute.toLowerCase() === "max-age=0");
    if (gone) jar.delete(name);
    else jar.set(name, value);
  }
}

/** The `Cookie` header of a jar. */
export function cookieHeader(jar: Map<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}
