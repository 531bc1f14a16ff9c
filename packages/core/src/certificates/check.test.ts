import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../test/seeded-random.ts';
import { generateKey } from '../keys/generate-key.ts';
import { publicKeyOf } from '../keys/public-key.ts';
import { runAtOnce } from '../long-work.ts';
import { signWithKey } from '../signing.ts';
import type { Certificate, CertificateOption } from './certificate.ts';
import { checkCertificate, type CertificateQuestion } from './check.ts';
import { issueCertificate, type CertificateRequest } from './issue.ts';
import { flagOption, textOption, usualExtensions } from './options.ts';

const random = seededRandom('certificate checks');
const authority = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
const other = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));

function issue(request: Partial<CertificateRequest> = {}): Certificate {
  const whole = {
    key: publicKeyOf(other),
    usage: 'user',
    keyId: 'id',
    principals: ['alice'],
    validity: { after: 100n, before: 200n },
    authority: publicKeyOf(authority),
    nonce: random(32),
    ...request,
  } as const;
  return signWithKey(issueCertificate(whole), { key: authority, random });
}

function ask(certificate: Certificate, question: Partial<CertificateQuestion> = {}): string {
  const authorities = [publicKeyOf(authority)];
  const check = checkCertificate({
    certificate,
    authorities,
    now: 150n,
    usage: 'user',
    principal: 'alice',
    ...question,
  });
  return check.outcome === 'trusted' ? 'trusted' : `${check.fault}: ${check.message}`;
}

describe('checkCertificate', () => {
  it('carries the question in its answer', () => {
    const question = {
      certificate: issue(),
      authorities: [publicKeyOf(authority)],
      now: 150n,
      usage: 'user',
      principal: 'alice',
    } as const;
    expect(checkCertificate(question)).toMatchObject({ outcome: 'trusted', question });
    const late = { ...question, now: 200n };
    expect(checkCertificate(late)).toMatchObject({ outcome: 'refused', question: late });
  });

  it('refuses an authority that was not named', () => {
    const words = 'unknown-authority: Certificate authority is not trusted';
    expect(ask(issue(), { authorities: [] })).toBe(words);
    expect(ask(issue(), { authorities: [publicKeyOf(other)] })).toBe(words);
  });

  it('refuses outside of the validity', () => {
    expect(ask(issue(), { now: 99n })).toBe('not-yet-valid: Certificate invalid: not yet valid');
    expect(ask(issue(), { now: 100n })).toBe('trusted');
    expect(ask(issue(), { now: 200n })).toBe('expired: Certificate invalid: expired');
  });

  it('refuses a certificate of the other usage', () => {
    expect(ask(issue({ usage: 'host' }))).toBe('wrong-usage: Certificate invalid: not a user certificate');
    expect(ask(issue(), { usage: 'host' })).toBe('wrong-usage: Certificate invalid: not a host certificate');
  });

  it('wants the principal listed: users exactly, hosts by pattern since OpenSSH 10', () => {
    const words = 'principal-not-listed: Certificate invalid: name is not a listed principal';
    expect(ask(issue(), { principal: 'bob' })).toBe(words);
    expect(ask(issue({ principals: ['*'] }))).toBe(words);
    const host = issue({ usage: 'host', principals: ['*.example.com'] });
    expect(ask(host, { usage: 'host', principal: 'web.example.com' })).toBe('trusted');
    expect(ask(host, { usage: 'host', principal: 'web.example.com', openssh: '6.6' })).toBe(words);
  });

  it('lets a certificate without principals stand for nobody; in 6.6 for everybody', () => {
    const nobody = issue({ principals: [] });
    expect(ask(nobody)).toBe('no-principals: Certificate lacks principal list');
    expect(ask(nobody, { openssh: '6.6' })).toBe('trusted');
  });

  it('refuses signature algorithms that are not allowed', () => {
    const words = 'signature-algorithm-not-allowed: Certificate signed with disallowed algorithm';
    expect(ask(issue(), { signatureAlgorithms: ['rsa-sha2-512'] })).toBe(words);
  });

  it('refuses critical options that it does not know, of a host all of them, and passes over extensions', () => {
    expect(ask(issue({ criticalOptions: [flagOption('x@y')] }))).toBe(
      'unknown-critical-option: Certificate critical option "x@y" is not supported',
    );
    expect(ask(issue({ usage: 'host', criticalOptions: [flagOption('verify-required')] }), { usage: 'host' })).toBe(
      'unknown-critical-option: Certificate contains unsupported critical options',
    );
    expect(ask(issue({ extensions: [flagOption('x@y')] }))).toBe('trusted');
  });

  it('asks for an address where source-address stands', () => {
    const certificate = issue({ criticalOptions: [textOption('source-address', '10.0.0.0/8,::1')] });
    expect(ask(certificate)).toBe(
      'source-address-not-allowed: Certificate has a source-address, and no address was asked about',
    );
    expect(ask(certificate, { sourceAddress: '10.1.2.3' })).toBe('trusted');
    expect(ask(certificate, { sourceAddress: '::1' })).toBe('trusted');
    expect(ask(certificate, { sourceAddress: '11.1.2.3' })).toMatch(/^source-address-not-allowed: Your address '11.1/);
  });

  it('gives what the options grant and force', () => {
    const question = { authorities: [publicKeyOf(authority)], now: 150n, usage: 'user', principal: 'alice' } as const;
    const criticalOptions = [textOption('force-command', 'ls'), flagOption('verify-required')];
    const extensions = [...usualExtensions.slice(1), flagOption('no-touch-required')];
    const check = checkCertificate({ ...question, certificate: issue({ criticalOptions, extensions }) });
    expect(check).toMatchObject({
      restrictions: {
        forceCommand: 'ls',
        sourceAddress: undefined,
        verifyRequired: true,
        permitX11Forwarding: false,
        permitAgentForwarding: true,
        permitPortForwarding: true,
        permitPty: true,
        permitUserRc: true,
        touchRequired: false,
      },
    });
  });

  it.each<[string, readonly CertificateOption[]]>([
    ['Certificate option "verify-required" corrupt (extra data)', [textOption('verify-required', 'x')]],
    ['Certificate source-address contents invalid', [textOption('source-address', '1.2.3.4/33')]],
    ['Unable to parse certificate options', [flagOption('force-command')]],
    [
      'Certificate has multiple force-command options',
      [textOption('force-command', 'a'), textOption('force-command', 'b')],
    ],
  ])('refuses with "%s"', (message, criticalOptions) => {
    expect(ask(issue({ criticalOptions }))).toBe(`corrupt-option: ${message}`);
  });
});
