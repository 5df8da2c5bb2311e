/** What was posted as a form; what is none has no fields, so that the route answers as to an empty one. */
export function postedForm(request: Request): Promise<FormData> {
  return request.formData().catch(() => new FormData());
}
