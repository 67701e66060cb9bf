const homoglyphs = new Map(Object.entries({ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', х: 'x', і: 'i' }));

function rot13(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

function unhidden(text: string): string {
  return text.replaceAll(/\p{Cf}/gu, '');
}

function untagged(text: string): string {
  const signs = Array.from(text)
    .map((sign) => (sign.codePointAt(0) ?? 0) - 0xe0000)
    .filter((code) => code > 31 && code < 127);
  return String.fromCharCode(...signs);
}

function turned(text: string): string {
  return text.replaceAll(/\u202E([^\u202C]*)\u202C?/g, (_all, inner: string) => Array.from(inner).reverse().join(''));
}

function latin(text: string): string {
  return Array.from(text)
    .map((sign) => homoglyphs.get(sign) ?? sign)
    .join('');
}

function entities(text: string): string {
  return text.replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
}

function percent(text: string): string {
  return text.replaceAll(/(?:%[0-9A-F]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

function escapes(text: string): string {
  return text.replaceAll(/\\+u([0-9a-f]{4})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

// Texts come as JSON inside of JSON: tool results, messages.
function unquoted(text: string): string {
  return text.replaceAll('\\"', '"').replaceAll('\\\\', '\\');
}

function base64(text: string): string {
  return [...text.matchAll(/[A-Za-z0-9+/_-]{40,}={0,2}/g)]
    .map(([run]) => Buffer.from(run, 'base64').toString('utf8'))
    .join('\n');
}

function hex(text: string): string {
  return [...text.matchAll(/(?:[0-9a-f]{2}){20,}/g)]
    .map(([run]) => Buffer.from(run, 'hex').toString('utf8'))
    .join('\n');
}

function joined(text: string): string {
  return text.replaceAll('Part one: ', '').replaceAll(/(?:\\n|\n)+Part two: /g, '');
}

function normal(text: string): string {
  return text.normalize('NFKC');
}

const decoders = [unhidden, untagged, turned, latin, entities, percent, escapes, base64, hex, rot13, joined, normal];

/** A text in every way that it may be meant: out of its quotes, decoded once, and what came of that once more. */
export function readings(text: string): ReadonlySet<string> {
  const seen = new Set([text, unquoted(text), unquoted(unquoted(text))]);
  for (let round = 0; round < 2; round += 1)
    for (const known of Array.from(seen)) for (const decode of decoders) seen.add(decode(known));
  for (const known of Array.from(seen)) seen.add(unquoted(known));
  seen.delete('');
  return seen;
}
