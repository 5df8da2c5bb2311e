import { visitorContext } from "@/app/context";
import { postedForm } from "@/app/posted-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { AppError } from "@/lib/errors";
import { resumeMorningMails, stopMorningMails } from "@/lib/services/news/subscription";

type Params = { params: Promise<{ token: string }> };

/** A followed link changes nothing by itself: mail programs follow links to look at them. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  return seeOther(`/mail/stop/${(await params).token}/choice`);
}

/** One click in the mail program (RFC 8058), or the button of the page. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const { token } = await params;
  const wish = (await postedForm(request)).get("wish");
  const change = wish === "resume" ? resumeMorningMails : stopMorningMails;
  try {
    await change({ ctx: await visitorContext(), input: { token } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return seeOther(`/mail/stop/${token}/choice`);
}
