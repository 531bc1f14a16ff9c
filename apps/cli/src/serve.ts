/** `seashell serve`: real TCP connections to the ports of simulated hosts. On loopback unless another address is given in full. */
import { once } from 'node:events';
import { createServer, isIP, type AddressInfo, type Server, type Socket } from 'node:net';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createWorld, standardPrograms, type OutsideConnection, type World } from '@seashell/simulator';
import type { WorldDefinition } from '@seashell/simulator/world-definition';
import { CommandLineError } from './command-line-error.ts';
import { reportCrashes } from './crash-report.ts';
import { createRealTimeDriver, watchdog, type RealTimeDriver } from './real-time.ts';
import { usage } from './usage.ts';
import { findHost, findWorld, parseOpenSsh, parseSeed, withOpenSsh, worldOptions } from './world-options.ts';

export interface Listening {
  readonly address: string;
  readonly port: number;
  readonly host: string;
  readonly hostPort: number;
}

const loopback = '127.0.0.1';

function parsePort(text: string, lowest: number): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < lowest || port > 65_535) throw new CommandLineError(`bad port '${text}'`);
  return port;
}

/** `[ADDRESS:]PORT=HOST[:PORT]`; an IPv6 address stands in brackets. */
export function parseListening(text: string, definition: WorldDefinition): Listening {
  const match = /^(?:(\[[^\]]+\]|[^:=]+):)?(\d+)=([^:=]+)(?::(\d+))?$/.exec(text);
  if (match === null) throw new CommandLineError(`--listen takes [ADDRESS:]PORT=HOST[:PORT], not '${text}'`);
  const [, bracketed = loopback, port = '', host = '', hostPort = '22'] = match;
  const address = bracketed.replace(/^\[|\]$/g, '');
  if (isIP(address) === 0) throw new CommandLineError(`--listen takes a numeric address, not '${address}'`);
  return { address, port: parsePort(port, 0), host: findHost(definition, host).name, hostPort: parsePort(hostPort, 1) };
}

interface Junction {
  readonly world: World;
  readonly to: Listening;
  readonly wake: () => void;
}

/** Joins a real socket and a port of the world, with back-pressure both ways. */
function join({ world, to, wake }: Junction, socket: Socket): void {
  const connection: OutsideConnection = world.connectFromOutside({
    host: to.host,
    port: to.hostPort,
    onData: (bytes) => socket.write(bytes),
    onEnd: (reason) => void (reason === 'end' ? socket.end() : socket.resetAndDestroy()),
    onDrain: () => void socket.resume(),
  });
  const andWake = (change: () => void) => (): void => {
    change();
    wake();
  };
  socket.setNoDelay(true);
  socket.on('data', (bytes) => {
    if (!connection.write(new Uint8Array(bytes))) socket.pause();
    wake();
  });
  socket.on(
    'drain',
    andWake(() => connection.resume()),
  );
  socket.on(
    'end',
    andWake(() => connection.end()),
  );
  socket.on(
    'error',
    andWake(() => connection.reset()),
  );
  wake();
}

async function listen(world: World, to: Listening, driver: RealTimeDriver): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => join({ world, to, wake: driver.wake }, socket));
  server.listen({ host: to.address, port: to.port });
  await once(server, 'listening').catch((error: unknown) => {
    throw new CommandLineError(
      `cannot listen on ${to.address} port ${to.port}: ${error instanceof Error ? error.message : ''}`,
    );
  });
  return server;
}

const isAddressInfo = (address: ReturnType<Server['address']>): address is AddressInfo =>
  typeof address === 'object' && address !== null;

function announce(server: Server, to: Listening): void {
  const address = server.address();
  const port = isAddressInfo(address) ? address.port : to.port;
  process.stdout.write(`Listening on ${to.address} port ${port} for port ${to.hostPort} of ${to.host}.\n`);
  if (to.address !== '::1' && !to.address.startsWith('127.')) {
    process.stdout.write(`Others in the network of ${to.address} can connect, too.\n`);
  }
}

const options = { ...worldOptions, listen: { type: 'string', multiple: true } } as const;

export async function serve(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options, allowPositionals: false });
  if (values.help) {
    process.stdout.write(usage.serve);
    return 0;
  }
  const definition = findWorld(values.world);
  const listenings = (values.listen ?? []).map((text) => parseListening(text, definition));
  if (listenings.length === 0) throw new CommandLineError('serve needs --listen [ADDRESS:]PORT=HOST[:PORT]');
  const hosts = listenings.map((to) => to.host);
  const chosen = withOpenSsh(definition, hosts, parseOpenSsh(values.openssh));
  const world = createWorld({
    definition: chosen,
    seed: parseSeed(values.seed),
    programs: standardPrograms,
    watchdog,
    goesOnAfterCrash: true,
  });
  reportCrashes(world);
  while ((await world.run({ until: () => world.quiet })) === 'steps');
  const driver = createRealTimeDriver(world);
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    driver.wake();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  for (const to of listenings) announce(await listen(world, to, driver), to);
  await driver.run(() => stopped);
  return 0;
}
