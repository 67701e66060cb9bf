/** The command line itself is wrong: names the flag or argument and its value. Ends with exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** The person backed out of a question: nothing was sent. */
export class Cancelled extends Error {
  constructor() {
    super('Nothing was sent.');
    this.name = 'Cancelled';
  }
}
