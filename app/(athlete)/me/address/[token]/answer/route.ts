import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { visitorContext } from "@/app/context";
import { chosen } from "@/app/form";
import { ADDRESS_ANSWERS, answerAddressLink } from "@/lib/services/own-page/address";

type Params = { params: Promise<{ token: string }> };

const fields = z.object({ answer: chosen(ADDRESS_ANSWERS) });

/** What the reader of the old address says; it opens no page, because all sessions have ended. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  return answerForm(request, {
    fields,
    act: async ({ answer }) => {
      await answerAddressLink({ ctx: await visitorContext(), input: { token, answer } });
      return `/me/sign-in?say=${answer === "agree" ? "address-changed" : "address-kept"}`;
    },
    refused: ({ code }) => (code === "bad-input" ? `/me/address/${token}` : "/me/sign-in?say=link-ended"),
  });
}
