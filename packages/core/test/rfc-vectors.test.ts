/** Known answers of RFC 6979 appendix A.2 (ECDSA and DSA with the nonces of the RFC) and of RFC 6070 (PBKDF2 with HMAC-SHA1). */
import { describe, expect, it } from 'vitest';
import { nobleProvider, runAtOnce } from '../src/crypto/index.ts';
import { pbkdf2 } from '../src/crypto/pbkdf2.ts';
import { hexEncode, utf8Encode } from '../src/wire/index.ts';

const ecdsaVectors = [
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

describe('RFC 6979', () => {
  it.each(ecdsaVectors)('appendix A.2.5 to A.2.7: $curve signs "$text"', ({ curve, text, scalar, r, s }) => {
    const ecdsa = nobleProvider.ecdsa[curve];
    const message = utf8Encode(text);
    expect(ecdsa.sign(message, scalar)).toEqual({ r, s });
    expect(ecdsa.verify({ message, signature: { r, s }, publicKey: ecdsa.publicKey(scalar) })).toBe(true);
  });

  it.each([
    {
      text: 'sample',
      r: 0x2e1a0c2562b2912caaf89186fb0f42001585da55n,
      s: 0x29efb6b0aff2d7a68eb70ca313022253b9a88df5n,
    },
    { text: 'test', r: 0x42ab2052fd43e123f0607f115052a67dcd9c5c77n, s: 0x183916b0230d45b9931491d4c6b0bd2fb4aaf088n },
  ])('appendix A.2.1: DSA of 1024 bits with SHA-1 signs "$text"', ({ text, r, s }) => {
    const message = utf8Encode(text);
    expect(nobleProvider.dsa.sign(message, dsaKey)).toEqual({ r, s });
    expect(nobleProvider.dsa.verify({ message, signature: { r, s }, key: dsaKey })).toBe(true);
  });
});

const dsaKey = {
  p: 0x86f5ca03dcfeb225063ff830a0c769b9dd9d6153ad91d7ce27f787c43278b447e6533b86b18bed6e8a48b784a14c252c5be0dbf60b86d6385bd2f12fb763ed8873abfd3f5ba2e0a8c0a59082eac056935e529daf7c610467899c77adedfc846c881870b7b19b2b58f9be0521a17002e3bdd6b86685ee90b3d9a1b02b782b1779n,
  q: 0x996f967f6c8e388d9e28d01e205fba957a5698b1n,
  g: 0x07b0f92546150b62514bb771e2a0c0ce387f03bda6c56b505209ff25fd3c133d89bbcd97e904e09114d9a7defdeadfc9078ea544d2e401aeecc40bb9fbbf78fd87995a10a1c27cb7789b594ba7efb5c4326a9fe59a070e136db77175464adca417be5dce2f40d10a46a3a3943f26ab7fd9c0398ff8c76ee0a56826a8a88f1dbdn,
  x: 0x411602cb19a6ccc34494d79d98ef1e7ed5af25f7n,
  y: 0x5df5e01ded31d0297e274e1691c192fe5868fef9e19a84776454b100cf16f65392195a38b90523e2542ee61871c0440cb87c322fc4b4d2ec5e1e7ec766e1be8d4ce935437dc11c3c8fd426338933ebfe739cb3465f4d3668c5e473508253b1e682f65cbdc4fae93c2ea212390e54905a86e2223170b44eaa7da5dd9ffcfb7f3bn,
};

describe('RFC 6070', () => {
  it.each([
    ['password', 'salt', 1, '0c60c80f961f0e71f3a9b524af6012062fe037a6'],
    ['password', 'salt', 2, 'ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957'],
    ['password', 'salt', 4096, '4b007901b765489abead49d926f721d065a429c1'],
    [
      'passwordPASSWORDpassword',
      'saltSALTsaltSALTsaltSALTsaltSALTsalt',
      4096,
      '3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038',
    ],
    ['pass\0word', 'sa\0lt', 4096, '56fa6aa75548099dcc37d7f03425e0c3'],
  ] as const)('PBKDF2 with HMAC-SHA1 of %j and %j, %i iterations', (passphrase, salt, iterations, derived) => {
    const work = pbkdf2({
      hash: 'sha1',
      passphrase: utf8Encode(passphrase),
      salt: utf8Encode(salt),
      iterations,
      sizeBytes: derived.length / 2,
    });
    expect(hexEncode(runAtOnce(work))).toBe(derived);
  });
});
