import { answerForm, noFields } from "@/app/answer-form";
import { athleteContext } from "@/app/context";
import { refuseMore } from "@/lib/services/consents/widening";

export async function POST(request: Request): Promise<Response> {
  return answerForm(request, {
    fields: noFields,
    act: async () => {
      await refuseMore({ ctx: await athleteContext() });
      return "/me?say=refused";
    },
    refused: () => "/me",
  });
}
