import { z } from 'zod';

const price = z.strictObject({
  /** USD per million tokens. */
  input: z.number().min(0),
  output: z.number().min(0),
  /** The same for input tokens that the provider had cached; without it they cost as much as the others. */
  cachedInput: z.number().min(0).optional(),
  /** The day the price was taken. */
  priced: z.iso.date('must be a date like 2026-11-01'),
});

const limits = z.strictObject({ context: z.int().positive(), output: z.int().positive() });

const fields = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  aliases: z.array(z.string().min(1)),
  endpoint: z.url({ protocol: /^https?$/ }).nullable(),
  /** Null when nobody knows. */
  price: price.nullable(),
  limits,
  abilities: z.array(z.enum(['json_schema', 'json_object', 'tools'])),
  strength: z.number().min(0).max(100),
  speed: z.number().positive(),
  offline: z.boolean(),
});

const ids = z.array(z.string().min(1)).min(1);
const profiles = z.strictObject({
  json: z.strictObject({ fast: ids, balanced: ids, powerful: ids, maximum: ids }),
  text: z.strictObject({ speed: ids, balanced: ids, quality: ids, creative: ids }),
});

/** A catalogue file: whole (the one that comes with Steward) or only what it changes or adds. */
export const catalogueFile = z.strictObject({
  assumedPrice: z.strictObject({ input: z.number().positive(), output: z.number().positive() }).optional(),
  models: z.array(fields.partial().required({ id: true })).optional(),
  profiles: z
    .strictObject({ json: profiles.shape.json.partial().optional(), text: profiles.shape.text.partial().optional() })
    .optional(),
  escalation: ids.optional(),
});
export type CatalogueFile = z.infer<typeof catalogueFile>;

export type CatalogueModel = Readonly<z.infer<typeof fields>> & {
  /** What the endpoint in use calls the model; its id or one of its aliases. */
  readonly wireId: string;
};

/** Models, prices, and the profiles: ordered lists of model ids, first choice first. */
export type Catalogue = {
  /** USD per million tokens, pessimistic, for models whose price nobody knows. */
  readonly assumedPrice: { readonly input: number; readonly output: number };
  readonly models: readonly CatalogueModel[];
  readonly profiles: z.infer<typeof profiles>;
  /** Stronger models, for answers that no model of the profile got right. */
  readonly escalation: readonly string[];
};

export const emptyCatalogue: Catalogue = {
  assumedPrice: { input: 15, output: 75 },
  models: [],
  profiles: {
    json: { fast: [], balanced: [], powerful: [], maximum: [] },
    text: { speed: [], balanced: [], quality: [], creative: [] },
  },
  escalation: [],
};

/** A model of which only the name is known. Limits and abilities are what nearly every compatible endpoint has. */
export function unknownModel(id: string): CatalogueModel {
  return {
    id,
    wireId: id,
    title: id,
    aliases: [],
    endpoint: null,
    price: null,
    limits: { context: 32_768, output: 8_192 },
    abilities: ['json_object', 'tools'],
    strength: 50,
    speed: 50,
    offline: false,
  };
}
