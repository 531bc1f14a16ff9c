/** From a built file system to a running host: devices, /proc, the executables of the registry, and the services. */
import { isSystemError, type Program } from '@seashell/system';
import { kernelCaller } from '../filesystem/caller.ts';
import { encodeExecutable } from '../filesystem/executable.ts';
import type { FileSystem } from '../filesystem/file-system.ts';
import { authenticatorDevice } from '../kernel/authenticator-messages.ts';
import { DeviceDescription, memoryDevice } from '../kernel/files.ts';
import type { Host } from '../kernel/host.ts';
import { procTree, terminalTree } from '../kernel/proc.ts';
import type { ProgramRegistry } from '../kernel/program-registry.ts';
import type { ServiceDefinition } from '../world-definition/definition.ts';
import { startFromInit } from './login.ts';

const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty', 'console'] as const;
const executableMode = 0o755;

export function programsByName(registry: ProgramRegistry): ReadonlyMap<string, Program> {
  return new Map(registry.map(({ name, program }) => [name, program]));
}

/** Mounts what the kernel shows, and puts each program of the registry where the image has nothing yet. */
export function prepareFiles(host: Host, registry: ProgramRegistry): void {
  const { fileSystem } = host;
  for (const path of ['/dev', '/proc', '/dev/pts']) makeDirectories(fileSystem, path);
  const plugged = host.authenticator === undefined ? [] : [authenticatorDevice];
  for (const device of [...devices, ...plugged]) {
    ignoreExisting(() => {
      const mode = device === 'console' ? 0o600 : 0o666;
      fileSystem.makeNode(kernelCaller, `/dev/${device}`, { type: 'characterDevice', device, mode });
    });
  }
  fileSystem.mount('/dev/pts', terminalTree(host));
  fileSystem.mount('/proc', procTree(host));
  for (const { name, path, mode } of registry) installProgram(fileSystem, { name, path, mode: mode ?? executableMode });
}

/** Starts a service as root, with its streams on /dev/null, as a child of init. What cannot be started is logged. */
export function startService(host: Host, service: ServiceDefinition): void {
  const [path] = service.argv;
  if (path === undefined) return;
  const environment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' };
  const options = { path, argv: service.argv, environment, workingDirectory: '/', newSession: {} };
  const nothing = openNull(host);
  try {
    startFromInit(host, { options, descriptions: [nothing, nothing, nothing], session: undefined });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const message = `${service.name}.service: Failed at step EXEC spawning ${path}: ${error.message}`;
    host.logAsInit({ facility: 'daemon', severity: 'error', identity: 'systemd', message });
  }
}

function openNull(host: Host): DeviceDescription {
  const node = host.fileSystem.open(kernelCaller, '/dev/null', { access: 'readWrite' });
  const behaviour = memoryDevice('null', () => new Uint8Array(0));
  if (node.type !== 'characterDevice' || behaviour === undefined) throw new Error('assertion: /dev/null is no device');
  return new DeviceDescription(node, '/dev/null', behaviour);
}

function installProgram(
  fileSystem: FileSystem,
  { name, path, mode }: { readonly name: string; readonly path: string; readonly mode: number },
): void {
  makeDirectories(fileSystem, path.slice(0, path.lastIndexOf('/')));
  if (exists(fileSystem, path)) return;
  fileSystem.writeFile(kernelCaller, path, { content: encodeExecutable(name), mode: executableMode });
  fileSystem.changeMode(kernelCaller, path, mode);
}

function makeDirectories(fileSystem: FileSystem, path: string): void {
  const parts = path.split('/').filter((part) => part !== '');
  for (let count = 1; count <= parts.length; count += 1) {
    ignoreExisting(() => fileSystem.makeDirectory(kernelCaller, `/${parts.slice(0, count).join('/')}`, 0o755));
  }
}

/** Whether something is at `path`, a broken link not counted. */
export function exists(fileSystem: FileSystem, path: string): boolean {
  try {
    fileSystem.status(kernelCaller, path);
    return true;
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return false;
    throw error;
  }
}

function ignoreExisting(make: () => void): void {
  try {
    make();
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
  }
}
