/** The fields of a task that proposals change, each with its column. */
export const taskColumns = {
  title: 'title',
  description: 'description',
  taskSteps: 'task_steps',
  priority: 'priority',
  durationMinutes: 'duration_minutes',
  startDate: 'start_date',
  deadline: 'deadline',
} as const;
