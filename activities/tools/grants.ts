/** What a grant looks at. */
export type Grantable = { readonly name: string; readonly access: 'read' | 'write' };

const readOnly = 'read:';
// Only tools from outside have it in their names: `<server>__<tool>`.
const outsideMark = '__';

function fits(grant: string, tool: Grantable): boolean {
  if (grant.startsWith(readOnly)) return tool.access === 'read' && fits(grant.slice(readOnly.length), tool);
  if (grant === 'outside') return tool.name.includes(outsideMark);
  if (grant === 'own') return !tool.name.includes(outsideMark);
  return grant.endsWith('*') ? tool.name.startsWith(grant.slice(0, -1)) : grant === tool.name;
}

/** Whether a grant means Steward's own tools by no name: `own`, `read:own`. */
export function isOwn(grant: string): boolean {
  return grant === 'own' || grant === `${readOnly}own`;
}

/** Whether a grant names one tool. */
export function isName(grant: string): boolean {
  return grant !== 'outside' && !isOwn(grant) && !grant.endsWith('*') && !grant.startsWith(readOnly);
}

/**
 * Whether a tool is among those granted. A grant is a tool's name, `prefix*` (`files__*`: all of one server), `own` (all
 * of Steward's own), `outside` (all of all servers), or one of these behind `read:`, which leaves out what writes.
 */
export function isGranted(granted: readonly string[], tool: Grantable): boolean {
  return granted.some((grant) => fits(grant, tool));
}

/** Whether a name that nobody knows just now might be of a granted tool. */
export function mayBeGranted(granted: readonly string[], name: string): boolean {
  return isGranted(granted, { name, access: 'read' });
}
