import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJson, writeAtomically } from "../run/files";

const messageSchema = z.object({
  id: z.string(),
  receivedAt: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  headers: z.record(z.string(), z.string()),
});

export type Message = z.infer<typeof messageSchema>;
export type Mail = Omit<Message, "id" | "receivedAt">;

export type MailStore = {
  add(mail: Mail): Message;
  /** Newest first. */
  list(): Message[];
  find(id: string): Message | undefined;
  clear(): void;
};

const kept = 1_000;

function load(folder: string): Message[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const parsed = files.sort().map((name) => messageSchema.safeParse(readJson(join(folder, name))));
  return parsed.flatMap((result) => (result.success ? [result.data] : []));
}

/** Messages in a folder, one file each, written before the sender is told that they arrived. */
export function openMailStore(folder: string): MailStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (id: string) => join(folder, `${id}.json`);
  let messages = load(folder);
  let sequence = 0;

  function add(mail: Mail): Message {
    const now = new Date();
    sequence += 1;
    const order = `${now.getTime()}${String(sequence % 1_000).padStart(3, "0")}`;
    const message = {
      ...mail,
      id: `${order}-${randomBytes(4).toString("hex")}`,
      receivedAt: now.toISOString(),
    };
    writeAtomically(fileOf(message.id), JSON.stringify(message), 0o600);
    messages.push(message);
    for (const old of messages.slice(0, -kept)) rmSync(fileOf(old.id), { force: true });
    messages = messages.slice(-kept);
    return message;
  }

  return {
    add,
    list: () => [...messages].reverse(),
    find: (id) => messages.find((message) => message.id === id),
    clear() {
      for (const message of messages) rmSync(fileOf(message.id), { force: true });
      messages = [];
    },
  };
}
