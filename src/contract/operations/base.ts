export const priorities = ['low', 'medium', 'high', 'critical'] as const;
export type Priority = (typeof priorities)[number];

/** Common to every operation. `requires` names operations of the same proposal without which this one makes no sense. */
export type OperationBase<Kind extends string, Payload> = {
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  readonly reason: string;
  readonly requires: readonly string[];
  readonly payload: Payload;
};
