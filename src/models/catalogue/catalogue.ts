import { z } from 'zod';

const usdPerMillion = z.number().min(0).nullable();
const ability = z.enum(['json_schema', 'json_object', 'tools']);

const model = z
  .object({
    id: z.string().min(1),
    title: z.string().min(1),
    /** USD per million tokens; null when nobody knows. */
    input: usdPerMillion.default(null),
    output: usdPerMillion.default(null),
    priced: z.union([z.string(), z.date()]).nullable().default(null),
    context: z.int().positive(),
    maxOutput: z.int().positive(),
    abilities: z.array(ability).default([]),
    offline: z.boolean().default(false),
  })
  .strict();

const ids = z.array(z.string()).min(1);

/** The catalogue file: models, prices, and the profiles as the ordered lists that they are. */
export const catalogueSchema = z
  .object({
    assumedPrice: z.object({ input: z.number().positive(), output: z.number().positive() }).strict(),
    models: z.array(model).min(1),
    profiles: z
      .object({
        json: z.object({ fast: ids, balanced: ids, powerful: ids, maximum: ids }).strict(),
        text: z.object({ speed: ids, balanced: ids, quality: ids, creative: ids }).strict(),
      })
      .strict(),
  })
  .strict()
  .superRefine((value, context) => {
    const known = new Set(value.models.map((each) => each.id));
    for (const [kind, profiles] of Object.entries(value.profiles)) {
      for (const [name, list] of Object.entries(profiles)) {
        for (const id of list.filter((each) => !known.has(each))) {
          context.addIssue({ code: 'custom', path: ['profiles', kind, name], message: `"${id}" is none of the models of this file` });
        }
      }
    }
  });

export type Catalogue = z.infer<typeof catalogueSchema>;
export type CatalogueModel = Catalogue['models'][number];
