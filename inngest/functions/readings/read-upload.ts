import { job } from "@/inngest/job";
import { giveUpUpload, readUpload } from "@/lib/services/readings/recordings";

/** Reads an uploaded recording; two at a time, because it is all arithmetic. */
export const readUploadJob = job({
  id: "read-upload",
  on: "reading/uploaded",
  retries: 2,
  concurrency: { limit: 2 },
  givesUp: ({ ctx, id, data, error }) =>
    giveUpUpload({ ctx, input: { uploadId: String(data.uploadId ?? ""), functionId: id, error } }),
  run: ({ data, step, context }) => step.run("read", () => readUpload({ ctx: context(), input: data })),
});
