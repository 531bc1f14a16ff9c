/** As much of node-forge's DES as `des-cbc.ts` uses: its own declarations pull in Node's, which the core has not. */
declare module 'node-forge/lib/des.js' {
  /** Bytes as a string with one character (U+0000 to U+00FF) a byte. */
  interface ByteSource {
    getBytes(): string;
  }
  interface BlockCipher {
    readonly output: ByteSource;
    start(iv: string): void;
    update(input: ByteSource): void;
    /** `pad` stands for the padding of both directions; false when the input is refused. */
    finish(pad: () => boolean): boolean;
  }
  const des: {
    /** DES for a key of 8 bytes, DES-EDE3 for 24. */
    createEncryptionCipher(key: string, mode: 'CBC'): BlockCipher;
    createDecryptionCipher(key: string, mode: 'CBC'): BlockCipher;
  };
  export default des;
}
