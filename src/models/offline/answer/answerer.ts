import type { Json, JsonObject } from '../../../contract/json.ts';

/** The tagged sections of a request: text, or the JSON inside. */
export type Sections = Readonly<Record<string, Json>>;

/** Answers one kind of call by rules, from nothing but its sections. Pure. */
export type Answerer = (sections: Sections) => Json;

/** Answerers of a workflow type, by the names of its calls. */
export type TypeAnswers = Readonly<Record<string, Answerer>>;

/** What a tool was asked for, and what it said. */
export type Reading = { readonly tool: string; readonly text: string };

/**
 * An agent by rules: its calls in order, and the result it ends with. What it has read so far may lengthen the list, never
 * change what was called. Pure.
 */
export type TaughtAgent = {
  reads(
    sections: Sections,
    readings: readonly Reading[],
  ): readonly { readonly name: string; readonly arguments: JsonObject }[];
  finish(sections: Sections, readings: readonly Reading[]): Json;
};
