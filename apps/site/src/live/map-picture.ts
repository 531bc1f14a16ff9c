/** What the map shows, taken from a world's snapshot: the machine where the reader sits, the one that answers, and the way between. */

export interface MapPicture {
  readonly client: { readonly name: string; readonly address: string | undefined };
  readonly server: { readonly name: string; readonly address: string | undefined; readonly port: number };
  readonly way: Way;
}

export interface Way {
  readonly state: 'none' | 'plain' | 'sealed';
  /** Whether the reader's keys go to a shell on the server. */
  readonly shell: boolean;
}

export const noWay: Way = { state: 'none', shell: false };
