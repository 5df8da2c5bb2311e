type Say = (key: string, values?: Record<string, string | number>) => string;

/** A translator that words the same thing once: a thousand rows repeat a few dozen texts. */
export function remember(say: Say): Say {
  const said = new Map<string, string>();
  return (key, values) => {
    const id = values ? key + JSON.stringify(values) : key;
    const kept = said.get(id) ?? say(key, values);
    said.set(id, kept);
    return kept;
  };
}
