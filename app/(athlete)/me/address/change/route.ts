import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { athleteContext } from "@/app/context";
import { text } from "@/app/form";
import { seeOther } from "@/app/see-other";
import { requireCan } from "@/lib/services/access/require";
import { changeOwnAddress } from "@/lib/services/own-page/address";
import { freshSession } from "../../fresh-session";

const fields = z.object({ email: text });

/** The athlete gives another address. */
export async function POST(request: Request): Promise<Response> {
  return answerForm(request, {
    fields,
    act: async (input) => {
      const ctx = await athleteContext();
      await changeOwnAddress({ ctx, input });
      const { athleteId } = requireCan(ctx, "own-address.change");
      return seeOther("/me?say=address-changed", [await freshSession(athleteId)]);
    },
    refused: ({ code }) =>
      code === "sign-in-again" ? "/me/sign-in?say=sign-in-again" : "/me/address?say=bad-email",
  });
}
