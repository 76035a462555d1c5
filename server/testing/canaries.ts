import { randomBytes } from 'node:crypto';

/** Something a program said, and where. */
export interface Said {
  readonly where: string;
  readonly text: string;
}

/**
 * Secrets made for a test, each known by the place it is put in, and a search for them: plain, URL-encoded, escaped
 * for JSON or HTML, in base64 (also in the middle of something else, as credentials are) and in hexadecimal.
 */
export class Canaries {
  /** What is searched for, by place. */
  private readonly cores = new Map<string, string>();

  /** A new secret with characters that URLs escape and parsers stumble over; each part of it gives it away. */
  plant(place: string): string {
    const core = this.newCore(place);
    return `${core}/${core}@${core}:${core}%${core}`;
  }

  /** A new secret of small letters and digits. */
  plantPlain(place: string): string {
    return this.newCore(place);
  }

  /** A secret that is there already: a hash, a key. */
  add(place: string, secret: string): void {
    if (secret.length < 12) throw new Error(`the secret in ${place} is too short to search for`);
    this.cores.set(place, secret);
  }

  /** The places whose secrets are in a text. */
  foundIn(text: string): string[] {
    return [...this.cores]
      .filter(([, core]) => formsOf(core).some((form) => text.includes(form)))
      .map(([place]) => place);
  }

  /** `<where> shows <place>` for each secret that was said. */
  leaksIn(said: readonly Said[]): string[] {
    return said.flatMap(({ where, text }) => this.foundIn(text).map((place) => `${where} shows ${place}`));
  }

  private newCore(place: string): string {
    // Nothing escapes it or changes its case.
    const core = `c${randomBytes(6).toString('hex')}`;
    this.add(place, core);
    return core;
  }
}

function formsOf(secret: string): readonly string[] {
  const inBase64 = [0, 1, 2].flatMap((offset) => {
    // Where the secret begins within three bytes decides how it looks; what its neighbours share is cut off.
    const whole = Buffer.from('-'.repeat(offset) + secret).toString('base64');
    const own = whole.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + Buffer.byteLength(secret)) * 4) / 3));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [secret, encodeURIComponent(secret), ...inBase64, Buffer.from(secret).toString('hex')];
}
