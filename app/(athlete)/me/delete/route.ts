import { answerForm, noFields } from "@/app/answer-form";
import { athleteContext } from "@/app/context";
import { seeOther } from "@/app/see-other";
import { endAthleteSession } from "@/lib/auth/athlete-session";
import { env } from "@/lib/env";
import { deleteNow } from "@/lib/services/own-page/sharing";

export async function POST(request: Request): Promise<Response> {
  return answerForm(request, {
    fields: noFields,
    act: async () => {
      const { deleted } = await deleteNow({ ctx: await athleteContext() });
      const say = deleted === "now" ? "deleted" : "deleted-soon";
      return seeOther(`/me/sign-in?say=${say}`, [endAthleteSession(env().APP_URL)]);
    },
    refused: () => "/me",
  });
}
