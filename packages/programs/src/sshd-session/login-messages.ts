/** What a login shell on a terminal is greeted with: the last login, and the message of the day (session.c do_login()). */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { isSystemError, type UserAccount } from '@seashell/system';
import { findStatus, readTextFile } from '../storage/read-file.ts';
import { writeAll } from '../storage/write-all.ts';
import type { ServedConnection } from './connection.ts';

/** struct lastlog of Linux: seconds, line, host; one record per uid. */
const recordBytes = 292;
const lineBytes = 32;
const hostBytes = 256;
const lastlogPath = '/var/log/lastlog';

/** The text for the terminal; empty with ~/.hushlogin or a command. Writes the record of this login. */
export async function greet(
  connection: ServedConnection,
  account: UserAccount,
  session: { readonly line: string; readonly isQuiet: boolean },
): Promise<string> {
  const last = await exchangeLastLogin(connection, account, session.line);
  const hushed = await findStatus(connection.system, `${account.home}/.hushlogin`);
  if (session.isQuiet || hushed !== undefined) return '';
  const { settings, system } = connection;
  const motd = settings.get('PrintMotd') ? await readTextFile(system, '/etc/motd') : '';
  return (settings.get('PrintLastLog') ? last : '') + (typeof motd === 'string' ? motd : '');
}

/** The line about the last login, and this one written over it. */
async function exchangeLastLogin(
  { system, remote }: ServedConnection,
  account: UserAccount,
  line: string,
): Promise<string> {
  const { files, streams } = system;
  try {
    const descriptor = await files.open(lastlogPath, { access: 'readWrite', create: true, mode: 0o644 });
    await streams.seek(descriptor, account.uid * recordBytes, 'start');
    const old = await streams.read(descriptor, recordBytes);
    await streams.seek(descriptor, account.uid * recordBytes, 'start');
    await writeAll(streams, descriptor, encodeRecord({ seconds: nowSeconds(system), line, host: remote.address }));
    await streams.close(descriptor);
    return old.length === recordBytes ? describeRecord(old) : '';
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}

function nowSeconds(system: ServedConnection['system']): number {
  return Math.floor(system.clock.now() / 1000);
}

interface LoginRecord {
  readonly seconds: number;
  readonly line: string;
  readonly host: string;
}

function encodeRecord({ seconds, line, host }: LoginRecord): Uint8Array {
  const record = new Uint8Array(recordBytes);
  new DataView(record.buffer).setUint32(0, seconds, true);
  record.set(utf8Encode(line).subarray(0, lineBytes), 4);
  record.set(utf8Encode(host).subarray(0, hostBytes), 4 + lineBytes);
  return record;
}

/** `Last login: Mon Nov 23 14:53:25 2026 from 192.0.2.10`, ended as OpenSSH ends it. */
function describeRecord(record: Uint8Array): string {
  const seconds = new DataView(record.buffer, record.byteOffset).getUint32(0, true);
  if (seconds === 0) return '';
  const host = utf8DecodeLossy(record.subarray(4 + lineBytes)).replace(/\0.*$/s, '');
  const time = formatTime(seconds * 1000);
  return host === '' ? `Last login: ${time}\r\n` : `Last login: ${time} from ${host}\r\n`;
}

/** ctime(3), in UTC. */
function formatTime(milliseconds: number): string {
  const [, weekday = '', day = '', month = '', year = '', time = ''] =
    /^(\w+), (\d+) (\w+) (\d+) (\S+)/.exec(new Date(milliseconds).toUTCString()) ?? [];
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
}
