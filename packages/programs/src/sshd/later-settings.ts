/**
 * Keywords of sshd_config that ask for what a later version brings. A restriction that is not built must not be passed over: sshd
 * does not start with it, wherever in the file it stands, in a Match block too.
 */
import type { SshdConfigValues, SshdSettings } from '@seashell/core/config';

type Name = keyof SshdConfigValues;

interface LaterKeyword {
  readonly name: Name;
  readonly isAsked: (settings: SshdSettings) => boolean;
}

/** Whether any line of the keyword, in whichever block, has a value that is asking. */
function row<N extends Name>(name: N, isAsking: (value: SshdConfigValues[N]) => boolean): LaterKeyword {
  return {
    name,
    isAsked: (settings) => {
      const { winners, losers } = settings.provenance(name);
      return [...winners, ...losers].some(({ value }) => isAsking(value));
    },
  };
}

const isGiven = (value: string | undefined): boolean => value !== undefined && value.toLowerCase() !== 'none';
const isOn = (value: boolean): boolean => value;
const areGiven = (values: readonly string[] | undefined): boolean => values?.some(isGiven) === true;
const builtMethods: readonly string[] = ['any', 'none', 'publickey', 'password'];

const keywords: readonly LaterKeyword[] = [
  row('ChrootDirectory', isGiven),
  row('ForceCommand', (command) => command.trimStart().startsWith('internal-sftp')),
  row('RevokedKeys', areGiven),
  row('AuthorizedKeysCommand', isGiven),
  row('AuthorizedPrincipalsCommand', isGiven),
  row('AuthorizedPrincipalsFile', isGiven),
  row('TrustedUserCAKeys', isGiven),
  row('HostCertificate', areGiven),
  row('HostKeyAgent', isGiven),
  row('AuthenticationMethods', (lists) =>
    lists.some((list) => list.split(',').some((method) => !builtMethods.includes(method))),
  ),
  row('HostbasedAuthentication', isOn),
  row('RefuseConnection', isOn),
  row('ChannelTimeout', areGiven),
  row('UnusedConnectionTimeout', (seconds) => seconds !== 'none'),
  row('PerSourceMaxStartups', (count) => count !== 'none'),
  row('PerSourcePenalties', (words) => words.some((word) => /^overflow6?:deny-all$/.test(word))),
  row('UseDNS', isOn),
];

/** The first keyword that asks for something not built; `undefined` when there is none. */
export function findLaterKeyword(settings: SshdSettings): string | undefined {
  return keywords.find((keyword) => keyword.isAsked(settings))?.name;
}
