/** The lists that the algorithm tables give, by OpenSSH version. */
import { describe, expect, test } from 'vitest';
import { channelRequestRows } from '../../connection/requests/index.ts';
import { messageRows } from '../../messages/table.ts';
import { defaultPreferences, supportedAlgorithms } from './preferences.ts';

describe('defaultPreferences', () => {
  test("gives 10.5's lists, without what is not implemented", () => {
    expect(defaultPreferences('10')).toEqual({
      kex: [
        'mlkem768x25519-sha256',
        'curve25519-sha256',
        'curve25519-sha256@libssh.org',
        'ecdh-sha2-nistp256',
        'ecdh-sha2-nistp384',
        'ecdh-sha2-nistp521',
      ],
      hostKey: [
        'ssh-ed25519',
        'ecdsa-sha2-nistp256',
        'ecdsa-sha2-nistp384',
        'ecdsa-sha2-nistp521',
        'sk-ssh-ed25519@openssh.com',
        'sk-ecdsa-sha2-nistp256@openssh.com',
        'webauthn-sk-ecdsa-sha2-nistp256@openssh.com',
        'rsa-sha2-512',
        'rsa-sha2-256',
      ],
      cipher: [
        'chacha20-poly1305@openssh.com',
        'aes128-gcm@openssh.com',
        'aes256-gcm@openssh.com',
        'aes128-ctr',
        'aes192-ctr',
        'aes256-ctr',
      ],
      mac: [
        'hmac-sha2-256-etm@openssh.com',
        'hmac-sha2-512-etm@openssh.com',
        'hmac-sha1-etm@openssh.com',
        'hmac-sha2-256',
        'hmac-sha2-512',
        'hmac-sha1',
      ],
      compression: ['none'],
      strictKeyExchange: true,
      extensionInfo: true,
    });
  });

  test("gives 6.6's lists, without what is not implemented", () => {
    expect(defaultPreferences('6.6')).toEqual({
      kex: ['curve25519-sha256@libssh.org', 'ecdh-sha2-nistp256', 'ecdh-sha2-nistp384', 'ecdh-sha2-nistp521'],
      hostKey: [
        'ecdsa-sha2-nistp256',
        'ecdsa-sha2-nistp384',
        'ecdsa-sha2-nistp521',
        'ssh-ed25519',
        'ssh-rsa',
        'ssh-dss',
      ],
      cipher: [
        'aes128-ctr',
        'aes192-ctr',
        'aes256-ctr',
        'aes128-gcm@openssh.com',
        'aes256-gcm@openssh.com',
        'chacha20-poly1305@openssh.com',
      ],
      mac: [
        'hmac-sha1-etm@openssh.com',
        'hmac-sha2-256-etm@openssh.com',
        'hmac-sha2-512-etm@openssh.com',
        'hmac-sha1',
        'hmac-sha2-256',
        'hmac-sha2-512',
      ],
      compression: ['none'],
      strictKeyExchange: false,
      extensionInfo: false,
    });
  });
});

describe('supportedAlgorithms', () => {
  test('knows ssh-rsa in 10, which does not offer it', () => {
    expect(supportedAlgorithms('10').hostKey).toContain('ssh-rsa');
    expect(defaultPreferences('10').hostKey).not.toContain('ssh-rsa');
  });
});

describe('tables', () => {
  test('have each message number and each request once', () => {
    const numbers = messageRows().map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    const names = channelRequestRows().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
