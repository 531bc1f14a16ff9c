import { describe, expect, it } from 'vitest';
import { describeKeyFile, type Anatomy, type AnatomyField } from '../src/anatomy/index.ts';
import { utf8Encode } from '../src/wire/index.ts';
import { opensshKeys } from './fixtures/openssh-keys.ts';

/** All fields, parents before children. */
function flat(fields: readonly AnatomyField[]): readonly AnatomyField[] {
  return fields.flatMap((field) => [field, ...flat(field.children)]);
}

function leavesOf(anatomy: Anatomy, body: number): readonly AnatomyField[] {
  return flat(anatomy.fields).filter(
    ({ span, children }) => span.body === body && !children.some((child) => child.span.body === body),
  );
}

/** Every decoded byte belongs to exactly one field; of the file's own text only line ends and blanks belong to none. */
function expectCovered(anatomy: Anatomy): void {
  anatomy.bodies.forEach((body, index) => {
    let at = 0;
    for (const { span, path } of leavesOf(anatomy, index)) {
      const between = index === 0 ? String.fromCharCode(...body.bytes.subarray(at, span.start)).trim() : '';
      expect(between, path).toMatch(/^,?$/);
      if (index === 0) expect(span.start, path).toBeGreaterThanOrEqual(at);
      else expect(span.start, path).toBe(at);
      at = span.end;
    }
    const rest = body.bytes.subarray(at);
    if (index === 0) expect(String.fromCharCode(...rest).trim()).toBe('');
    else expect(rest).toHaveLength(0);
  });
}

describe('describeKeyFile', () => {
  it('names every part of a public key line', () => {
    const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOZ5mc+Xoo9EZpAeO17hRcqGaKVzuz3JCNGK3OHbO6TF demo@laptop\n';
    const anatomy = describeKeyFile(utf8Encode(line));
    expect(anatomy).toMatchObject({ kind: 'public-line', title: 'Public key, ssh-ed25519', isPrivate: false });
    expect(flat(anatomy.fields).map(({ name, span, value }) => [name, span.body, span.start, span.end, value])).toEqual(
      [
        ['key type', 0, 0, 11, 'ssh-ed25519'],
        ['key in base64', 0, 12, 80, expect.any(String)],
        ['public key', 1, 0, 51, undefined],
        ['length', 1, 0, 4, '11'],
        ['key type', 1, 4, 15, 'ssh-ed25519'],
        ['length', 1, 15, 19, '32'],
        ['public key', 1, 19, 51, expect.stringMatching(/^e6 79 99 cf /)],
        ['comment', 0, 81, 92, 'demo@laptop'],
      ],
    );
    expectCovered(anatomy);
  });

  it.each(opensshKeys.map((fixture) => [`${fixture.openssh} ${fixture.name}`, fixture] as const))(
    'covers every byte of %s',
    (_name, { privateFile, publicLine }) => {
      for (const text of [privateFile, publicLine]) {
        const anatomy = describeKeyFile(utf8Encode(text));
        if (text.includes('RSA PRIVATE')) continue;
        expect(anatomy.fault).toBeUndefined();
        expectCovered(anatomy);
        for (const { path, explanation } of flat(anatomy.fields)) expect(explanation, path).not.toMatch(/^A part of/);
      }
    },
  );
});
