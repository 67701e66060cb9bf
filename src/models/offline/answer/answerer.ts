import type { Json } from '../../../contract/json.ts';

/** The tagged sections of a request: text, or the JSON inside. */
export type Sections = Readonly<Record<string, Json>>;

/** Answers one kind of call by rules, from nothing but its sections. Pure. */
export type Answerer = (sections: Sections) => Json;

/** Answerers of a workflow type, by the names of its calls. */
export type TypeAnswers = Readonly<Record<string, Answerer>>;
