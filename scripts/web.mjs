import { register } from "tsx/esm/api";

// The hooks would slow down every chunk that the app loads later, so they go once our own files are here.
const unregister = register();
const { serve } = await import("./web/server.ts");
await unregister();
await serve();
