import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { visitorContext } from "@/app/context";
import { text } from "@/app/form";
import { seeOther } from "@/app/see-other";
import { resumeMorningMails, stopMorningMails } from "@/lib/services/news/subscription";

type Params = { params: Promise<{ token: string }> };

/** A followed link changes nothing by itself: mail programs follow links to look at them. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  return seeOther(`/mail/stop/${(await params).token}/choice`);
}

/** A mail program sends a field of its own (RFC 8058), and means to stop. */
const fields = z.object({ wish: text });

/** One click in the mail program (RFC 8058), or the button of the page. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  return answerForm(request, {
    fields,
    act: async ({ wish }) => {
      const change = wish === "resume" ? resumeMorningMails : stopMorningMails;
      await change({ ctx: await visitorContext(), input: { token } });
      return `/mail/stop/${token}/choice`;
    },
    refused: () => `/mail/stop/${token}/choice`,
  });
}
