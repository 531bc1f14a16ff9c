/** sha256sum(1) and its like: digests of files, and -c to check them. */
import type { Hash } from '@seashell/core/crypto';
import { md5 } from '@seashell/core/crypto/md5';
import { sha1 } from '@seashell/core/crypto/sha1';
import { sha256 } from '@seashell/core/crypto/sha256';
import { sha512 } from '@seashell/core/crypto/sha512';
import { isSystemError } from '@seashell/system';
import type { CommandContext, CommandDefinition } from './command.ts';
import { forEachInput } from './inputs.ts';
import { readChunks, readLines } from './streams.ts';

async function digestOf(context: CommandContext, descriptor: number, hash: Hash): Promise<string> {
  const running = hash.start();
  for await (const chunk of readChunks(context.system, descriptor)) running.update(chunk);
  return [...running.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

interface CheckCounts {
  wrong: number;
  unreadable: number;
  malformed: number;
  good: number;
}

async function checkLine(context: CommandContext, hash: Hash, text: string): Promise<keyof CheckCounts> {
  const { system, options, output } = context;
  const match = /^\\?([0-9a-fA-F]+) [ *](.+)$/s.exec(text);
  if (!match || match[1]?.length !== hash.digestSizeBytes * 2) return 'malformed';
  const [, expected = '', name = ''] = match;
  const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r' };
  const path = text.startsWith('\\')
    ? name.replaceAll(/\\([^])/g, (_, letter: string) => controls[letter] ?? letter)
    : name;
  try {
    const descriptor = path === '-' ? 0 : await system.files.open(path, { access: 'read' });
    const same = (await digestOf(context, descriptor, hash)) === expected.toLowerCase();
    if (descriptor !== 0) await system.streams.close(descriptor);
    if (!options.has('status') && !(same && options.has('quiet')))
      await output.write(`${path}: ${same ? 'OK' : 'FAILED'}\n`);
    return same ? 'good' : 'wrong';
  } catch (error) {
    if (!isSystemError(error) || error.operation === 'write') throw error;
    await context.complain(`${path}: ${error.message}`);
    await output.write(`${path}: FAILED open or read\n`);
    return 'unreadable';
  }
}

function warning(count: number, one: string, many: string): string | undefined {
  return count === 0 ? undefined : `WARNING: ${count} ${count === 1 ? one : many}`;
}

async function check(
  context: CommandContext,
  input: { readonly descriptor: number; readonly name: string },
  hash: Hash,
): Promise<boolean> {
  const { descriptor, name } = input;
  const counts: CheckCounts = { wrong: 0, unreadable: 0, malformed: 0, good: 0 };
  for await (const line of readLines(context.system, descriptor)) counts[await checkLine(context, hash, line.text)]++;
  await context.output.flush();
  if (counts.good + counts.wrong + counts.unreadable === 0) {
    await context.complain(`${name === '-' ? "'standard input'" : name}: no properly formatted checksum lines found`);
    return false;
  }
  const warnings = [
    warning(counts.malformed, 'line is improperly formatted', 'lines are improperly formatted'),
    warning(counts.unreadable, 'listed file could not be read', 'listed files could not be read'),
    warning(counts.wrong, 'computed checksum did NOT match', 'computed checksums did NOT match'),
  ];
  if (!context.options.has('status')) for (const text of warnings) if (text !== undefined) await context.complain(text);
  return counts.wrong === 0 && counts.unreadable === 0;
}

const escapedName = (name: string): string =>
  name
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`);

function checksumCommand(name: string, hash: Hash, title: string): CommandDefinition {
  return {
    name,
    usage: ['[OPTION]... [FILE]...'],
    summary: `Print or check ${title} checksums.`,
    options: [
      { short: 'b', long: 'binary', help: 'read in binary mode' },
      { short: 'c', long: 'check', help: 'read checksums from the FILEs and check them' },
      { long: 'quiet', help: "don't print OK for each successfully verified file" },
      { long: 'status', help: "don't output anything, status code shows success" },
      { long: 'tag', help: 'create a BSD-style checksum' },
      { short: 'z', long: 'zero', help: 'end each output line with NUL, not newline, and disable escaping' },
      { short: 't', long: 'text', help: 'read in text mode (default)' },
    ],
    async run(context) {
      const { options, output } = context;
      let good = true;
      const status = await forEachInput(context, context.operands, {
        each: async (descriptor, input) => {
          if (options.has('check')) {
            good = (await check(context, { descriptor, name: input }, hash)) && good;
            return;
          }
          const digest = await digestOf(context, descriptor, hash);
          const zero = options.has('zero');
          // A name that would break the line is escaped, and a backslash before the line says so.
          const shown = zero ? input : escapedName(input);
          const line = options.has('tag')
            ? `${title} (${shown}) = ${digest}`
            : `${digest} ${options.has('binary') ? '*' : ' '}${shown}`;
          await output.write(`${shown === input ? '' : '\\'}${line}${zero ? '\0' : '\n'}`);
        },
      });
      return good ? status : 1;
    },
  };
}

export const md5sum = checksumCommand('md5sum', md5, 'MD5');
export const sha1sum = checksumCommand('sha1sum', sha1, 'SHA1');
export const sha256sum = checksumCommand('sha256sum', sha256, 'SHA256');
export const sha512sum = checksumCommand('sha512sum', sha512, 'SHA512');
