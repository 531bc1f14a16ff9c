/** What a browser signs with a key of sk-ecdsa (PROTOCOL.u2f, webauthn signatures), and changes of it that must not count. */
import { ecdsaNistp256 } from '../src/crypto/ecdsa-nistp256.ts';
import { sha256 } from '../src/crypto/sha256.ts';
import { webauthnData } from '../src/keys/authenticator-data.ts';
import { signatureBlob } from '../src/keys/signature.ts';
import { encodeSignaturePair } from '../src/keys/signature-pair.ts';
import { base64EncodeUnpadded } from '../src/wire/base64.ts';
import { concatBytes } from '../src/wire/bytes.ts';
import { utf8Encode } from '../src/wire/text.ts';

export const webauthnAlgorithm = 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com';
const scalar = 77n;
const origin = 'https://example.com';

export const webauthnKey = {
  type: 'sk-ecdsa-sha2-nistp256@openssh.com',
  point: ecdsaNistp256.publicKey(scalar),
  application: 'example.com',
} as const;

export interface WebauthnCase {
  readonly name: string;
  readonly verifies: boolean;
  readonly change: (usual: Assertion) => Partial<Assertion>;
}

export interface Assertion {
  readonly flags: number;
  readonly counter: number;
  readonly origin: string;
  readonly clientData: string;
  readonly extensions: Uint8Array;
}

export const webauthnCases: readonly WebauthnCase[] = [
  { name: 'nothing', verifies: true, change: () => ({}) },
  { name: 'extensions', verifies: true, change: () => ({ flags: 0x81, extensions: Uint8Array.of(0xa0) }) },
  {
    name: 'another challenge',
    verifies: false,
    change: ({ clientData }) => ({ clientData: clientData.replace(/(?<="challenge":")[^"]*/, 'AAAA') }),
  },
  {
    name: 'another type',
    verifies: false,
    change: ({ clientData }) => ({ clientData: clientData.replace('webauthn.get', 'webauthn.create') }),
  },
  {
    name: 'another origin in the data',
    verifies: false,
    change: ({ clientData }) => ({ clientData: clientData.replace(origin, 'https://evil.example') }),
  },
  { name: 'an origin that ends the string', verifies: false, change: () => ({ origin: `${origin}","x":"` }) },
  { name: 'attested data', verifies: false, change: () => ({ flags: 0x41 }) },
  {
    name: 'extensions without their flag',
    verifies: false,
    change: () => ({ extensions: Uint8Array.of(0xa0) }),
  },
  { name: 'the flag of extensions without any', verifies: false, change: () => ({ flags: 0x81 }) },
];

/** The signature blob of `message`, with what the case changes. */
export function signAsBrowser(message: Uint8Array, { change }: WebauthnCase): Uint8Array {
  const challenge = base64EncodeUnpadded(message).replaceAll('+', '-').replaceAll('/', '_');
  const usual: Assertion = {
    flags: 5,
    counter: 9,
    origin,
    clientData: `{"type":"webauthn.get","challenge":"${challenge}","origin":"${origin}","crossOrigin":false}`,
    extensions: new Uint8Array(),
  };
  const data = { ...usual, ...change(usual) };
  const clientData = utf8Encode(data.clientData);
  const extra = webauthnData.encode({ ...data, clientData });
  const flagsAndCounter = extra.subarray(0, 5);
  const application = sha256.digest(utf8Encode(webauthnKey.application));
  const signed = concatBytes(application, flagsAndCounter, data.extensions, sha256.digest(clientData));
  const signature = encodeSignaturePair(ecdsaNistp256.sign(signed, scalar));
  return signatureBlob.encode({ algorithm: webauthnAlgorithm, signature, extra });
}
