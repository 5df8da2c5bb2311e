import { env } from "@/lib/env";

/** Polar can call this installation: it is public over https, or Polar is the simulator on this machine. */
export function isReachable(): boolean {
  return env().mode === "demonstration" || env().APP_URL.startsWith("https://");
}
