import { Middleware } from "inngest";
import { errorWithoutValues } from "@/lib/error-without-values";

/** Engines keep the errors of steps and runs: none may carry what a failed query was given. */
export class WithoutValues extends Middleware.BaseMiddleware {
  readonly id = "restday:without-values";

  override wrapStepHandler({ next }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
    return safely(next);
  }

  override wrapFunctionHandler({ next }: Middleware.WrapFunctionHandlerArgs): Promise<unknown> {
    return safely(next);
  }
}

async function safely(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    throw errorWithoutValues(error);
  }
}
