/** Any value that survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export type JsonObject = { readonly [key: string]: Json };

/** Array.isArray alone would make it `any[]`. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
