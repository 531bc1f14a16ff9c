import { describe, expect, it } from 'vitest';
import { opensshKeyTypes } from '../../test/fixtures/openssh-key-types.ts';
import { seededRandom } from '../../test/seeded-random.ts';
import { generateKey } from '../keys/generate-key.ts';
import { openPrivateKey } from '../keys/formats/index.ts';
import { publicKeyOf } from '../keys/public-key.ts';
import { runAtOnce } from '../long-work.ts';
import { signWithKey } from '../signing.ts';
import { utf8Encode } from '../wire/text.ts';
import { issueCertificate } from './issue.ts';
import { parseKeyLine, printCertificateLine } from './line.ts';

const random = seededRandom('key lines');
const fixtureOf = (name: string) => opensshKeyTypes.find((each) => each.name === name);
const dsaLine = fixtureOf('-o -t dsa')?.publicLine ?? '';
const skLine = fixtureOf('-t ed25519-sk')?.publicLine ?? '';

function certifiedByDsa(): string {
  const opened = runAtOnce(openPrivateKey(utf8Encode(fixtureOf('-o -t dsa')?.privateFile ?? '')));
  if (opened.outcome !== 'key') throw new Error('no key');
  const key = publicKeyOf(runAtOnce(generateKey({ type: 'ssh-ed25519', random })));
  const authority = publicKeyOf(opened.key);
  const work = issueCertificate({ key, usage: 'user', keyId: 'id', authority, nonce: random(32) });
  return printCertificateLine(signWithKey(work, { key: opened.key, random }));
}

describe('parseKeyLine', () => {
  it('takes every type where no version is named', () => {
    for (const line of [dsaLine, skLine, certifiedByDsa()]) expect(parseKeyLine(line)).toMatchObject({ ok: true });
  });

  it('refuses the types that a version does not know, in its words', () => {
    expect(parseKeyLine(dsaLine, { openssh: '6.6' })).toMatchObject({ ok: true });
    expect(parseKeyLine(dsaLine, { openssh: '10' })).toMatchObject({ ok: false, words: 'invalid format' });
    expect(parseKeyLine(skLine, { openssh: '10' })).toMatchObject({ ok: true });
    expect(parseKeyLine(skLine, { openssh: '6.6' })).toMatchObject({ ok: false, words: 'invalid format' });
  });

  it('refuses a certificate whose authority is of a type that a version does not know', () => {
    const line = certifiedByDsa();
    expect(parseKeyLine(line, { openssh: '6.6' })).toMatchObject({ ok: true });
    const words = 'invalid certificate signing key';
    expect(parseKeyLine(line, { openssh: '10' })).toMatchObject({ ok: false, words });
  });
});
