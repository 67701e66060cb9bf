/** What a person tells of themselves in words, as operations name it. */
export const personFields = [
  'background',
  'goalsOverview',
  'workStyle',
  'communicationStyle',
  'priorities',
  'focusAreas',
  'productivityChallenges',
  'activeProjects',
] as const;
export type PersonField = (typeof personFields)[number];

/** The same as records and facts name it: the columns of `user_context`. */
export const personColumns = {
  background: 'background',
  goalsOverview: 'goals_overview',
  workStyle: 'work_style',
  communicationStyle: 'communication_style',
  priorities: 'priorities',
  focusAreas: 'focus_areas',
  productivityChallenges: 'productivity_challenges',
  activeProjects: 'active_projects',
} as const satisfies Readonly<Record<PersonField, string>>;
