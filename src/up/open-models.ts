import type { ModelsConfig } from '../config/models.ts';
import { createModelService } from '../models/create-model-service.ts';
import { loadCatalogue } from '../models/catalogue/load-catalogue.ts';
import type { ModelService } from '../models/model-service.ts';
import { startOfflineModel } from '../models/offline/server.ts';

export type OpenModels = {
  readonly service: ModelService;
  /** What people are told: the endpoint, or that no language model is in use. */
  readonly description: string;
  readonly close: () => Promise<void>;
};

/** The configured endpoint, or without one the offline model behind an endpoint of its own. */
export async function openModels(config: ModelsConfig): Promise<OpenModels> {
  const catalogue = await loadCatalogue(config.catalogFile);
  const { apiKey, model: only } = config;
  const routing = config.routing === null ? null : { ...config.routing };
  if (config.baseUrl !== null) {
    const service = await createModelService({ baseUrl: config.baseUrl, apiKey, catalogue, only, routing });
    return { service, description: config.baseUrl, close: async () => await Promise.resolve() };
  }
  const offline = await startOfflineModel({});
  const service = await createModelService({ baseUrl: offline.url, apiKey: null, catalogue, only, routing: null });
  const description = `offline model, a planner by rules (${offline.url}); set OPENAI_API_KEY for a language model`;
  return { service, description, close: async () => await offline.close() };
}
