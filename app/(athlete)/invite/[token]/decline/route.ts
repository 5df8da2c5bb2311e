import { optionalAthleteContext, visitorContext } from "@/app/context";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { AppError } from "@/lib/errors";
import { declineInvitation } from "@/lib/services/invitations/answer";

type Params = { params: Promise<{ token: string }> };

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const { token } = await params;
  const ctx = (await optionalAthleteContext()) ?? (await visitorContext());
  try {
    await declineInvitation({ ctx, input: { token } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return seeOther(`/invite/${token}`);
  }
  return seeOther(`/invite/${token}/declined`);
}
