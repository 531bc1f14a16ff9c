/** A public key as the line formats of ssh know it: a key type and the blob behind its base64. sshd(8). */

export interface LineKey {
  /** `ssh-ed25519`, `ssh-rsa`, ... as written. */
  readonly type: string;
  /** The decoded base64: RFC 4253 6.6. */
  readonly blob: Uint8Array;
}
