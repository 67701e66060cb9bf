import type { BriefsApi, DailyBriefView } from '../briefs-api.ts';
import { toPage } from './transport.ts';
import type { Data, DataPage, Transport } from './transport.ts';

/** Daily briefs. */
export function briefCalls({ get }: Transport): BriefsApi {
  return {
    listBriefs: async (filter) => toPage(await get<DataPage<DailyBriefView>>('/api/daily-briefs', filter)),
    getBrief: async ({ briefId }) =>
      (await get<Data<DailyBriefView>>(`/api/daily-briefs/${encodeURIComponent(briefId)}`)).data,
  };
}
