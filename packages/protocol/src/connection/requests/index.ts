/** The table of channel requests. What is not here is answered with a failure, as OpenSSH does. */
import type { ChannelRequest } from '../channel-requests.ts';
import { breakRequest } from './break.ts';
import { endOfWrite } from './end-of-write.ts';
import { env } from './env.ts';
import { exec } from './exec.ts';
import { exitSignal } from './exit-signal.ts';
import { exitStatus } from './exit-status.ts';
import { keepalive } from './keepalive.ts';
import { ptyRequest } from './pty-req.ts';
import type { ChannelRequestRow } from './row.ts';
import { shell } from './shell.ts';
import { signal } from './signal.ts';
import { subsystem } from './subsystem.ts';
import { windowChange } from './window-change.ts';

const rows: readonly ChannelRequestRow[] = [
  ptyRequest,
  env,
  shell,
  exec,
  subsystem,
  windowChange,
  signal,
  breakRequest,
  exitStatus,
  exitSignal,
  endOfWrite,
  keepalive,
];

const byName = new Map<string, ChannelRequestRow>(rows.map((row) => [row.name, row]));

/** The row of a request that came, or undefined. */
export function findChannelRequest(name: string): ChannelRequestRow | undefined {
  return byName.get(name);
}

/** What follows `want reply` in the request. */
export function encodeChannelRequest(request: ChannelRequest): Uint8Array {
  const row = byName.get(request.name);
  if (row === undefined) throw new Error(`assertion failed: no row for ${request.name}`);
  return row.encode(request);
}

/** All rows, for tests and reference pages. */
export function channelRequestRows(): readonly ChannelRequestRow[] {
  return rows;
}
