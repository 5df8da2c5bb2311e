import { athleteContext } from "@/app/context";
import { exportEverything } from "@/lib/services/own-page/export";

/** Everything stored about the athlete, as a file. Sent in pieces: years of raw answers need no memory. */
export async function GET(): Promise<Response> {
  const ctx = await athleteContext();
  const pieces = exportEverything({ ctx });
  const text = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(text.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  const name = `restday-${ctx.now.toISOString().slice(0, 10)}.json`;
  return new Response(body, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}
