type Question = { readonly id: number; readonly question: string; readonly params: object };
export type Answers = Readonly<Record<string, (params: never) => Promise<unknown>>>;

/** The settings a process of the bench was started with, written by `startChild`. */
export function readSettings(): unknown {
  return JSON.parse(process.argv[2] ?? '{}');
}

/** Answers the questions of the process that started this one; `stop` and its end are the end. */
export function answerQuestions(opening: Promise<Answers>): void {
  const send = (reply: object): void => void process.send?.(reply);
  process.on('message', (message) => {
    const { id, question, params } = message as Question;
    opening
      .then(async (answers) => await answers[question]?.(params as never))
      .then((value) => send({ id, value }))
      .catch((error: unknown) =>
        send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
  process.once('disconnect', () => process.exit(0));
}
