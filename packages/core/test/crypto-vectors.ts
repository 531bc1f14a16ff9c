/** Published and recorded vectors that the contract of crypto providers runs on. */
import { openPrivateKey, runAtOnce } from '../src/keys/index.ts';
import { hexDecode, utf8Encode } from '../src/wire/index.ts';
import { opensslRsa } from './fixtures/openssl-rsa.ts';

/** Bytes of hexadecimal text, with blanks between for who reads it. */
export function bytesOf(hex: string): Uint8Array {
  const bytes = hexDecode(hex.replaceAll(/\s/g, ''));
  if (bytes === undefined) throw new Error(`not hexadecimal: ${hex}`);
  return bytes;
}

/** Bytes that look like nothing in particular. */
export const counting = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, index) => (index * 7 + 3) & 0xff);

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

/** RFC 6979 appendix A.2.5 to A.2.7. */
export const ecdsaVectors = [
  {
    curve: 'nistp256',
    text: 'sample',
    scalar: 0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721n,
    r: 0xefd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716n,
    s: 0xf7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8n,
  },
  {
    curve: 'nistp256',
    text: 'test',
    scalar: 0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721n,
    r: 0xf1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367n,
    s: 0x019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083n,
  },
  {
    curve: 'nistp384',
    text: 'sample',
    scalar: 0x6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5n,
    r: 0x94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46n,
    s: 0x99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8n,
  },
  {
    curve: 'nistp384',
    text: 'test',
    scalar: 0x6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5n,
    r: 0x8203b63d3c853e8d77227fb377bcf7b7b772e97892a80f36ab775d509d7a5feb0542a7f0812998da8f1dd3ca3cf023dbn,
    s: 0xddd0760448d42d8a43af45af836fce4de8be06b485e9b61b827c2f13173923e06a739f040649a667bf3b828246baa5a5n,
  },
  {
    curve: 'nistp521',
    text: 'sample',
    scalar:
      0x0fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b83538n,
    r: 0x00c328fafcbd79dd77850370c46325d987cb525569fb63c5d3bc53950e6d4c5f174e25a1ee9017b5d450606add152b534931d7d4e8455cc91f9b15bf05ec36e377fan,
    s: 0x00617cce7cf5064806c467f678d3b4080d6f1cc50af26ca209417308281b68af282623eaa63e5b5c0723d8b8c37ff0777b1a20f8ccb1dccc43997f1ee0e44da4a67an,
  },
  {
    curve: 'nistp521',
    text: 'test',
    scalar:
      0x0fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b83538n,
    r: 0x013e99020abf5cee7525d16b69b229652ab6bdf2affcaef38773b4b7d08725f10cdb93482fdcc54edcee91eca4166b2a7c6265ef0ce2bd7051b7cef945babd47ee6dn,
    s: 0x01fbd0013c674aa79cb39849527916ce301c66ea7ce8b80682786ad60f98f7e78a19ca69eff5c57400e3b3a0ad66ce0978214d13baf4e9ac60752f7b155e2de4dce3n,
  },
] as const;

/** RFC 6979 appendix A.2.1: the key of 1,024 bits, and with SHA-1. */
export const dsaVector = {
  key: {
    p: 0x86f5ca03dcfeb225063ff830a0c769b9dd9d6153ad91d7ce27f787c43278b447e6533b86b18bed6e8a48b784a14c252c5be0dbf60b86d6385bd2f12fb763ed8873abfd3f5ba2e0a8c0a59082eac056935e529daf7c610467899c77adedfc846c881870b7b19b2b58f9be0521a17002e3bdd6b86685ee90b3d9a1b02b782b1779n,
    q: 0x996f967f6c8e388d9e28d01e205fba957a5698b1n,
    g: 0x07b0f92546150b62514bb771e2a0c0ce387f03bda6c56b505209ff25fd3c133d89bbcd97e904e09114d9a7defdeadfc9078ea544d2e401aeecc40bb9fbbf78fd87995a10a1c27cb7789b594ba7efb5c4326a9fe59a070e136db77175464adca417be5dce2f40d10a46a3a3943f26ab7fd9c0398ff8c76ee0a56826a8a88f1dbdn,
    x: 0x411602cb19a6ccc34494d79d98ef1e7ed5af25f7n,
    y: 0x5df5e01ded31d0297e274e1691c192fe5868fef9e19a84776454b100cf16f65392195a38b90523e2542ee61871c0440cb87c322fc4b4d2ec5e1e7ec766e1be8d4ce935437dc11c3c8fd426338933ebfe739cb3465f4d3668c5e473508253b1e682f65cbdc4fae93c2ea212390e54905a86e2223170b44eaa7da5dd9ffcfb7f3bn,
  },
  signatures: [
    {
      text: 'sample',
      r: 0x2e1a0c2562b2912caaf89186fb0f42001585da55n,
      s: 0x29efb6b0aff2d7a68eb70ca313022253b9a88df5n,
    },
    { text: 'test', r: 0x42ab2052fd43e123f0607f115052a67dcd9c5c77n, s: 0x183916b0230d45b9931491d4c6b0bd2fb4aaf088n },
  ],
} as const;

/** RFC 5903 sections 8.1 to 8.3: two scalars, and the x coordinate that both sides find. */
export const ecdhVectors = [
  {
    curve: 'nistp256',
    scalars: [
      0xc88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433n,
      0xc6ef9c5d78ae012a011164acb397ce2088685d8f06bf9be0b283ab46476bee53n,
    ],
    shared: 'd6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de',
  },
  {
    curve: 'nistp384',
    scalars: [
      0x099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655e35b538041e649ee3faef896783ab194n,
      0x41cb0779b4bdb85d47846725fbec3c9430fab46cc8dc5060855cc9bda0aa2942e0308312916b8ed2960e4bd55a7448fcn,
    ],
    shared: `11187331c279962d93d604243fd592cb9d0a926f422e47187521287e7156c5c4
             d603135569b9e9d09cf5d4a270f59746`,
  },
  {
    curve: 'nistp521',
    scalars: [
      0x0037ade9319a89f4dabdb3ef411aaccca5123c61acab57b5393dce47608172a095aa85a30fe1c2952c6771d937ba9777f5957b2639bab072462f68c27a57382d4a52n,
      0x0145ba99a847af43793fdd0e872e7cdfa16be30fdc780f97bccc3f078380201e9c677d600b343757a3bdbf2a3163e4c2f869cca7458aa4a4effc311f5cb151685eb9n,
    ],
    shared: `01144c7d79ae6956bc8edb8e7c787c4521cb086fa64407f97894e5e6b2d79b04
             d1427e73ca4baa240a34786859810c06b3c715a3a8cc3151f2bee417996d19f3ddea`,
  },
] as const;

/** Wycheproof's mldsa_44_sign_seed, cases 1 and 3; SHA-256 of the public key and of the signatures, which are long. */
export const mldsa44Vector = {
  seed: new Uint8Array(32).fill(0x2a),
  message: utf8Encode('Hello world'),
  publicKeySha256: 'd87f8ca136ac1aa55e2d6c4521680efb3a378cbb9bc0bfb446e9c60893931ea3',
  signatures: [
    { context: '', sha256: '8cd6fc03daa72e87210a4e721523e84c14f27733789075e65736744d4787fdd5' },
    { context: 'Context', sha256: '17749906eeb78bc6c57e549c237b4d2a27a011edac02bd1ad7e6534795e8ceff' },
  ],
} as const;
