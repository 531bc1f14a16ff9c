/** What the benchmarks use of their peers, which bring no types of their own. */
declare module 'ssh2' {
  import type { Duplex } from 'node:stream';

  interface Algorithms {
    readonly kex: readonly string[];
    readonly cipher: readonly string[];
    readonly serverHostKey: readonly string[];
  }
  interface ClientSettings {
    readonly sock: Duplex;
    readonly username: string;
    readonly password: string;
    readonly authHandler: readonly string[];
    readonly algorithms: Algorithms;
  }
  interface Client {
    connect(settings: ClientSettings): void;
    on(event: 'ready', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    exec(command: string, callback: (error: Error | undefined, stream: Duplex) => void): void;
    end(): void;
  }
  interface Authentication {
    readonly method: string;
    readonly password?: string;
    accept(): void;
    reject(methods: readonly string[]): void;
  }
  interface Session {
    on(event: 'exec', listener: (accept: () => Duplex) => void): this;
  }
  interface ServerClient {
    on(event: 'authentication', listener: (context: Authentication) => void): this;
    on(event: 'session', listener: (accept: () => Session) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }
  interface Server {
    injectSocket(socket: Duplex): void;
  }
  interface ParsedKey {
    getPublicSSH(): Buffer;
  }
  const ssh2: {
    readonly Client: new () => Client;
    readonly Server: new (
      settings: { readonly hostKeys: readonly string[]; readonly algorithms: Algorithms },
      listener: (client: ServerClient) => void,
    ) => Server;
    readonly utils: {
      parseKey(line: string): ParsedKey | Error;
      generateKeyPairSync(type: 'ed25519'): { readonly private: string; readonly public: string };
    };
  };
  export default ssh2;
}

declare module 'sshpk' {
  const sshpk: {
    parseKey(line: string, format: 'ssh'): { fingerprint(hash: 'sha256'): { toString(): string } };
    generatePrivateKey(type: 'ed25519'): unknown;
  };
  export default sshpk;
}

declare module 'bcrypt-pbkdf' {
  interface BcryptPbkdf {
    /** Fills `key`; 0 for success. Passphrase, its length, salt, its length, key, its length, rounds. */
    pbkdf(...parameters: readonly [Uint8Array, number, Uint8Array, number, Uint8Array, number, number]): number;
  }
  const bcrypt: BcryptPbkdf;
  export default bcrypt;
}
