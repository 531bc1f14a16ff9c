/** A fingerprint without its key, as a server's first greeting shows it: enough for the picture. */
import { randomartWalk } from '@seashell/core/fingerprint';
import { base64Decode, hexDecode } from '@seashell/core/wire';
import type { KeyFacts } from './surface.ts';

const digestSizes: Readonly<Record<string, number>> = { MD5: 16, SHA1: 20, SHA256: 32, SHA384: 48, SHA512: 64 };

function digestOf(label: string, body: string): Uint8Array | undefined {
  const digest = body.includes(':')
    ? hexDecode(body.replaceAll(':', ''))
    : base64Decode(body + '='.repeat((4 - (body.length % 4)) % 4));
  return digest?.length === digestSizes[label] ? digest : undefined;
}

const bare = /^\s*(?:(MD5|SHA\d{1,3}):)?([A-Za-z0-9+/:]{20,200})=*\s*$/;
/** `256 SHA256:... comment (ED25519)`, as ssh-keygen -l prints it; MD5 may lack its name, as in OpenSSH 6.6. */
const listed = /^\s*(\d{3,5}) (?:(MD5|SHA\d{1,3}):)?([A-Za-z0-9+/:]{20,200})=* (.*) \(([A-Z0-9-]{2,40})\)\s*$/;
/** `ED25519 key fingerprint is SHA256:....`, as ssh asks at the first connection. */
const asked = /^\s*([A-Z0-9-]{2,40}) key fingerprint is:? (?:(MD5|SHA\d{1,3}):)?([A-Za-z0-9+/:]{20,200})=*\.?\s*$/m;

/** A fingerprint, and what was said of its key beside it. */
export interface LoneFingerprint {
  /** Whether it came in a line of ssh-keygen or ssh. */
  readonly isLine: boolean;
  readonly facts: KeyFacts;
}

/** The fingerprint of a text that is nothing else, or a line that ssh-keygen or ssh printed. */
export function readFingerprint(text: string): LoneFingerprint | undefined {
  const alone = bare.exec(text);
  if (alone !== null) return factsOf(alone[1], alone[2], { isLine: false });
  const line = listed.exec(text);
  if (line !== null) {
    const [, bits, label, body, comment = '', shortName] = line;
    return factsOf(label, body, { isLine: true, bits: Number(bits), comment, shortName });
  }
  const question = asked.exec(text);
  return question === null ? undefined : factsOf(question[2], question[3], { isLine: true, shortName: question[1] });
}

interface Beside {
  readonly isLine: boolean;
  readonly bits?: number;
  readonly comment?: string;
  readonly shortName?: string | undefined;
}

function factsOf(
  label = 'MD5',
  body = '',
  { isLine, bits, comment = '', shortName }: Beside,
): LoneFingerprint | undefined {
  const digest = digestOf(label, body);
  if (digest === undefined) return undefined;
  const known = { type: undefined, shortName, bits, comment: comment === 'no comment' ? '' : comment };
  const fingerprints = [{ label, text: `${label}:${body}`, walk: randomartWalk(digest), art: '' }];
  return { isLine, facts: { ...known, blobSizeBytes: 0, fingerprints, details: [] } };
}
