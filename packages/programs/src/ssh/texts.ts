/** What ssh says, by OpenSSH version: lists/messages.tsv (ssh.c, sshconnect.c, sshconnect2.c, clientloop.c, packet.c) and lists-6.6. */
import type { HostFacts } from '@seashell/system';
import { usage10, usage66 } from './usage.ts';

/** Peer as OpenSSH names it in messages. */
export interface PeerName {
  readonly address: string;
  readonly port: number;
}

export interface HostKeyQuestion {
  /** `web1.example.com (203.0.113.10)`. */
  readonly host: string;
  readonly keyName: string;
  readonly fingerprint: string;
  readonly randomart: string | undefined;
  /** `file:line: names` of entries with the same key under other names. */
  readonly otherNames: readonly string[];
}

export interface SshTexts {
  readonly usage: string;
  readonly askedAgain: string;
  readonly fingerprintIsAnswer: boolean;
  hostKeyQuestion(question: HostKeyQuestion): string;
  hostKeyKnown(fingerprint: string, randomart: string): string;
  changedLast(keyName: string, host: string): string;
  /** After the warning, when the session goes on because checking is off. */
  readonly updateDisabled: string | undefined;
  readonly postQuantumWarning: readonly string[];
  permissionDenied(user: string, host: string, methods: string): string;
  authenticated(host: string, peer: PeerName, method: string): string;
  partialSuccess(method: string): { readonly level: 'INFO' | 'VERBOSE'; readonly text: string };
  badPermissions(file: string): string;
  /** The peer left before its identification string came; lines in order. */
  closedEarly(peer: PeerName, why: string | undefined): readonly string[];
  closed(peer: PeerName): string;
  reset(peer: PeerName, why: string): string;
  timedOut(peer: PeerName): readonly string[];
  noCommonAlgorithm(peer: PeerName, what: NegotiationFailure): string;
  receivedDisconnect(peer: PeerName, reason: number, description: string): readonly string[];
  /** The first line of `-v`, with its own prefix. */
  versionLine(full: string, library: string): string;
}

export interface NegotiationFailure {
  readonly kind: string;
  readonly theirOffer: string;
  readonly ourOffer: string;
}

const endpoint = (peer: PeerName) => `${peer.address} port ${peer.port}`;

const negotiationWords: Readonly<Record<string, string>> = {
  kex: 'key exchange method',
  hostKey: 'host key type',
  cipher: 'cipher',
  mac: 'MAC',
  compression: 'compression method',
};

const texts10: SshTexts = {
  usage: usage10,
  askedAgain: "Please type 'yes', 'no' or the fingerprint: ",
  fingerprintIsAnswer: true,
  hostKeyQuestion: (question) =>
    [
      `The authenticity of host '${question.host}' can't be established.`,
      `${question.keyName} key fingerprint is: ${question.fingerprint}`,
      ...(question.randomart === undefined ? [] : [question.randomart]),
      ...(question.otherNames.length === 0
        ? ['This key is not known by any other names.']
        : ['This host key is known by the following other names/addresses:', ...question.otherNames]),
      'Are you sure you want to continue connecting (yes/no/[fingerprint])? ',
    ].join('\n'),
  hostKeyKnown: (fingerprint, randomart) => `Host key fingerprint is: ${fingerprint}\n${randomart}`,
  changedLast: (_, host) => `Host key for ${host} has changed and you have requested strict checking.`,
  updateDisabled: 'UpdateHostkeys is disabled because the host key is not trusted.',
  postQuantumWarning: [
    '** WARNING: connection is not using a post-quantum key exchange algorithm.',
    '** This session may be vulnerable to "store now, decrypt later" attacks.',
    '** The server may need to be upgraded. See https://openssh.com/pq.html',
  ],
  permissionDenied: (user, host, methods) => `${user}@${host}: Permission denied (${methods}).`,
  authenticated: (host, peer, method) => `Authenticated to ${host} ([${peer.address}]:${peer.port}) using "${method}".`,
  partialSuccess: (method) => ({ level: 'VERBOSE', text: `Authenticated using "${method}" with partial success.` }),
  badPermissions: (file) => `Load key "${file}": bad permissions`,
  closedEarly: (peer, why) =>
    why === undefined
      ? [`Connection closed by ${endpoint(peer)}`]
      : [`kex_exchange_identification: read: ${why}`, `Connection reset by ${endpoint(peer)}`],
  closed: (peer) => `Connection closed by ${endpoint(peer)}`,
  reset: (peer) => `Connection reset by ${endpoint(peer)}`,
  timedOut: (peer) => ['Connection timed out during banner exchange', `Connection to ${endpoint(peer)} timed out`],
  noCommonAlgorithm: (peer, what) =>
    `Unable to negotiate with ${endpoint(peer)}: no matching ${negotiationWords[what.kind] ?? what.kind} found. Their offer: ${what.theirOffer}`,
  receivedDisconnect: (peer, reason, description) => [
    `Received disconnect from ${endpoint(peer)}:${reason}: ${description}`,
    `Disconnected from ${endpoint(peer)}`,
  ],
  versionLine: (full) => `debug1: ${full}`,
};

const negotiationWords66: Readonly<Record<string, (failure: NegotiationFailure) => string>> = {
  kex: () => 'Unable to negotiate a key exchange method',
  hostKey: () => 'no hostkey alg',
  cipher: (failure) => `no matching cipher found: client ${failure.ourOffer} server ${failure.theirOffer}`,
  mac: (failure) => `no matching mac found: client ${failure.ourOffer} server ${failure.theirOffer}`,
  compression: (failure) => `no matching comp found: client ${failure.ourOffer} server ${failure.theirOffer}`,
};

const texts66: SshTexts = {
  ...texts10,
  usage: usage66,
  askedAgain: "Please type 'yes' or 'no': ",
  fingerprintIsAnswer: false,
  hostKeyQuestion: (question) =>
    [
      `The authenticity of host '${question.host}' can't be established.`,
      `${question.keyName} key fingerprint is ${question.fingerprint}.`,
      ...(question.randomart === undefined ? [] : [question.randomart]),
      'Are you sure you want to continue connecting (yes/no)? ',
    ].join('\n'),
  hostKeyKnown: (fingerprint, randomart) => `Host key fingerprint is ${fingerprint}\n${randomart}\n`,
  changedLast: (keyName, host) => `${keyName} host key for ${host} has changed and you have requested strict checking.`,
  updateDisabled: undefined,
  postQuantumWarning: [],
  permissionDenied: (_, __, methods) => `Permission denied (${methods}).`,
  authenticated: (host, peer) => `Authenticated to ${host} ([${peer.address}]:${peer.port}).`,
  partialSuccess: () => ({ level: 'INFO', text: 'Authenticated with partial success.' }),
  badPermissions: (file) => `bad permissions: ignore key: ${file}`,
  closedEarly: (_, why) =>
    why === undefined
      ? ['ssh_exchange_identification: Connection closed by remote host']
      : [`ssh_exchange_identification: read: ${why}`],
  closed: (peer) => `Connection closed by ${peer.address}`,
  reset: (_, why) => `Read from socket failed: ${why}`,
  timedOut: () => ['Connection timed out during banner exchange'],
  noCommonAlgorithm: (_, what) => negotiationWords66[what.kind]?.(what) ?? `no matching ${what.kind} found`,
  receivedDisconnect: (peer, reason, description) => [
    `Received disconnect from ${peer.address}: ${reason}: ${description}`,
  ],
  versionLine: (full) => full.replace(/p\d+,/, ','),
};

export const texts: Readonly<Record<HostFacts['openSsh'], SshTexts>> = { '10': texts10, '6.6': texts66 };

const frame = '@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@';

/** warn_changed_key(): one log entry per item; the fingerprint's has a line feed of its own inside. */
export function changedKeyWarning(keyName: string, fingerprint: string): readonly string[] {
  return [
    frame,
    '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @',
    frame,
    'IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!',
    'Someone could be eavesdropping on you right now (man-in-the-middle attack)!',
    'It is also possible that a host key has just been changed.',
    `The fingerprint for the ${keyName} key sent by the remote host is\n${fingerprint}.`,
    'Please contact your system administrator.',
  ];
}

/** check_host_key() for a key that an `@revoked` line names. */
export function revokedKeyWarning(keyName: string, host: string): readonly string[] {
  return [
    frame,
    '@       WARNING: REVOKED HOST KEY DETECTED!               @',
    frame,
    `The ${keyName} host key for ${host} is marked as revoked.`,
    'This could mean that a stolen key is being used to',
    'impersonate this host.',
  ];
}

const escapeRows = [
  ['.', 'terminate connection (and any multiplexed sessions)'],
  ['B', 'send a BREAK to the remote system'],
  ['I', 'show connection information'],
  ['R', 'request rekey'],
  ['V/v', 'decrease/increase verbosity (LogLevel)'],
  ['^Z', 'suspend ssh'],
  ['#', 'list forwarded connections'],
  ['&', 'background ssh (when waiting for connections to terminate)'],
  ['?', 'this message'],
  ['~', 'send the escape character by typing it twice'],
] as const;

/** What `~?` shows. */
export function escapeHelp(escape: string): string {
  const rows = escapeRows.map(([keys, meaning]) => {
    const shown = keys === '~' ? escape : keys;
    return ` ${escape}${shown.padEnd(4)}- ${meaning}\r\n`;
  });
  return [
    `${escape}?\r\nSupported escape sequences:\r\n`,
    ...rows,
    '(Note that escapes are only recognized immediately after newline.)\r\n',
  ].join('');
}
