/** Names of the values and tags that an ICU message takes, sorted; those inside the branches of a choice are included. */
export function argumentsOf(message: string): string[] {
  const found = new Set<string>();
  readText({ text: message, at: 0, found });
  return [...found].sort();
}

type Reader = { text: string; at: number; found: Set<string> };

/** Reads up to the brace that closes the text, or to its end. */
function readText(reader: Reader): void {
  while (reader.at < reader.text.length && reader.text[reader.at] !== "}") {
    const tag = /^<(\w+)>/.exec(reader.text.slice(reader.at));
    if (tag) reader.found.add(`<${tag[1]}>`);
    if (reader.text[reader.at] === "{") readArgument(reader);
    else reader.at++;
  }
}

/** Reads `{name}` or `{name, plural, one {…} other {…}}`. */
function readArgument(reader: Reader): void {
  const name = /^\{\s*(\w+)/.exec(reader.text.slice(reader.at));
  reader.found.add(name?.[1] ?? "?");
  reader.at += name?.[0].length ?? 1;
  while (reader.at < reader.text.length && reader.text[reader.at] !== "}") {
    const opens = reader.text[reader.at] === "{";
    reader.at++;
    if (opens) {
      readText(reader);
      reader.at++;
    }
  }
  reader.at++;
}
