import { notFound, redirect } from "next/navigation";
import { AppError } from "@/lib/errors";

/**
 * For `catch` where a button of ours has nothing to refuse: what somebody else sent in its place leads to the page that
 * is not there, or to signing in. Faults are thrown on.
 */
export function nearestPage(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  if (error.code === "not-signed-in") redirect("/sign-in");
  notFound();
}
