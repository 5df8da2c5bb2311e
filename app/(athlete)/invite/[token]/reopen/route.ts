import { answerForm, noFields } from "@/app/answer-form";
import { visitorContext } from "@/app/context";
import { reopenInvitation } from "@/lib/services/invitations/answer";

type Params = { params: Promise<{ token: string }> };

/** Takes a decline back; a link that has ended otherwise says so on its own page. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  return answerForm(request, {
    fields: noFields,
    act: async () => {
      await reopenInvitation({ ctx: await visitorContext(), input: { token } });
      return `/invite/${token}`;
    },
    refused: () => `/invite/${token}`,
  });
}
