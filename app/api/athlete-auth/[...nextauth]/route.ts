import { athleteAuth } from "../athlete-auth";

export const GET = (request: Request) => athleteAuth().handle(request);
