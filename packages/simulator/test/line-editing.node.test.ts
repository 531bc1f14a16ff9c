/**
 * Line editing beside readline 8.2: keys recorded with bash 5.2 in a terminal of 80 columns (PS1='$ ') are typed into ours. Where
 * the bytes are not the same, what is on the screen is.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { oneHost } from './one-host.ts';
import { renderScreen } from './screen.ts';

type RecordedEvent = { readonly send: string } | { readonly recv: string };

const fixtures: Readonly<Record<string, readonly RecordedEvent[]>> = JSON.parse(
  readFileSync(new URL('./fixtures/readline-8.2.json', import.meta.url), 'utf8'),
);

const columns = 80;
const promptStart = '\u001B[?2004h';

/** What each answer of ours is, for the keys of a recording. */
async function typeKeys(events: readonly RecordedEvent[]): Promise<readonly string[]> {
  const files = [
    { path: '.profile', content: "PS1='$ '\nTERM=xterm-256color\n" },
    { path: 'alpha.txt', content: 'A\n' },
    { path: 'beta1', content: '' },
    { path: 'beta2', content: '' },
  ];
  const world = oneHost({ files });
  const terminal = world.openTerminal({
    host: 'host',
    user: 'demo',
    size: { columns, rows: 24, widthPixels: 0, heightPixels: 0 },
  });
  let output = '';
  const decoder = new TextDecoder();
  terminal.onOutput((bytes) => {
    output += decoder.decode(bytes, { stream: true });
  });
  const settle = () => world.run({ untilMilliseconds: world.nowMilliseconds + 300 });
  await settle();
  output = output.slice(output.lastIndexOf(promptStart));
  const answers: string[] = [];
  for (const event of events) {
    if ('recv' in event) answers.push(output);
    else {
      output = '';
      terminal.write(new TextEncoder().encode(event.send));
      await settle();
    }
  }
  return answers;
}

/** Painted otherwise than readline does, with the reason; the screen is the same. */
const paintedOtherwise: ReadonlyMap<string, string> = new Map([
  ['search', 'readline shows the match inverted and repaints only what changed'],
  ['paste', 'readline shows pasted text inverted until the next key'],
  ['wrap', 'readline writes typed-ahead characters in one go, and leaves the wrapping to the terminal'],
  ['midword', "readline deletes by the terminal's delete-character"],
]);

test.each(Object.entries(fixtures))('the line editor answers %s as readline does', async (name, events) => {
  const recorded = events.flatMap((event) => ('recv' in event ? [event.recv] : []));
  const ours = await typeKeys(events);
  if (!paintedOtherwise.has(name)) expect(ours).toEqual(recorded);
  else {
    expect(ours, `painted as readline does now: ${name}`).not.toEqual(recorded);
    const last = recorded.length;
    expect(renderScreen(ours.slice(0, last).join(''), columns)).toEqual(renderScreen(recorded.join(''), columns));
  }
});
