import { answerForm, noFields } from "@/app/answer-form";
import { athleteContext } from "@/app/context";
import { resumeSharing } from "@/lib/services/own-page/sharing";

export async function POST(request: Request): Promise<Response> {
  return answerForm(request, {
    fields: noFields,
    act: async () => {
      const { pausedOn } = await resumeSharing({ ctx: await athleteContext() });
      return pausedOn ? `/me/connected?since=${pausedOn}` : "/me";
    },
    refused: () => "/me",
  });
}
