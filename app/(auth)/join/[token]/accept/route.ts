import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { signInAs } from "@/app/api/auth/sign-in-as";
import { visitorContext } from "@/app/context";
import { text } from "@/app/form";
import { joinTeam } from "@/lib/services/team/join";

type Params = { params: Promise<{ token: string }> };

const fields = z.object({ name: text });

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  return answerForm(request, {
    fields,
    act: async ({ name }) => {
      const { userId } = await joinTeam({ ctx: await visitorContext(), input: { token, name } });
      return signInAs(userId);
    },
    refused: ({ field }) => `/join/${token}${field === "name" ? "?problem=name" : ""}`,
  });
}
