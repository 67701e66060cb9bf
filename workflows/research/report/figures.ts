const figure = /\p{N}+(?:[.,:/-]\p{N}+)*/gu;

function figuresOf(text: string): readonly string[] {
  return text.match(figure) ?? [];
}

/** Figures of a claim (amounts, dates, counts) that none of the texts it may take them from has. */
export function unfoundedFigures(claim: string, texts: readonly string[]): readonly string[] {
  const founded = new Set(texts.flatMap(figuresOf));
  return [...new Set(figuresOf(claim))].filter((each) => !founded.has(each));
}
