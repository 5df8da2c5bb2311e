import { readFileSync } from "node:fs";
import { StartProblem } from "../problem";

export type Account = { uid: number; gid: number };

const isRoot = () => process.getuid?.() === 0;

/**
 * The account PostgreSQL runs under: undefined (this one) for an ordinary user; for root, whom PostgreSQL refuses,
 * `postgres` or `nobody`, which must stand in the password file because initdb looks itself up there.
 */
export function databaseAccount(): Account | undefined {
  if (!isRoot()) return undefined;
  const rows = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((row) => row.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const row = rows.find((fields) => fields[0] === name);
    if (row?.[2] && row[3]) return { uid: Number(row[2]), gid: Number(row[3]) };
  }
  throw new StartProblem(
    "PostgreSQL does not run as root and this machine has neither a user postgres nor nobody; start as an ordinary user or set DATABASE_URL.",
  );
}
