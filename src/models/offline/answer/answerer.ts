import type { Json, JsonObject } from '../../../contract/json.ts';

/** The tagged sections of a request: text, or the JSON inside. */
export type Sections = Readonly<Record<string, Json>>;

/** Answers one kind of call by rules, from nothing but its sections. Pure. */
export type Answerer = (sections: Sections) => Json;

/** Answerers of a workflow type, by the names of its calls. */
export type TypeAnswers = Readonly<Record<string, Answerer>>;

/** An agent by rules: what it reads, call by call, and the result it ends with. Pure. */
export type TaughtAgent = {
  reads(sections: Sections): readonly { readonly name: string; readonly arguments: JsonObject }[];
  finish(sections: Sections): Json;
};
