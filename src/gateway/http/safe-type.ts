// What a browser shows without running it; with `nosniff` nothing else is guessed into HTML or script.
const harmless = new Set(['text/plain', 'text/markdown', 'text/csv', 'text/calendar', 'application/json']);

/** The type that a download may carry: anything that a browser might run is sent as bytes. */
export function safeType(mimeType: string): string {
  const [type = ''] = mimeType.toLowerCase().split(';');
  return harmless.has(type.trim()) ? type.trim() : 'application/octet-stream';
}
