import { visitorContext } from "@/app/context";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { AppError } from "@/lib/errors";
import { reopenInvitation } from "@/lib/services/invitations/answer";

type Params = { params: Promise<{ token: string }> };

/** Takes a decline back; a link that has ended otherwise says so on its own page. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const { token } = await params;
  try {
    await reopenInvitation({ ctx: await visitorContext(), input: { token } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return seeOther(`/invite/${token}`);
}
