import { answerForm, noFields } from "@/app/answer-form";
import { invitedContext } from "@/app/context";
import { declineInvitation } from "@/lib/services/invitations/answer";

type Params = { params: Promise<{ token: string }> };

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  return answerForm(request, {
    fields: noFields,
    act: async () => {
      const ctx = await invitedContext();
      await declineInvitation({ ctx, input: { token } });
      return `/invite/${token}/declined`;
    },
    refused: () => `/invite/${token}`,
  });
}
