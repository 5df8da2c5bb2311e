import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { signInAs } from "@/app/api/auth/sign-in-as";
import { visitorContext } from "@/app/context";
import { text } from "@/app/form";
import { claimOwnership } from "@/lib/services/team/join";

type Params = { params: Promise<{ token: string }> };

const fields = z.object({ name: text, email: text, teamName: text });

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  return answerForm(request, {
    fields,
    act: async (values) => {
      const input = { ...values, token };
      const { userId } = await claimOwnership({ ctx: await visitorContext(), input });
      return signInAs(userId);
    },
    refused: ({ field }) => `/claim/${token}${field ? `?problem=${field}` : ""}`,
  });
}
