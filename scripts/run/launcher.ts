import { execFileSync } from "node:child_process";
import { type ProcessRecord, recordOf } from "./processes";

function ask(pid: number, column: "ppid" | "comm"): string {
  try {
    return execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

/**
 * The processes of npm that started this one: its script shell and npm itself, or npm alone where the shell replaced itself.
 * Empty when npm did not start it. Without them nobody is left who could press Ctrl-C.
 */
export function launchers(): ProcessRecord[] {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return [];
  const parent = process.ppid;
  const isShell = /(^|[/-])(sh|dash|bash|zsh)$/.test(ask(parent, "comm"));
  const npm = isShell ? Number(ask(parent, "ppid")) : undefined;
  return [parent, ...(npm ? [npm] : [])].map(recordOf);
}
