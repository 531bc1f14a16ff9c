/** Published and recorded vectors that the contract of crypto providers runs on. */
import { openPrivateKey, runAtOnce } from '../src/keys/index.ts';
import { utf8Encode } from '../src/wire/index.ts';
import { opensslRsa } from './fixtures/openssl-rsa.ts';

/** The points of curve25519 whose order divides 8, and their twins above the prime (RFC 7748 section 7 warns of them). */
export const lowOrderPoints = [
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
] as const;

/** An RSA key and the signatures OpenSSL made with it. */
export const rsaVector = {
  key: opensslKey(),
  message: utf8Encode(opensslRsa.message),
  signatures: opensslRsa.signatures,
};

function opensslKey() {
  const opened = runAtOnce(openPrivateKey(utf8Encode(opensslRsa.pkcs1)));
  if (opened.outcome !== 'key' || opened.key.type !== 'ssh-rsa') throw new Error(`not opened: ${opened.outcome}`);
  return opened.key;
}
