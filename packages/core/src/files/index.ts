/** `@seashell/core/files`: known_hosts, authorized_keys and the account files as lossless text. */
export type { LineFile, LinePlace, OtherLine } from './lines.ts';
export { printLines } from './lines.ts';
export type { LineKey } from './public-key-line.ts';
