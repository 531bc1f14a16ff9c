/** SSHSIG from end to end: what is signed is checked, and nothing else is; allowed signers answer as OpenSSH's do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueCertificate, textOption, type Certificate, type CertificateRequest } from '../src/certificates/index.ts';
import { encodePublicKey, generateKey, publicKeyOf, runAtOnce, type PrivateKey } from '../src/keys/index.ts';
import {
  armourSshsig,
  checkSshsig,
  dearmourSshsig,
  decodeSshsig,
  encodeSshsig,
  findPrincipals,
  hashSshsigMessage,
  keyListRevokes,
  matchPrincipals,
  parseAllowedSigners,
  signerOfCertificate,
  signerOfKey,
  signSshsig,
  signWithKey,
  sshsigBlob,
  verifySshsig,
  type SshsigHashName,
} from '../src/signatures/index.ts';
import { base64Encode, DecodeError, utf8Encode } from '../src/wire/index.ts';
import { printLines } from '../src/files/lines.ts';
import { seededRandom } from './seeded-random.ts';

const random = seededRandom('signatures');
const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
const other = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
const message = utf8Encode('hello\n');
const lineOf = (of: PrivateKey): string => `${of.type} ${base64Encode(encodePublicKey(of))}`;

function sign(hashName?: SshsigHashName): Uint8Array {
  const request = { signer: signerOfKey(key), message, namespace: 'file', ...(hashName && { hashName }) };
  return signWithKey(signSshsig(request), { key, random });
}

const signature = decodeSshsig(sign());
const now = 1_700_000_000n;

function verify(allowed: string, changes: Partial<{ principal: string; namespace: string; now: bigint }> = {}) {
  const allowedSigners = parseAllowedSigners(allowed);
  return verifySshsig({ signature, message, namespace: 'file', principal: 'a@b', allowedSigners, now, ...changes });
}

describe('signSshsig', () => {
  it('makes what checkSshsig calls signed, with either hash', () => {
    for (const hashName of ['sha256', 'sha512'] as const) {
      const made = decodeSshsig(sign(hashName));
      expect(made.hashName).toBe(hashName);
      const check = checkSshsig({ signature: made, message, namespace: 'file' });
      expect(check).toMatchObject({ outcome: 'signed', signatureAlgorithm: 'ssh-ed25519' });
    }
  });

  it('signs the hash of a message that was read in pieces', () => {
    const work = signSshsig({ signer: signerOfKey(key), message: hashSshsigMessage(message), namespace: 'file' });
    expect(signWithKey(work, { key, random })).toEqual(sign());
  });

  it('asks for an RSA signature over SHA-512, never SHA-1', () => {
    const rsa = { type: 'ssh-rsa', e: 65_537n, n: (1n << 2047n) + 1n } as const;
    const asked = signSshsig({ signer: signerOfKey(rsa), message, namespace: 'file' }).next();
    expect(asked.value).toMatchObject({ algorithm: 'rsa-sha2-512' });
  });
});

const refused = (changes: object) => checkSshsig({ signature, message, namespace: 'file', ...changes });

describe('checkSshsig', () => {
  it('refuses another message, namespace or hash', () => {
    expect(refused({ message: utf8Encode('hello') })).toMatchObject({ fault: 'wrong-signature' });
    expect(refused({ namespace: 'git' })).toMatchObject({ fault: 'namespace-mismatch' });
    const hashed = hashSshsigMessage(message, 'sha256');
    expect(refused({ message: hashed })).toMatchObject({ fault: 'hash-mismatch' });
  });

  it('refuses a hash that is not SHA-2, and says which', () => {
    const check = refused({ signature: { ...signature, hashName: 'md5' } });
    expect(check).toMatchObject({ fault: 'unsupported-hash', message: 'unsupported hash algorithm "md5"' });
  });

  it('refuses an RSA signature over SHA-1 whatever it signs', () => {
    const sha1Blob = Uint8Array.of(0, 0, 0, 7, ...utf8Encode('ssh-rsa'), 0, 0, 0, 1, 1);
    expect(refused({ signature: { ...signature, signature: sha1Blob } })).toMatchObject({
      fault: 'signature-algorithm-not-allowed',
    });
  });

  it('refuses a signature blob that is cut off', () => {
    const cut = { ...signature, signature: signature.signature.subarray(0, 6) };
    expect(refused({ signature: cut })).toMatchObject({ fault: 'malformed-signature' });
  });
});

describe('armourSshsig', () => {
  it('is undone by dearmourSshsig, whatever follows the END line', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        const text = armourSshsig(bytes);
        expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(70);
        expect(dearmourSshsig(`${text}more`)).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['', "Couldn't parse signature: missing header"],
    ['-----BEGIN SSH SIGNATURE-----', 'sshsig_dearmor: no header eol'],
    ['-----BEGIN SSH SIGNATURE----- \nAAAA', 'sshsig_dearmor: no header eol'],
    ['-----BEGIN SSH SIGNATURE-----\nAAAA', "Couldn't parse signature: missing footer"],
    [
      '-----BEGIN SSH SIGNATURE-----\nA*AA\n-----END SSH SIGNATURE-----\n',
      'sshsig_dearmor: decode base64: invalid format',
    ],
  ])('refuses %j', (text, reason) => {
    expect(() => dearmourSshsig(text)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('decodeSshsig', () => {
  it('gives back what encodeSshsig takes', () => {
    expect(encodeSshsig(signature)).toEqual(sign());
  });

  it('refuses any cut and any further byte with a DecodeError, and never calls a changed signature signed', () => {
    const bytes = sign();
    for (let size = 0; size < bytes.length; size += 1) {
      expect(() => decodeSshsig(bytes.subarray(0, size))).toThrow(DecodeError);
    }
    expect(() => decodeSshsig(Uint8Array.of(...bytes, 0))).toThrow(DecodeError);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      // OpenSSH takes version 0 for version 1; nothing signs the version.
      if (at !== lastByteOfVersion) expect(outcomeOf(changed)).not.toBe('signed');
    }
  });

  it('tells where the fault lies', () => {
    const bytes = sshsigBlob.encode({ ...sshsigBlob.decode(sign()), publicKey: Uint8Array.of(0, 0, 0, 1, 120) });
    expect(() => decodeSshsig(bytes)).toThrow(/sshsig\.publicKey/);
  });
});

const lastByteOfVersion = 9;

function outcomeOf(bytes: Uint8Array): string {
  try {
    return checkSshsig({ signature: decodeSshsig(bytes), message, namespace: 'file' }).outcome;
  } catch (error) {
    if (error instanceof DecodeError) return 'malformed';
    throw error;
  }
}

describe('parseAllowedSigners', () => {
  it('prints back any text, and never throws', () => {
    const piece = fc.constantFrom('a@b', '*', '"', ' ', '\t', '\n', '\r\n', '#', 'namespaces="git"', ',', lineOf(key));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((parts) => parts.join('')),
        ),
        (text) => {
          expect(printLines(parseAllowedSigners(text))).toBe(text);
        },
      ),
    );
  });

  it('reads principals, options, key and comment', () => {
    const options = 'cert-authority,namespaces="file,git*",valid-after="20200101",valid-before="202101011200Z"';
    const [line] = parseAllowedSigners(`"a@b,c d" ${options} ${lineOf(key)} me at home\n`).lines;
    expect(line).toMatchObject({
      type: 'entry',
      principals: 'a@b,c d',
      optionsText: options,
      options: {
        certAuthority: true,
        namespaces: 'file,git*',
        validAfter: 1_577_836_800n,
        validBefore: 1_609_502_400n,
      },
      comment: 'me at home',
    });
  });

  it.each([
    ['a@b', 'missing key'],
    ['"a@b ssh-ed25519', 'invalid line'],
    ['a@b namespaces="x', 'invalid options'],
    ['a@b cert-authority', 'missing key'],
    ['a@b cert-authority ssh-ed25519 AAAA', 'invalid key'],
    [`a@b unknown ${lineOf(key)}`, 'bad options: unknown key option'],
    [`a@b cert-authority, ${lineOf(key)}`, 'bad options: unexpected end-of-options'],
    [`a@b namespaces=x ${lineOf(key)}`, 'bad options: missing start quote'],
    [`a@b namespaces="a",namespaces="b" ${lineOf(key)}`, 'bad options: multiple "namespaces" clauses'],
    [`a@b valid-after="2020" ${lineOf(key)}`, 'bad options: invalid "valid-after" time'],
    [`a@b valid-before="19700101Z" ${lineOf(key)}`, 'bad options: invalid "valid-before" time'],
    [
      `a@b valid-after="20210101",valid-before="20200101" ${lineOf(key)}`,
      'bad options: "valid-before" time is before "valid-after"',
    ],
  ])('tells what is wrong with %j', (text, wanted) => {
    expect(parseAllowedSigners(text).diagnostics.map((diagnostic) => diagnostic.message)).toEqual([wanted]);
  });
});

describe('verifySshsig', () => {
  it('trusts the key of a line for its principals and namespaces only', () => {
    const line = `*@b,!z@b namespaces="file,g*" ${lineOf(key)}`;
    expect(verify(line)).toMatchObject({ outcome: 'trusted', entry: { number: 1 } });
    expect(verify(line, { principal: 'z@b' })).toMatchObject({ fault: 'not-allowed', notes: [] });
    expect(verify(line, { principal: 'a@c' })).toMatchObject({ fault: 'not-allowed' });
    expect(verify(`a@b ${lineOf(other)}`)).toMatchObject({ fault: 'not-allowed' });
    expect(verify(`a@b cert-authority ${lineOf(key)}`)).toMatchObject({ fault: 'not-allowed' });
    expect(verify(`a@b namespaces="git" ${lineOf(key)}`)).toMatchObject({
      notes: [{ line: 1, message: 'key is not permitted for use in signature namespace "file"' }],
    });
  });

  it('asks for the time, both ends included', () => {
    const line = `a@b valid-after="20231114221320Z",valid-before="20231114221321Z" ${lineOf(key)}`;
    expect(verify(line)).toMatchObject({ outcome: 'trusted' });
    expect(verify(line, { now: now + 1n })).toMatchObject({ outcome: 'trusted' });
    expect(verify(line, { now: now - 1n })).toMatchObject({
      notes: [{ message: 'key is not yet valid: verify time 2023-11-14T22:13:19 < valid-after 2023-11-14T22:13:20' }],
    });
    expect(verify(line, { now: now + 2n })).toMatchObject({
      notes: [{ message: 'key has expired: verify time 2023-11-14T22:13:22 > valid-before 2023-11-14T22:13:21' }],
    });
  });

  it('goes on after a wrong line, and takes the first that allows', () => {
    const answer = verify(`a@b nonsense\na@b ${lineOf(other)}\na@b ${lineOf(key)} first\n* ${lineOf(key)} second\n`);
    expect(answer).toMatchObject({ outcome: 'trusted', entry: { number: 3 }, notes: [{ line: 1 }] });
  });

  it('refuses a revoked signer, whoever is allowed', () => {
    const allowedSigners = parseAllowedSigners(`a@b ${lineOf(key)}`);
    const question = { signature, message, namespace: 'file', principal: 'a@b', allowedSigners, now };
    expect(verifySshsig({ ...question, isRevoked: () => true })).toMatchObject({ fault: 'revoked' });
    expect(verifySshsig({ ...question, isRevoked: () => false })).toMatchObject({ outcome: 'trusted' });
  });
});

describe('verifySshsig of a certificate', () => {
  const authority = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
  const issue = (changes: Partial<CertificateRequest> = {}) => {
    const request = {
      key: publicKeyOf(key),
      usage: 'user',
      keyId: 'k',
      principals: ['a@b', 'x@y'],
      ...changes,
    } as const;
    const work = issueCertificate({ ...request, authority: publicKeyOf(authority), nonce: random(32) });
    return signWithKey(work, { key: authority, random });
  };
  const verifyBy = (certificate: Certificate, allowed: string, principal = 'a@b') => {
    const work = signSshsig({ signer: signerOfCertificate(certificate), message, namespace: 'file' });
    const signed = decodeSshsig(signWithKey(work, { key, random }));
    const allowedSigners = parseAllowedSigners(allowed);
    return verifySshsig({ signature: signed, message, namespace: 'file', principal, allowedSigners, now });
  };
  const line = `*@b cert-authority ${lineOf(authority)}`;

  it('trusts it by its authority, for a principal that both list', () => {
    expect(verifyBy(issue(), line)).toMatchObject({ outcome: 'trusted' });
    expect(verifyBy(issue(), line, 'z@b')).toMatchObject({
      notes: [{ message: 'certificate not authorized: Certificate invalid: name is not a listed principal' }],
    });
    expect(verifyBy(issue(), line, 'x@y')).toMatchObject({ fault: 'not-allowed', notes: [] });
    expect(verifyBy(issue(), `*@b ${lineOf(authority)}`)).toMatchObject({ fault: 'not-allowed', notes: [] });
    expect(verifyBy(issue(), `*@b ${lineOf(key)}`)).toMatchObject({ fault: 'not-allowed', notes: [] });
    expect(verifyBy(issue(), `*@b cert-authority ${lineOf(other)}`)).toMatchObject({ fault: 'not-allowed' });
  });

  const reason = (certificate: Certificate) => verifyBy(certificate, line).notes[0]?.message;

  it('refuses a host certificate, one of another time, and one for nobody', () => {
    const prefix = 'certificate not authorized: Certificate';
    expect(reason(issue({ usage: 'host' }))).toBe(`${prefix} invalid: not a user certificate`);
    expect(reason(issue({ validity: { after: now + 1n, before: now + 9n } }))).toBe(`${prefix} invalid: not yet valid`);
    expect(reason(issue({ validity: { after: 0n, before: now } }))).toBe(`${prefix} invalid: expired`);
    expect(reason(issue({ principals: [] }))).toBe(`${prefix} lacks principal list`);
  });

  it('leaves what restricts logins aside, as OpenSSH does', () => {
    const criticalOptions = [textOption('source-address', '10.0.0.0/8')];
    expect(verifyBy(issue({ criticalOptions }), line)).toMatchObject({ outcome: 'trusted' });
  });

  it('gives findPrincipals those of its principals that the line lists', () => {
    const signer = signerOfCertificate(issue());
    const find = (text: string) => findPrincipals({ allowedSigners: parseAllowedSigners(text), signer, now });
    expect(find(`*@y,q,a* cert-authority ${lineOf(authority)}`).principals).toEqual(['x@y', 'a@b']);
    expect(find(`q* cert-authority ${lineOf(authority)}`)).toMatchObject({
      principals: [],
      notes: [{ message: 'no valid principals found' }],
    });
  });
});

const ask = (text: string) => keyListRevokes(text, signature.signer);

describe('keyListRevokes', () => {
  it('finds the key among others, comments and blank lines', () => {
    expect(ask(`# old\n\n${lineOf(other)} c\n  ${lineOf(key)} d\n`)).toEqual({ outcome: 'revoked', line: 4 });
    expect(ask(`${lineOf(other)}\n`)).toEqual({ outcome: 'not-listed' });
  });

  it('believes nothing after a line that is no key', () => {
    expect(ask(`a@b ${lineOf(other)}\n`)).toEqual({ outcome: 'unreadable', line: 1 });
  });
});

describe('findPrincipals', () => {
  it('gives the pattern list of the first line with the key, namespaces aside', () => {
    const allowedSigners = parseAllowedSigners(`x ${lineOf(other)}\n"a@b,c*" namespaces="git" ${lineOf(key)}\n`);
    const found = findPrincipals({ allowedSigners, signer: signature.signer, now });
    expect(found).toMatchObject({ principals: ['a@b,c*'], entry: { number: 2 }, notes: [] });
  });

  it('tells of every line what OpenSSH tells with -v, in its order', () => {
    const text = `x ${lineOf(other)}\na@b wrong\na@b namespaces="git" ${lineOf(key)}\n`;
    const found = findPrincipals({ allowedSigners: parseAllowedSigners(text), signer: signature.signer, now });
    expect(found.steps).toEqual([
      { line: 1, level: 'DEBUG3', message: 'options ' },
      { line: 2, level: 'ERROR', message: 'missing key' },
      { line: 3, level: 'DEBUG3', message: 'options namespaces="git"' },
      { line: 3, level: 'DEBUG1', message: 'matched key' },
    ]);
  });

  it('takes no key of a type that no OpenSSH with signatures has', () => {
    const dsa = runAtOnce(generateKey({ type: 'ssh-dss', random }));
    expect(parseAllowedSigners(`a@b ${lineOf(dsa)}`).diagnostics).toMatchObject([{ message: 'invalid key' }]);
    expect(ask(`${lineOf(dsa)}\n`)).toEqual({ outcome: 'unreadable', line: 1 });
  });
});

const match = (allowed: string) => matchPrincipals(parseAllowedSigners(allowed), 'a@b');

describe('matchPrincipals', () => {
  it('gives the pattern list of every line that matches, and nothing after a wrong one', () => {
    const text = `a@b,x ${lineOf(key)}\nz wrong\n*@b ${lineOf(other)}\n!a@b,* ${lineOf(other)}\n`;
    expect(match(text)).toMatchObject({ principals: ['a@b,x', '*@b'], notes: [], stopped: false });
    expect(match(`${text}a@b wrong`)).toMatchObject({ principals: [], notes: [{ line: 5 }], stopped: true });
  });
});
