import { createHash } from 'node:crypto';

/**
 * A file as it was sent. The bytes are out of reach of what walks over JSON (checks, digests for the Idempotency-Key):
 * those see the type and the hash.
 */
export class FileBody {
  readonly mimeType: string;
  readonly #bytes: Uint8Array<ArrayBuffer>;

  constructor(mimeType: string, bytes: Uint8Array<ArrayBuffer>) {
    this.mimeType = mimeType;
    this.#bytes = bytes;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  toJSON(): object {
    return { mimeType: this.mimeType, sha256: createHash('sha256').update(this.#bytes).digest('hex') };
  }
}
