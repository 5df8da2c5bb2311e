import { createKept } from "./kept";

type Say = (key: string, values?: Record<string, string | number>) => string;

/** A translator that words the same thing once: a thousand rows repeat a few dozen texts. */
export function remember(say: Say): Say {
  const said = createKept();
  return (key, values) => said(values ? key + JSON.stringify(values) : key, () => say(key, values));
}
