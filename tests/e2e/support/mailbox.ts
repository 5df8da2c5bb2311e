import { product, until } from "./product";

export type Message = { id: string; to: string[]; subject: string; text: string; html: string };

async function messages(): Promise<Message[]> {
  const response = await fetch(`${product.mailbox}/messages`);
  return (await response.json()) as Message[];
}

/** What is in the mailbox already: to tell a mail that comes from an older one like it. */
export async function mailsSoFar(): Promise<ReadonlySet<string>> {
  return new Set((await messages()).map(({ id }) => id));
}

/** The newest mail to an address whose subject matches, once it has arrived over SMTP. */
export function mailTo(
  address: string,
  subject: RegExp,
  isIt: (mail: Message) => boolean = () => true,
): Promise<Message> {
  return until(`a mail to ${address}`, 90, async () =>
    (await messages()).find((mail) => mail.to.includes(address) && subject.test(mail.subject) && isIt(mail)),
  );
}

/** The first link in a mail that contains `part`. */
export function linkIn(mail: Message, part: string): string {
  const link = mail.text.match(/https?:\/\/\S+/g)?.find((url) => url.includes(part));
  if (!link) throw new Error(`The mail "${mail.subject}" has no link with ${part}`);
  return link;
}
