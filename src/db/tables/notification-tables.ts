import type { JsonObject } from '../../contract/json.ts';
import type {
  Default,
  DefaultTimestamp,
  JsonColumn,
  Nullable,
  NullableJsonColumn,
  NullableTimestamp,
} from './columns.ts';

export interface NotificationEventsTable {
  id: Default<string>;
  event_type: string;
  event_source: 'worker_job' | 'web_app' | 'scheduler';
  target_user_id: Nullable<string>;
  actor_user_id: Nullable<string>;
  payload: JsonColumn<JsonObject>;
  metadata: NullableJsonColumn<JsonObject>;
  correlation_id: Nullable<string>;
  created_at: DefaultTimestamp;
}

export interface NotificationDeliveriesTable {
  id: Default<string>;
  event_id: Nullable<string>;
  recipient_user_id: string;
  channel: 'email' | 'sms' | 'push' | 'in_app';
  status: Default<'pending' | 'sent' | 'delivered' | 'failed'>;
  payload: JsonColumn<JsonObject>;
  channel_identifier: Nullable<string>;
  external_id: Nullable<string>;
  tracking_id: Nullable<string>;
  correlation_id: Nullable<string>;
  attempts: Default<number>;
  max_attempts: Default<number>;
  last_error: Nullable<string>;
  created_at: DefaultTimestamp;
  sent_at: NullableTimestamp;
  delivered_at: NullableTimestamp;
}
