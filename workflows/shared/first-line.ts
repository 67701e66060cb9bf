import { cut } from './cut.ts';

const nameLength = 80;

/** The first line of what the person wrote, without a heading's marks: what a run is called. */
export function firstLine(text: string): string {
  const line = text.split('\n').find((each) => each.trim() !== '') ?? '';
  const plain = line.replace(/^[#>*\-\s]+/, '').trim();
  return plain.length > nameLength ? cut(plain, nameLength - 1) : plain;
}
