/** ssh -v and -vvv against a recording of OpenSSH 10.5, line by line; what differs is listed, with the reason. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { accept, pair, runCommand, Typist } from './login-pair.ts';

const recorded: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL('./fixtures/ssh-v-10.5.json', import.meta.url), 'utf8'),
);

/** What no two logins have in common, or two hosts of different worlds. */
function normalize(line: string): string {
  return line
    .replaceAll(/SHA256:[\w+/]+/g, 'SHA256:...')
    .replaceAll('192.0.2.20', '203.0.113.10')
    .replaceAll("'keyed'", "'demo'")
    .replaceAll('/home/keyed/', '/home/demo/')
    .replaceAll(/known_hosts:\d+/g, 'known_hosts:N')
    .replace(/sent [\d.]+, received [\d.]+/, 'sent N, received N')
    .replace(/in [\d.]+ seconds/, 'in N seconds')
    .replace(/server-sig-algs=<.*>/, 'server-sig-algs=<...>')
    .trimEnd();
}

/** Lines that only one of the two says, or says elsewhere. */
const differing: readonly (readonly [RegExp, string])[] = [
  [/^debug1: pledge: /, 'there is no pledge(2) to ask for'],
  [/resetting (send|read) seqnr/, 'inside the protocol, which has no log'],
  [/Sending SSH2_MSG_EXT_INFO/, 'inside the protocol'],
  [/client_input_hostkeys: /, 'host keys are updated by another way of looking, whose steps differ'],
  [/^debug1: Remote: /, 'sshd sends no debug messages'],
  [/kex_ext_info_check_ver: agent-forward=/, 'no agent is forwarded yet'],
  [/kex_ext_info_check_ver: publickey-hostbound/, 'the extension is not built yet'],
  [/load_hostkeys: fopen /, 'the files are read once, not for each question'],
  [/SSH2_MSG_KEXINIT sent/, 'its place: before the files of known hosts, since the protocol sends it at once'],
  [/id_(ecdsa|ecdsa_sk|ed25519_sk|mldsa44_ed25519|rsa)\b/, 'the set of default files'],
  [/^(web1|server)$/, 'the name of the host'],
  [/^debug1: channel 0: free: client-session/, 'its place: when the close comes, not when the output has been written'],
];

function without(lines: readonly string[], reasons: readonly (readonly [RegExp, string])[]): readonly string[] {
  return lines.filter((line) => !reasons.some(([pattern]) => pattern.test(line))).map(normalize);
}

async function debugLines(flag: string): Promise<readonly string[]> {
  const world = pair({ aliases: ['web1.example.com'] });
  await runCommand(world, `ssh ${accept} keyed@web1.example.com true`);
  const typist = new Typist(world);
  await typist.settle();
  await typist.type('unset LANG');
  const screen = await typist.type(`ssh ${flag} keyed@web1.example.com hostname`);
  return screen.split('\n').slice(1, -1);
}

test('ssh -v tells the steps that exist in the words and the order of 10.5', async () => {
  expect(without(await debugLines('-v'), differing)).toEqual(without(recorded['-v'] ?? [], differing));
});

test('each reason for a difference is needed', () => {
  const lines = recorded['-v'] ?? [];
  expect(differing.filter(([pattern]) => !lines.some((line) => pattern.test(line)))).toEqual([]);
});

function packets(lines: readonly string[], direction: string): readonly string[] {
  const types = lines.flatMap((line) => new RegExp(`^debug3: ${direction} packet: type (\\d+)$`).exec(line)?.[1] ?? []);
  // SSH_MSG_DEBUG (4) is not sent by our sshd; the end of data (96) and of the program are in no fixed order.
  return types.filter((type) => type !== '4' && type !== '96');
}

function proposals(lines: readonly string[]): readonly string[] {
  const line = /^debug2: (.*(?:proposal|algorithms:|ctos:|stoc:|follows \d|reserved \d))/;
  return lines.flatMap((text) => line.exec(text)?.[1] ?? []);
}

test('ssh -vvv tells packets and proposals as 10.5 does', async () => {
  const ours = await debugLines('-vvv');
  const theirs = recorded['-vvv'] ?? [];
  expect(packets(ours, 'send')).toEqual(packets(theirs, 'send'));
  expect(packets(ours, 'receive')).toEqual(packets(theirs, 'receive'));
  expect(proposals(ours)).toEqual(proposals(theirs));
});
