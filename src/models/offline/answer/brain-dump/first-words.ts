import { oneLine, shortened } from '../../text/clean.ts';

/** The first line of a text as a title. */
export function firstWords(text: string): string {
  const line =
    text
      .split('\n')
      .map(oneLine)
      .find((each) => each !== '') ?? '';
  return shortened(line.replace(/^[#>*\-\s]+/u, '') || 'Brain dump', 80);
}
