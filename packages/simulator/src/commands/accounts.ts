/** Names of users and groups for commands that show or take them: /etc/passwd by the system, /etc/group by its text. */
import { isSystemError, type System } from '@seashell/system';
import { readTextFile } from './streams.ts';

export interface Group {
  readonly name: string;
  readonly gid: number;
}

/** The rows of /etc/group. */
export async function readGroups(system: System): Promise<readonly Group[]> {
  try {
    const text = await readTextFile(system, '/etc/group');
    return text.split('\n').flatMap((line) => {
      const [name = '', , gid = ''] = line.split(':');
      return /^\d+$/.test(gid) ? [{ name, gid: Number(gid) }] : [];
    });
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

/** Turns numbers into names, looking each up once. */
export class AccountNames {
  private readonly system: System;
  private readonly users = new Map<number, string>();
  private groups: readonly Group[] | undefined;

  constructor(system: System) {
    this.system = system;
  }

  async user(uid: number): Promise<string> {
    const known = this.users.get(uid);
    if (known !== undefined) return known;
    const name = (await this.system.process.findUser({ uid }))?.name ?? String(uid);
    this.users.set(uid, name);
    return name;
  }

  async group(gid: number): Promise<string> {
    this.groups ??= await readGroups(this.system);
    return this.groups.find((group) => group.gid === gid)?.name ?? String(gid);
  }
}
