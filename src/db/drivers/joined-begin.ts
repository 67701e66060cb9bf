import type pg from 'pg';

type Query = (text: string, parameters: readonly unknown[]) => Promise<pg.QueryResult>;

const begun: pg.QueryResult = { command: 'BEGIN', rowCount: null, oid: 0, fields: [], rows: [] };

/**
 * Sends a transaction's `begin` together with its first statement where that has no parameters, as the one that sets the
 * role has none: a round trip less for each transaction.
 */
export function joiningBegin(query: Query): Query {
  let held = false;
  return async (text, parameters) => {
    if (text === 'begin') {
      held = true;
      return begun;
    }
    if (!held) return await query(text, parameters);
    held = false;
    if (parameters.length > 0) {
      await query('begin', []);
      return await query(text, parameters);
    }
    // Of several statements there are as many results, of which the type knows nothing.
    const results = (await query(`begin; ${text}`, [])) as pg.QueryResult | readonly pg.QueryResult[];
    return 'rows' in results ? results : (results.at(-1) ?? begun);
  };
}
