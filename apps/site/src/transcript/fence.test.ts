/** The fences of a page: what is read from them, and what is printed back. */
import { describe, expect, test } from 'vitest';
import { answerTo, parseFences, parsePrompt, printTranscript } from './fence.ts';

const page = `# Title

\`\`\`console secrets="a b"
demo@laptop:~$ ssh demo@remote_host
? Continue? yes
Warning: added.
? demo@remote_host's password: ••••••••
demo@remote_host:~$ 
\`\`\`
`;

describe('parseFences', () => {
  test('takes the prompt, the command, the answers and the secrets', () => {
    const [fence] = parseFences(page);
    expect(fence).toMatchObject({
      prompt: { user: 'demo', host: 'laptop', text: 'demo@laptop:~$ ' },
      command: 'ssh demo@remote_host',
      answers: ['Continue? yes', "demo@remote_host's password: ••••••••"],
      secrets: ['a', 'b'],
    });
  });
  test('gives spans that cut out the text and the whole fence', () => {
    const [fence] = parseFences(page);
    expect(page.slice(fence?.textSpan.start, fence?.textSpan.end)).toBe(fence?.text);
    expect(page.slice(fence?.fenceSpan.start, fence?.fenceSpan.end)).toMatch(/^```console[^]*```$/);
  });
  test('throws for a fence without a command, and names its line', () => {
    expect(() => parseFences('a\n\n```console\nhello\n```\n')).toThrow('line 4: a console fence begins with a prompt');
  });
  test('leaves other fences alone', () => {
    expect(parseFences('```sh\nls\n```\n')).toEqual([]);
  });
});

describe('parsePrompt', () => {
  test.each(['hello', "demo@remote_host's password: ", 'demo@laptop', 'demo@laptop:~ $'])('refuses %j', (line) => {
    expect(parsePrompt(line)).toBeUndefined();
  });
  test('knows root', () => {
    expect(parsePrompt('root@web1:/etc# ls')?.user).toBe('root');
  });
});

describe('answerTo', () => {
  test('is what follows the question', () => {
    expect(answerTo('Continue? ', 'Continue? yes')).toEqual({ text: 'yes', hidden: false });
  });
  test('is a bare Enter for the sign of it', () => {
    expect(answerTo('File: ', 'File: ⏎')).toEqual({ text: '', hidden: false });
  });
  test('is found behind a question that has changed', () => {
    expect(answerTo('New question: ', 'Old question? yes')).toEqual({ text: 'yes', hidden: false });
  });
  test('is nothing for an empty line', () => {
    expect(answerTo('Continue? ', '')).toBeUndefined();
  });
});

test('printTranscript writes questions with their mark and hidden answers as dots', () => {
  const prompt = { text: '$ ', user: 'u', host: 'h' };
  const line = { promptLength: 0, hidden: false, from: 'client' } as const;
  const lines = [
    { ...line, kind: 'command', text: '$ x' },
    { ...line, kind: 'question', text: 'Password: ', hidden: true },
    { ...line, kind: 'output', text: 'done' },
  ] as const;
  expect(printTranscript({ prompt, home: 'h', command: 'x', lines })).toBe('$ x\n? Password: ••••••••\ndone');
});
