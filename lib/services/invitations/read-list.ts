import { z } from "zod";

export type InvitationLine = {
  /** 1 is the first line of the text. */
  line: number;
  name: string;
  email: string | null;
  groupName: string | null;
  problem: null | "no-name" | "bad-email" | "repeated" | "already-there";
};

const emailSchema = z.email();
const headings = new Set([
  "name",
  "email",
  "e-mail",
  "mail",
  "group",
  "athlete",
  "nimi",
  "sähköposti",
  "ryhmä",
]);

/**
 * Reads a pasted list or a CSV of athletes: one address a line, `Name <address>`, or columns name, e-mail and
 * group in any order, divided by comma, semicolon or tab. A line of headings is skipped. Nothing is dropped:
 * lines that cannot be invited say why.
 */
export function readInvitationList(text: string): InvitationLine[] {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((raw, index) => ({ line: index + 1, cells: cellsOf(raw) }))
    .filter(({ cells }) => cells.some((cell) => cell !== "") && !isHeading(cells));
  const seen = new Set<string>();
  return lines.map(({ line, cells }) => {
    const read = readCells(cells);
    const repeated = read.email !== null && seen.has(read.email);
    if (read.email !== null) seen.add(read.email);
    return { line, ...read, problem: read.problem ?? (repeated ? "repeated" : null) };
  });
}

function cellsOf(raw: string): string[] {
  const bracketed = /^\s*"?([^"<>]*?)"?\s*<([^<>]+)>\s*,?;?\s*$/.exec(raw);
  if (bracketed) return bracketed.slice(1, 3).map((cell) => cell.trim());
  const divider = raw.includes("\t") ? "\t" : raw.includes(";") ? ";" : ",";
  return splitQuoted(raw, divider).map((cell) => cell.trim());
}

/** Divides a CSV line; quoted cells may hold the divider and doubled quotes. */
function splitQuoted(raw: string, divider: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < raw.length; at++) {
    const letter = raw.charAt(at);
    if (letter === '"' && quoted && raw[at + 1] === '"') cell += raw.charAt(++at);
    else if (letter === '"') quoted = !quoted;
    else if (letter === divider && !quoted) {
      cells.push(cell);
      cell = "";
    } else cell += letter;
  }
  return [...cells, cell];
}

function isHeading(cells: string[]): boolean {
  return cells.filter((cell) => cell !== "").every((cell) => headings.has(cell.toLowerCase()));
}

function readCells(cells: string[]): Omit<InvitationLine, "line"> {
  const address = cells.find((cell) => cell.includes("@"));
  const [name = "", groupName = null] = cells.filter((cell) => cell !== "" && cell !== address);
  const email = address?.toLowerCase() ?? null;
  const bad = email !== null && !emailSchema.safeParse(email).success;
  const known = { name: name || nameFrom(email), email, groupName };
  return { ...known, problem: bad ? "bad-email" : known.name === "" ? "no-name" : null };
}

/** `signe.holm@example.org` gives "Signe Holm": the coach sees and can correct it before anything is sent. */
function nameFrom(email: string | null): string {
  const local = email?.split("@")[0] ?? "";
  return local
    .split(/[._-]+/)
    .filter((part) => part !== "")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(" ");
}
