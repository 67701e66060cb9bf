import type { FilesApi, FileView } from '../files-api.ts';
import { toPage } from './transport.ts';
import type { Data, Transport } from './transport.ts';

function filePath(fileId: string): string {
  return `/api/files/${encodeURIComponent(fileId)}`;
}

/** Attached files and the search. */
export function fileCalls({ get, send, download }: Transport): FilesApi {
  async function getFile({ fileId }: { readonly fileId: string }): Promise<FileView> {
    return (await get<Data<FileView>>(filePath(fileId))).data;
  }
  return {
    async addFile({ name, mimeType, bytes, projectId, taskId }) {
      const query = { name, projectId, taskId };
      const { data } = await send<Data<FileView>>('POST', '/api/files', { body: bytes, mediaType: mimeType, query });
      return data;
    },
    async addFiles({ files, ...query }) {
      const form = new FormData();
      for (const { name, mimeType, bytes } of files) form.append('file', new Blob([bytes], { type: mimeType }), name);
      return (await send<Data<readonly FileView[]>>('POST', '/api/files', { body: form, query })).data;
    },
    listFiles: async (filter) => toPage(await get('/api/files', filter)),
    getFile,
    async readFile(params) {
      const file = await getFile(params);
      return { file, bytes: await download(`${filePath(params.fileId)}/content`) };
    },
    deleteFile: async ({ fileId }) => await send('DELETE', filePath(fileId)),
    async search({ query, kinds, projectId, limit }) {
      const asked = { q: query, kinds: kinds?.join(','), projectId, limit };
      const { data } = await get<Data<Awaited<ReturnType<FilesApi['search']>>>>('/api/search', asked);
      return data;
    },
  };
}
