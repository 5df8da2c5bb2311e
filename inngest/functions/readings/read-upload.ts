import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { readingUploaded } from "@/inngest/events";
import { giveUpUpload, readUpload } from "@/lib/services/readings/read-upload";

const id = "read-upload";

/** Reads an uploaded recording; two at a time, because it is all arithmetic. */
export const readUploadJob = inngest.createFunction(
  {
    id,
    triggers: [readingUploaded],
    retries: 2,
    concurrency: { limit: 2 },
    onFailure: ({ event, error }) =>
      giveUpUpload({
        ctx: jobContext(id),
        input: {
          uploadId: String(event.data.event.data?.uploadId ?? ""),
          functionId: id,
          error: error.message,
        },
      }),
  },
  ({ event, step }) =>
    step.run("read", () => readUpload({ ctx: jobContext(id), input: { uploadId: event.data.uploadId } })),
);
