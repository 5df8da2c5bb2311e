import { answerForm, noFields } from "@/app/answer-form";
import { athleteContext } from "@/app/context";
import { stopSharing } from "@/lib/services/own-page/sharing";

export async function POST(request: Request): Promise<Response> {
  return answerForm(request, {
    fields: noFields,
    act: async () => {
      await stopSharing({ ctx: await athleteContext() });
      return "/me?say=stopped";
    },
    refused: () => "/me",
  });
}
