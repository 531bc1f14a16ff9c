/** Clients of sshd that do what ssh does not: they flood, ask for another password, send signals, hear of ends by signals, leave what they started. */
import { nobleProvider } from '@seashell/core/crypto';
import { utf8Encode } from '@seashell/core/wire';
import {
  ClientConnection,
  defaultPreferences,
  type ChannelRequest,
  type ClientCommand,
  type ClientEvent,
} from '@seashell/protocol';
import { isSystemError, type Program, type System } from '@seashell/system';

const server = { address: '192.0.2.20', port: 22 };

/** SSH_MSG_IGNORE of one byte without encryption, again and again, as fast as the server takes it. */
export const flood: Program = async ({ network, streams }) => {
  const descriptor = await network.connect(server);
  await streams.write(descriptor, utf8Encode('SSH-2.0-Flood\r\n'));
  const packet = Uint8Array.of(0, 0, 0, 12, 5, 2, 0, 0, 0, 1, 88, 0, 0, 0, 0, 0);
  const packets = new Uint8Array(packet.length * 1000);
  for (let at = 0; at < packets.length; at += packet.length) packets.set(packet, at);
  try {
    for (let at = 0; ;) at = (at + (await streams.write(descriptor, packets.subarray(at)))) % packets.length;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return 7;
  }
};

type Told = readonly ClientCommand[] | { readonly afterTenSeconds: readonly ClientCommand[] } | 'end';
type Answer = (event: ClientEvent, client: ClientConnection) => Told;

/** Runs a client whose every event `answer` answers; what it does is its own business. */
async function converse({ network, streams, clock, random }: System, answer: Answer): Promise<number> {
  const descriptor = await network.connect(server);
  const client = new ClientConnection({
    identification: 'SSH-2.0-Unusual',
    crypto: nobleProvider,
    random: (length) => random.bytes(length),
    algorithms: defaultPreferences('10'),
  });
  while (!client.isClosed) {
    for (const event of client.takeEvents()) {
      const commands = answer(event, client);
      if (commands === 'end') return 0;
      if ('afterTenSeconds' in commands) await streams.poll([], clock.monotonic() + 10_000);
      const now = 'afterTenSeconds' in commands ? commands.afterTenSeconds : commands;
      for (const command of now) client.send(command, clock.monotonic());
    }
    for (let output = client.takeOutput(); output.length > 0;) {
      output = output.subarray(await streams.write(descriptor, output));
    }
    client.receive(await streams.read(descriptor, 65_536), clock.monotonic());
  }
  return 255;
}

function logInBy(password: { readonly password: string; readonly newPassword?: string }, then: Answer): Answer {
  return (event, client) => {
    if (event.type === 'hostKeyReceived') return [{ type: 'acceptHostKey' }];
    if (event.type !== 'authenticationReady') return then(event, client);
    return [{ type: 'authenticate', user: 'demo', method: { type: 'password', ...password } }];
  };
}

const open = (client: ClientConnection): readonly ClientCommand[] => [
  { type: 'openChannel', channel: client.freeChannel(), channelType: { type: 'session' } },
];

function request(channel: number, asked: ChannelRequest): ClientCommand {
  return { type: 'channelRequest', channel, request: asked, wantReply: true };
}

/** As `converse`, and prints what was told, a line each. */
async function converseAloud(system: System, make: (tell: (line: string) => void) => Answer): Promise<number> {
  const lines: string[] = [];
  const status = await converse(
    system,
    make((line) => lines.push(line)),
  );
  await system.streams.write(1, utf8Encode(lines.map((line) => `${line}\n`).join('')));
  return status;
}

/** Gives the right password and a new one: prints what comes of it. */
export const passwordChanger: Program = (system) =>
  converseAloud(system, (tell) =>
    logInBy({ password: 'right', newPassword: 'other' }, (event) => {
      if (event.type !== 'authenticationFailed' && event.type !== 'authenticationSucceeded') return [];
      tell(event.type);
      return 'end';
    }),
  );

/** Runs `sleep 100` and sends it SIGTERM: prints whether that was granted. */
export const signaller: Program = (system) => {
  let answers = 0;
  return converseAloud(system, (tell) =>
    logInBy({ password: 'right' }, (event, client) => {
      if (event.type === 'authenticationSucceeded') return open(client);
      if (event.type === 'channelOpened') return [request(event.channel, { name: 'exec', command: 'sleep 100' })];
      if (event.type !== 'channelRequestAnswered') return [];
      answers += 1;
      if (answers === 1) return [request(event.channel, { name: 'signal', signal: 'TERM' })];
      tell(`signal ${event.success ? 'granted' : 'refused'}`);
      return 'end';
    }),
  );
};

/** Runs a command that ends by the signal of its operand: prints by which signal the server says that it ended. */
export const mourner: Program = (system, [, signal = '']) =>
  converseAloud(system, (tell) =>
    logInBy({ password: 'right' }, (event, client) => {
      if (event.type === 'authenticationSucceeded') return open(client);
      if (event.type === 'channelOpened') {
        return [request(event.channel, { name: 'exec', command: `kill -${signal} $$` })];
      }
      if (event.type !== 'channelRequest' || event.request.name !== 'exit-signal') return [];
      tell(event.request.signal);
      return 'end';
    }),
  );

/** Closes the channel of a program that runs for five seconds, and opens another channel at once and ten seconds later. */
export const leaver: Program = (system) => {
  let openings = 0;
  return converseAloud(system, (tell) =>
    logInBy({ password: 'right' }, (event, client) => {
      if (event.type === 'authenticationSucceeded' || event.type === 'channelClosed') return open(client);
      if (event.type === 'channelRequestAnswered') return [{ type: 'closeChannel', channel: event.channel }];
      if (event.type !== 'channelOpened' && event.type !== 'channelOpenFailed') return [];
      openings += 1;
      tell(event.type);
      if (openings === 1 && event.type === 'channelOpened') {
        return [request(event.channel, { name: 'exec', command: 'exec sleep 5' })];
      }
      return openings === 3 ? 'end' : { afterTenSeconds: open(client) };
    }),
  );
};
