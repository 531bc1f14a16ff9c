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

/** The fingerprint of a text that is nothing else. MD5 may lack its name, as OpenSSH 6.6 prints it. */
export function readFingerprint(text: string): KeyFacts | undefined {
  const match = /^\s*(?:(MD5|SHA\d{1,3}):)?([A-Za-z0-9+/:]{20,200})=*\s*$/.exec(text);
  const [, label = 'MD5', body = ''] = match ?? [];
  const digest = match === null ? undefined : digestOf(label, body);
  if (digest === undefined) return undefined;
  const facts = { label, text: `${label}:${body}`, walk: randomartWalk(digest), art: '' };
  return { type: '', shortName: '', bits: 0, comment: '', blobSizeBytes: 0, fingerprints: [facts], details: [] };
}
