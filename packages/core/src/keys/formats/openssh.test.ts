import { describe, expect, it } from 'vitest';
import { armourCases } from '../../../test/armour-cases.ts';
import { opensshKeys } from '../../../test/fixtures/openssh-keys.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { utf8Encode } from '../../wire/text.ts';
import { inspectPrivateKey, openPrivateKey, runAtOnce } from '../index.ts';

const file = opensshKeys.find(({ name }) => name === 'ed25519')?.privateFile ?? '';
const open = (text: string) => () => runAtOnce(openPrivateKey(utf8Encode(text)));
const key = open(file)();

describe('the armour of openssh-key-v1', () => {
  it.each(armourCases)('with $name: OpenSSH $openssh it', ({ change, openssh, ours = openssh }) => {
    const changed = change(file);
    if (ours === 'reads') expect(open(changed)()).toEqual(key);
    else {
      expect(open(changed)).toThrow(DecodeError);
      expect(() => inspectPrivateKey(utf8Encode(changed))).toThrow(DecodeError);
    }
  });

  it('is refused at the byte that stands for the line feed', () => {
    const reason = 'expected a line feed after the dashes';
    const offset = file.indexOf('\n');
    expect(open(file.replaceAll('\n', '\r\n'))).toThrow(expect.objectContaining({ reason, offset }));
    expect(open(file.trimEnd())).toThrow(expect.objectContaining({ reason, offset: file.length - 1 }));
    expect(open(file.replace(/\n$/, ' \n'))).toThrow(expect.objectContaining({ reason, offset: file.length - 1 }));
  });
});
