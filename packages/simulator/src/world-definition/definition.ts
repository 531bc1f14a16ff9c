/**
 * The schema of a world: hosts, users, files, networks and names as data. A definition and a seed give the world; nothing in it
 * is code. `checkWorldDefinition` says what is wrong with one, `buildHost` makes a host's files from it.
 */

export interface WorldDefinition {
  /** The name by which it is chosen: `essentials`. */
  readonly name: string;
  readonly title: string;
  /** One sentence for a list of worlds. */
  readonly description: string;
  /** Where a person starts, already logged in. */
  readonly start: { readonly host: string; readonly user: string };
  /** The virtual clock at the beginning, in milliseconds since the epoch. */
  readonly startsAtMilliseconds: number;
  readonly networks: readonly NetworkDefinition[];
  /** Ways between networks; hosts in networks without one cannot reach each other. */
  readonly links?: readonly LinkDefinition[];
  readonly hosts: readonly HostDefinition[];
  /** Names beyond those of the hosts, as DNS would answer them. */
  readonly names?: readonly NameDefinition[];
  /** Results of costly pure functions by name and arguments, to save their time; without them the world is the same. */
  readonly results?: Readonly<Record<string, string>>;
}

/** Hosts with an interface in one network reach each other directly. */
export interface NetworkDefinition {
  readonly name: string;
  /** One way, between two hosts of this network. */
  readonly latencyMilliseconds: number;
  /** Addresses that nobody has and nobody answers for: a connection times out. Other unused ones are EHOSTUNREACH. */
  readonly silentAddresses?: readonly string[];
}

/** A way between two networks, in both directions. */
export interface LinkDefinition {
  readonly between: readonly [string, string];
  /** One way; it replaces the latencies of the two networks. */
  readonly latencyMilliseconds: number;
}

/** A name and the addresses that it leads to. */
export interface NameDefinition {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** The base images, named for what they resemble. */
export type BaseImageName = 'ubuntu-like' | 'centos-like' | 'old';

/** One host of a world, as a person writes it. */
export interface HostDefinition {
  /** What `hostname` prints. */
  readonly name: string;
  /** Other names that lead to it, from everywhere. Its `name` does too. */
  readonly aliases?: readonly string[];
  /** Addresses by network, the first one its main address. */
  readonly interfaces: readonly { readonly network: string; readonly address: string }[];
  readonly image: BaseImageName;
  /** The image's own if left out: 6.6 for `old`, else 10. */
  readonly openSsh?: '10' | '6.6';
  /** Added to the image's users; `root` here sets root's password and files. */
  readonly users: readonly UserDefinition[];
  /** Groups beside those of the image and of each user. */
  readonly groups?: readonly { readonly name: string; readonly gid: number; readonly members: readonly string[] }[];
  /** Laid over the image's files; a later entry of the same path wins. */
  readonly files?: readonly FileDefinition[];
  /** The text of /etc/motd. */
  readonly motd?: string;
  /** Lines for sshd_config, as a person would edit it: each takes the place of the line of its keyword, commented or not. */
  readonly sshdConfig?: readonly string[];
  /** What runs from the start, in this order. */
  readonly services?: readonly ServiceDefinition[];
  /** In order, the first that fits decides; what none fits is accepted. */
  readonly firewall?: readonly FirewallRule[];
  /** Types of the host keys to be made from the seed; of the image if left out. */
  readonly hostKeyTypes?: readonly HostKeyType[];
  /** The room of its disk, in whole blocks of 4096 bytes; 64 MiB if left out. The host's own files must fit. */
  readonly diskBytes?: number;
  /** Whether a security key (FIDO) is plugged in, as /dev/hidraw0; no if left out. */
  readonly securityKey?: boolean;
}

/** A key's type, as `ssh-keygen -t` takes it. */
export type HostKeyType = 'ed25519' | 'ecdsa' | 'rsa';

/** An account on a host, as a person writes it. */
export interface UserDefinition {
  readonly name: string;
  /** The next free one from 1000 if left out. */
  readonly uid?: number;
  readonly fullName?: string;
  /** In plain text; the built host has only its hash, with a salt from the seed. No password can be used if left out. */
  readonly password?: string;
  /** Supplementary groups by name. */
  readonly groups?: readonly string[];
  readonly home?: string;
  readonly shell?: string;
  /** Files below the home directory, owned by the user; `path` is relative to it. */
  readonly files?: readonly FileDefinition[];
  /** Key pairs in ~/.ssh, made from the seed. */
  readonly identities?: readonly IdentityDefinition[];
  /** Public keys in ~/.ssh/authorized_keys: lines, or identities of users of this world. */
  readonly authorizedKeys?: readonly AuthorizedKeyDefinition[];
  /** Lines of ~/.ssh/known_hosts: a name or address, and the host whose Ed25519 key is known by it. */
  readonly knownHosts?: readonly { readonly name: string; readonly host: string }[];
}

/** A line as it stands, or the identity (the first, if `file` is left out) of a user of this world. */
export type AuthorizedKeyDefinition = string | { readonly host: string; readonly user: string; readonly file?: string };

/** A key pair that a user has from the start, made from the world's seed. */
export interface IdentityDefinition {
  readonly type: HostKeyType;
  /** In ~/.ssh; `id_` and the type if left out. */
  readonly file?: string;
  /** `user@host` if left out. */
  readonly comment?: string;
}

/** Owner and group are names of the host's users and groups, root if left out. `path` is absolute, or relative in a user's `files`. */
export type FileDefinition = {
  readonly path: string;
  readonly owner?: string;
  readonly group?: string;
} & (
  | { readonly type?: 'file'; readonly content: string; readonly mode?: number }
  | { readonly type: 'directory'; readonly mode?: number }
  | { readonly type: 'symlink'; readonly target: string }
);

/** A program started at boot as root. */
export interface ServiceDefinition {
  /** As a person names it: `ssh`, `http`. */
  readonly name: string;
  /** argv[0] is the path of the executable: `/usr/sbin/sshd`. */
  readonly argv: readonly string[];
  /**
   * Whether it calls nobody, and only answers who connects to its host. Where that holds for all services of a host, their start is made up
   * for when somebody first reaches the host, as of the time of boot: nobody can tell, and a page need not load their code before.
   */
  readonly onlyAnswers?: boolean;
}

/** A rule for connections that come in. */
export interface FirewallRule {
  /** All ports if left out. */
  readonly port?: number;
  /** Hosts of this world or addresses that the rule is for; everyone if left out. */
  readonly from?: readonly string[];
  /** `drop` lets the connection time out, `reject` is ECONNREFUSED. */
  readonly action: 'accept' | 'drop' | 'reject';
}
