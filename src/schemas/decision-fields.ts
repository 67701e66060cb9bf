import { z } from 'zod';

/** A decision about a proposal, as HTTP and MCP take it. `digest` is that of the proposal that was read. */
export const decisionFields = {
  decision: z.enum(['approve', 'reject'], 'expected approve or reject'),
  operations: z
    .array(z.string().min(1))
    .max(50_000)
    .exactOptional()
    .meta({ description: 'Ids of the accepted operations; all when left out.' }),
  except: z
    .array(z.string().min(1))
    .max(50_000)
    .exactOptional()
    .meta({ description: 'Instead of `operations`: accept all but these and what needs them.' }),
  comment: z.string().trim().max(20_000).exactOptional(),
  digest: z.string().min(1).max(200).exactOptional(),
};
