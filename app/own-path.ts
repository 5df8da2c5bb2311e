/** A path of this site that a form or an address asked for, else the given one. `//host` and `/\host` are other sites. */
export function ownPath(asked: unknown, otherwise: string): string {
  return typeof asked === "string" && /^\/(?![/\\])/.test(asked) ? asked : otherwise;
}
