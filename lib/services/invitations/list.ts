import { parse } from "csv-parse/sync";
import { z } from "zod";
import { listKnownEmails } from "@/db/queries/athletes";
import { inTransaction } from "@/db/transaction";
import { athleteGroup, athleteName } from "@/lib/athlete-fields";
import type { Context } from "@/lib/context";
import { emailAddress } from "@/lib/email/address";
import { AppError } from "@/lib/errors";
import { requireCan } from "@/lib/services/access/require";
import { getSquad } from "@/lib/services/squads/manage";
import { inviteAthlete } from "./invite";

const mostLines = 500;

/**
 * What inviting a pasted list would do, line by line; sends nothing. Coaches and owners.
 * @throws AppError `bad-input` above 500 lines, `not-found`, `forbidden`, `not-signed-in`
 */
export async function previewMany(of: {
  ctx: Context;
  input: { squadId: string; text: string };
}): Promise<InvitationLine[]> {
  const { teamId } = requireCan(of.ctx, "athletes.invite");
  const { squadId, text } = of.input;
  await getSquad({ ctx: of.ctx, input: { squadId } });
  const lines = readInvitationList(text);
  if (lines.length > mostLines)
    throw new AppError("bad-input", `At most ${mostLines} lines at a time.`, { field: "text" });
  const emails = lines.flatMap((line) => line.email ?? []);
  const known = new Set(await listKnownEmails(of.ctx.db, { teamId, squadId, emails }));
  return lines.map((line) => ({
    ...line,
    problem: line.problem ?? (line.email && known.has(line.email) ? "already-there" : null),
  }));
}

type InvitedMany = {
  invited: { athleteId: string; name: string; email: string | null; link: string }[];
  /** Lines that were not invited, each with its problem. */
  left: InvitationLine[];
};

/**
 * Invites every line of a pasted list that has no problem, all or none if anything fails. Coaches and owners.
 * @throws AppError `bad-input`, `not-found`, `forbidden`, `not-signed-in`
 */
export async function inviteMany(of: {
  ctx: Context;
  input: { squadId: string; text: string; locale?: string };
}): Promise<InvitedMany> {
  const { squadId, text, locale } = of.input;
  return inTransaction(of.ctx, async (ctx) => {
    const lines = await previewMany({ ctx, input: { squadId, text } });
    const invited: InvitedMany["invited"] = [];
    for (const { name, email, groupName } of lines.filter((line) => line.problem === null)) {
      const input = { squadId, name, email: email ?? undefined, groupName: groupName ?? undefined, locale };
      const { athleteId, link } = await inviteAthlete({ ctx, input });
      invited.push({ athleteId, name, email, link });
    }
    return { invited, left: lines.filter((line) => line.problem !== null) };
  });
}

type LineProblem =
  | "no-name"
  | "bad-name"
  | "bad-email"
  | "bad-group"
  | "too-many-columns"
  | "unknown-column"
  | "unreadable"
  | "repeated"
  | "already-there";

export type InvitationLine = {
  /** 1 is the first line of the text. */
  line: number;
  name: string;
  email: string | null;
  groupName: string | null;
  /** The line as it was pasted, to be found again where something is wrong with it. */
  raw: string;
  problem: null | LineProblem;
};

const COLUMNS = ["name", "email", "group"] as const;

type Column = (typeof COLUMNS)[number];

/** A name may also stand in two columns. */
type Heading = Column | "first" | "last";

type Row = { line: number; raw: string; cells: string[] | null };

type Read = Pick<InvitationLine, "name" | "email" | "groupName" | "problem">;

const HEADINGS: Record<string, Heading> = {
  name: "name",
  "full name": "name",
  athlete: "name",
  nimi: "name",
  urheilija: "name",
  "first name": "first",
  firstname: "first",
  "given name": "first",
  etunimi: "first",
  "last name": "last",
  lastname: "last",
  surname: "last",
  "family name": "last",
  sukunimi: "last",
  email: "email",
  "e-mail": "email",
  mail: "email",
  "e-mail address": "email",
  "email address": "email",
  address: "email",
  sähköposti: "email",
  group: "group",
  ryhmä: "group",
  alaryhmä: "group",
};

const recordsSchema = z.array(z.array(z.string()));

const isEmail = (cell: string) => emailAddress.safeParse(cell).success;

/**
 * Reads a pasted list or a CSV of athletes: one address a line, `Name <address>`, or columns divided by comma, semicolon or
 * tab: name, e-mail and group, in the order that a line of headings gives. An address is also found in another column. Each
 * cell is judged by what its column must hold: what is no address in the column of addresses is never taken for a group.
 * Nothing is dropped: lines that cannot be invited say why.
 */
export function readInvitationList(text: string): InvitationLine[] {
  const rows = rowsOf(text);
  const headed = rows[0]?.cells ? headingsIn(rows[0].cells) : null;
  const columns = headed ?? columnsBelow(rows);
  const seen = new Set<string>();
  return rows.flatMap(({ line, raw, cells }, index) => {
    if (headed && index === 0) return headingProblem({ line, raw, cells: cells ?? [] });
    const read = cells ? readCells(cells, columns) : { ...nobody, problem: "unreadable" as const };
    const repeated = read.email !== null && seen.has(read.email);
    if (read.email !== null) seen.add(read.email);
    return { line, raw, ...read, problem: read.problem ?? (repeated ? ("repeated" as const) : null) };
  });
}

const nobody = { name: "", email: null, groupName: null };

function rowsOf(text: string): Row[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((raw, index) => ({ line: index + 1, raw: raw.trim(), cells: cellsOf(raw) }))
    .filter(({ cells }) => cells === null || cells.some((cell) => cell !== ""));
}

/** Null where the line is not of columns, for instance because a quote is never closed. */
function cellsOf(raw: string): string[] | null {
  const bracketed = /^\s*"?([^"<>]*?)"?\s*<([^<>]+)>\s*,?;?\s*$/.exec(raw);
  if (bracketed) return bracketed.slice(1, 3).map((cell) => cell.trim());
  if (raw.trim() === "") return [];
  const delimiter = raw.includes("\t") ? "\t" : raw.includes(";") ? ";" : ",";
  try {
    const options = { delimiter, relax_column_count: true, relax_quotes: true, trim: true };
    return recordsSchema.parse(parse(raw, options))[0] ?? [];
  } catch {
    return null;
  }
}

type Columns = readonly (Heading | null)[];

/** The meaning of each column, where the first line holds headings: at least one that is known, and no address. */
function headingsIn(cells: readonly string[]): Columns | null {
  const columns = cells.map((cell) => HEADINGS[cell.toLowerCase()] ?? null);
  return columns.some((column) => column !== null) && !cells.some((cell) => cell.includes("@"))
    ? columns
    : null;
}

/** A heading that is not known, or that stands a second time, is said, because what is below it is left out. */
function headingProblem({ line, raw, cells }: { line: number; raw: string; cells: string[] }) {
  const columns = cells.map((cell) => HEADINGS[cell.toLowerCase()]);
  const unknown = cells.filter((cell, index) => {
    const column = columns[index];
    return cell !== "" && (column === undefined || columns.indexOf(column) < index);
  });
  return unknown.map((name) => ({ ...nobody, line, raw, name, problem: "unknown-column" as const }));
}

/** Without headings: name, e-mail, group, unless most addresses of the list stand in another column. */
function columnsBelow(rows: readonly Row[]): Columns {
  const counts = new Map<number, number>();
  for (const { cells } of rows) {
    const at = cells && cells.length > 1 ? cells.findIndex(isEmail) : -1;
    if (at >= 0) counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const [at = 1] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  const others = COLUMNS.filter((column) => column !== "email");
  return COLUMNS.map((_, index) => (index === at ? "email" : (others.shift() ?? null)));
}

function readCells(cells: readonly string[], columns: Columns): Read {
  if (cells.some((cell, index) => cell !== "" && index >= columns.length))
    return { ...nobody, name: cells[0] ?? "", problem: "too-many-columns" };
  const placed = placeCells(cells, columns);
  const address = placed.email === "" ? null : placed.email;
  const email = address && (emailAddress.safeParse(address).data ?? address.toLowerCase());
  const name = placed.name || (email !== null && isEmail(email) ? nameFrom(email) : "");
  return { name, email, groupName: placed.group || null, problem: problemOf({ ...placed, name, email }) };
}

/** A cell alone is a name or an address; an address in the wrong column changes places with what stands in its own. */
function placeCells(cells: readonly string[], columns: Columns): Record<Column, string> {
  const placed = { name: "", email: "", group: "" };
  const filled = cells.filter((cell) => cell !== "");
  const [only = ""] = filled;
  if (filled.length === 1 && (only.includes("@") || cells.length === 1))
    return only.includes("@") ? { ...placed, email: only } : { ...placed, name: only };
  const under = (heading: Heading) => cells[columns.indexOf(heading)] ?? "";
  for (const column of COLUMNS) placed[column] = under(column);
  placed.name ||= [under("first"), under("last")].filter((part) => part !== "").join(" ");
  if (isEmail(placed.email)) return placed;
  const column = COLUMNS.find((name) => name !== "email" && isEmail(placed[name]));
  if (!column) return placed;
  const { email } = placed;
  placed.email = placed[column];
  placed[column] = email;
  return placed;
}

function problemOf(read: { name: string; email: string | null; group: string }): LineProblem | null {
  const { name, email, group } = read;
  if (email !== null && !isEmail(email)) return "bad-email";
  if (name === "") return "no-name";
  if (!athleteName.safeParse(name).success) return "bad-name";
  if (!athleteGroup.safeParse(group).success) return "bad-group";
  return null;
}

/** `signe.holm@example.org` gives "Signe Holm": the coach sees and can correct it before anything is sent. */
function nameFrom(email: string): string {
  const local = email.split("@")[0] ?? "";
  return local
    .split(/[._-]+/)
    .filter((part) => part !== "")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(" ");
}
