import type { Default, DefaultTimestamp, Nullable, NullableTimestamp, Timestamp } from './columns.ts';

export interface CalendarEventsTable {
  id: Default<string>;
  user_id: string;
  calendar_id: Default<string>;
  uid: string;
  recurrence_id: Nullable<string>;
  title: Default<string>;
  description: Nullable<string>;
  location: Nullable<string>;
  start_at: Timestamp;
  end_at: Timestamp;
  all_day: Default<boolean>;
  /** IANA name. */
  time_zone: Nullable<string>;
  rrule: Nullable<string>;
  /** The VEVENTs of this uid as they came, overrides included. */
  ics: Nullable<string>;
  status: Default<'confirmed' | 'tentative' | 'cancelled'>;
  transparency: Default<'opaque' | 'transparent'>;
  source: 'import' | 'steward' | 'manual';
  task_id: Nullable<string>;
  run_id: Nullable<string>;
  etag: Nullable<string>;
  deleted_at: NullableTimestamp;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface CalendarFeedsTable {
  id: Default<string>;
  user_id: string;
  secret_hash: string;
  created_at: DefaultTimestamp;
}
