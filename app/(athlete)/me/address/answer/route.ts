import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { athleteContext } from "@/app/context";
import { chosen, text } from "@/app/form";
import { seeOther } from "@/app/see-other";
import type { ErrorCode } from "@/lib/errors";
import { requireCan } from "@/lib/services/access/require";
import { ADDRESS_ANSWERS, answerProposedAddress } from "@/lib/services/own-page/address";
import { freshSession } from "../../fresh-session";

const PAGES: Partial<Record<ErrorCode, string>> = {
  "bad-input": "/me/address",
  "sign-in-again": "/me/sign-in?say=sign-in-again",
};

const fields = z.object({ answer: chosen(ADDRESS_ANSWERS), email: text });

/** The athlete's answer to the address a coach proposes. */
export async function POST(request: Request): Promise<Response> {
  return answerForm(request, {
    fields,
    act: async (input) => {
      const ctx = await athleteContext();
      await answerProposedAddress({ ctx, input });
      if (input.answer === "refuse") return "/me?say=address-kept";
      const { athleteId } = requireCan(ctx, "own-address.change");
      return seeOther("/me?say=address-changed", [await freshSession(athleteId)]);
    },
    refused: ({ code }) => PAGES[code] ?? "/me/address?say=address-outdated",
  });
}
