export type Reply = { status: number; headers: Record<string, string>; body: string | Buffer };

export function json(status: number, value: unknown): Reply {
  return {
    status,
    headers: { "content-type": "application/json;charset=UTF-8" },
    body: JSON.stringify(value),
  };
}

export function empty(status: number): Reply {
  return { status, headers: {}, body: "" };
}

export function html(status: number, body: string): Reply {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    body,
  };
}

export function typed(contentType: string, body: string): Reply {
  return { status: 200, headers: { "content-type": contentType }, body };
}

export function redirect(location: string): Reply {
  return { status: 302, headers: { location, "cache-control": "no-store" }, body: "" };
}
