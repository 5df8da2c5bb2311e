import { getMessages } from "next-intl/server";

/** The words that forms about athletes need in the browser: those of their room, and what is wrong with an address. */
export async function wordsOf(room: "invite" | "roster") {
  const { squad, errors } = await getMessages();
  const { address } = errors as { address: string };
  return { squad: { [room]: (squad as Record<string, object>)[room] ?? {} }, errors: { address } };
}
