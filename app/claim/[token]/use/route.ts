import { signInAs } from "@/app/api/auth/sign-in-as";
import { visitorContext } from "@/app/context";
import { postedForm } from "@/app/posted-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { AppError } from "@/lib/errors";
import { claimOwnership } from "@/lib/services/team/join";

type Params = { params: Promise<{ token: string }> };

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const { token } = await params;
  const form = Object.fromEntries(await postedForm(request));
  try {
    const input = { ...form, token };
    return await signInAs((await claimOwnership({ ctx: await visitorContext(), input })).userId);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return seeOther(`/claim/${token}${error.field ? `?problem=${error.field}` : ""}`);
  }
}
