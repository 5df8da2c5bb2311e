import { answerForm, noFields } from "@/app/answer-form";
import { athleteContext } from "@/app/context";
import { pauseSharing } from "@/lib/services/own-page/sharing";

export async function POST(request: Request): Promise<Response> {
  return answerForm(request, {
    fields: noFields,
    act: async () => {
      await pauseSharing({ ctx: await athleteContext() });
      return "/me?say=paused";
    },
    refused: () => "/me",
  });
}
