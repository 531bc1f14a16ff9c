/** A client and a server of the package ssh2 over a pair of streams in this process: logs in, carries data. */
import { once } from 'node:events';
import ssh2 from 'ssh2';
import { laterDuplexPair } from './later-duplex-pair.ts';

const hostKey = ssh2.utils.generateKeyPairSync('ed25519').private;

export class Ssh2Pair {
  readonly #client = new ssh2.Client();
  readonly #algorithms;
  /** Called with what arrives at the server's end of the channel. */
  #take: (bytes: Buffer) => void = () => {};

  constructor(cipher: string) {
    this.#algorithms = { kex: ['curve25519-sha256'], serverHostKey: ['ssh-ed25519'], cipher: [cipher] };
  }

  async logIn(): Promise<void> {
    const [near, far] = laterDuplexPair();
    const ready = new Promise<void>((resolve, reject) => {
      this.#client.on('ready', resolve).on('error', reject);
    });
    this.#serve().injectSocket(far);
    this.#client.connect({
      sock: near,
      username: 'demo',
      password: 'seashell',
      authHandler: ['password'],
      algorithms: this.#algorithms,
    });
    await ready;
  }

  /** Sends `bytes` over and over until `total` have arrived, over a session channel. */
  async send(bytes: Uint8Array, total: number): Promise<void> {
    const stream = await new Promise<NodeJS.WritableStream>((resolve, reject) => {
      this.#client.exec('', (error, opened) => (error === undefined ? resolve(opened) : reject(error)));
    });
    let received = 0;
    const arrived = new Promise<void>((resolve) => {
      this.#take = (piece) => {
        received += piece.length;
        if (received >= total) resolve();
      };
    });
    for (let sent = 0; sent < total; sent += bytes.length) {
      const piece = bytes.subarray(0, Math.min(bytes.length, total - sent));
      if (!stream.write(piece)) await once(stream, 'drain');
    }
    await arrived;
  }

  end(): void {
    this.#client.end();
  }

  #serve() {
    return new ssh2.Server({ hostKeys: [hostKey], algorithms: this.#algorithms }, (peer) => {
      peer.on('error', () => {});
      peer.on('authentication', (context) => {
        if (context.method === 'password' && context.password === 'seashell') context.accept();
        else context.reject(['password']);
      });
      peer.on('session', (acceptSession) => {
        acceptSession().on('exec', (acceptRequest) => {
          acceptRequest().on('data', (bytes: Buffer) => this.#take(bytes));
        });
      });
    });
  }
}
