/** syslog(3): rsyslog's traditional format (RSYSLOG_TraditionalFileFormat, RFC 3164 4.1.2) and the files it goes to. */
import { isSystemError, type LogEntry } from '@seashell/system';
import { kernelCaller } from '../filesystem/caller.ts';
import type { FileSystem } from '../filesystem/file-system.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface LogOrigin {
  readonly host: string;
  readonly pid: number;
  readonly timeMilliseconds: number;
}

/** `Nov  3 09:05:00 web sshd[412]: message` with a newline. Hosts keep UTC. Control characters come as `#` and three octal digits. */
export function formatLogLine(origin: LogOrigin, entry: LogEntry): string {
  const time = new Date(origin.timeMilliseconds);
  const day = String(time.getUTCDate()).padStart(2, ' ');
  const clock = [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()].map(twoDigits).join(':');
  const stamp = `${months[time.getUTCMonth()] ?? ''} ${day} ${clock}`;
  return `${stamp} ${origin.host} ${entry.identity}[${origin.pid}]: ${escapeControls(entry.message)}\n`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** rsyslog's EscapeControlCharactersOnReceive. */
function escapeControls(message: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it is about
  return message.replace(/[\u0000-\u001f\u007f]/gu, (character) => {
    return `#${(character.codePointAt(0) ?? 0).toString(8).padStart(3, '0')}`;
  });
}

const paths = {
  auth: { ubuntu: '/var/log/auth.log', centos: '/var/log/secure' },
  daemon: { ubuntu: '/var/log/syslog', centos: '/var/log/messages' },
  user: { ubuntu: '/var/log/syslog', centos: '/var/log/messages' },
} as const;

/** Ubuntu's file, or the one that CentOS has when the host's image brings that one. */
export function logPath(fileSystem: FileSystem, facility: LogEntry['facility']): string {
  const { ubuntu, centos } = paths[facility];
  try {
    fileSystem.status(kernelCaller, centos);
    return centos;
  } catch (error) {
    if (isSystemError(error)) return ubuntu;
    throw error;
  }
}
