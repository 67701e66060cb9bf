import type { RunsApi } from '../runs-api.ts';
import { toPage } from './transport.ts';
import type { Data, Transport } from './transport.ts';

type ReviewPart = Pick<RunsApi, 'listRequests' | 'answerRequest' | 'decideRequest' | 'getProposal' | 'undoProposal'>;

/** Requests and proposals. */
export function reviewCalls({ get, send }: Transport): ReviewPart {
  async function post<T>(
    path: string,
    options: { readonly messageId?: string | undefined; readonly body: object },
  ): Promise<T> {
    const { data } = await send<Data<T>>('POST', path, options);
    return data;
  }
  return {
    listRequests: async (filter) => toPage(await get('/api/requests', filter)),
    answerRequest: async ({ requestId, messageId, ...body }) =>
      await post(`/api/requests/${encodeURIComponent(requestId)}/answer`, { messageId, body }),
    decideRequest: async ({ requestId, messageId, ...body }) =>
      await post(`/api/requests/${encodeURIComponent(requestId)}/decide`, { messageId, body }),
    getProposal: async ({ proposalId, ...page }) => {
      const path = `/api/proposals/${encodeURIComponent(proposalId)}`;
      return (await get<Data<Awaited<ReturnType<RunsApi['getProposal']>>>>(path, page)).data;
    },
    undoProposal: async ({ proposalId, ...body }) =>
      await post(`/api/proposals/${encodeURIComponent(proposalId)}/undo`, { body }),
  };
}
