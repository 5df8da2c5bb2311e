/** Why a form was refused: what went wrong, and the field that is to be put right where there is one. */
export type Refusal = { code: string; field: string | null };

/** An action that says why not, and nothing when it was done. */
export type Answered = (before: Refusal | null, form: FormData) => Promise<Refusal | null>;
