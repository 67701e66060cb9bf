/** A text within one line of Markdown, in which nothing passes for a footnote of ours or begins a block. */
export function inline(text: string, limit = 2_000): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  const short = line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
  return short.replaceAll(/\[(?=\d+\])/gu, '\\[');
}

/** A section with its heading, or nothing where there is nothing to say. */
export function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}
