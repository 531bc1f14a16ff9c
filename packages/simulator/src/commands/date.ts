/** date(1), in UTC. */
import type { CommandDefinition } from './command.ts';
import { quoteName } from './inputs.ts';
import { formatDate } from './times.ts';

const unitMilliseconds: ReadonlyMap<string, number> = new Map(
  Object.entries<number>({
    second: 1000,
    sec: 1000,
    minute: 60_000,
    min: 60_000,
    hour: 3_600_000,
    day: 86_400_000,
    week: 604_800_000,
  }),
);

const wholeDay = 86_400_000;
const namedDays: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['now', 0],
  ['today', 0],
  ['yesterday', -wholeDay],
  ['tomorrow', wholeDay],
]);

/** Dates as people write them: ISO forms, `@seconds`, `now`, `yesterday`, `2 days ago`; `undefined` for others. */
export function parseDate(text: string, nowMilliseconds: number): Date | undefined {
  const trimmed = text.trim();
  if (/^@-?\d+(\.\d+)?$/.test(trimmed)) return new Date(Number(trimmed.slice(1)) * 1000);
  const named = namedDays.get(trimmed);
  if (named !== undefined) return new Date(nowMilliseconds + named);
  const relative = /^([-+]?\d+)\s*([a-z]+?)s?(\s+ago)?$/i.exec(trimmed);
  const unit = unitMilliseconds.get(relative?.[2]?.toLowerCase() ?? '');
  if (relative && unit !== undefined)
    return new Date(nowMilliseconds + Number(relative[1]) * unit * (relative[3] ? -1 : 1));
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(?:Z|UTC|\+00:?00)?$/.exec(
    trimmed,
  );
  if (!iso) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = iso;
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)));
}

const isoFormats: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    date: '%Y-%m-%d',
    hours: '%Y-%m-%dT%H%:z',
    minutes: '%Y-%m-%dT%H:%M%:z',
    seconds: '%Y-%m-%dT%H:%M:%S%:z',
  }),
);

export const date: CommandDefinition = {
  name: 'date',
  usage: ['[OPTION]... [+FORMAT]'],
  summary: 'Display the current time in the given FORMAT.',
  options: [
    { short: 'd', long: 'date', argument: 'required', help: "display time described by STRING, not 'now'" },
    { short: 'I', long: 'iso-8601', argument: 'optional', help: 'output date/time in ISO 8601 format' },
    { short: 'R', long: 'rfc-email', help: 'output date and time in RFC 5322 format' },
    { short: 'r', long: 'reference', argument: 'required', help: 'display the last modification time of FILE' },
    { short: 'u', long: 'utc', help: 'print Coordinated Universal Time (UTC)' },
    { long: 'universal' },
  ],
  async run(context) {
    const { options, operands, system, output } = context;
    const now = system.clock.now();
    const text = options.value('date');
    const reference = options.value('reference');
    const when =
      reference === undefined
        ? parseDate(text ?? 'now', now)
        : new Date((await system.files.status(reference)).modifiedMilliseconds);
    if (!when) {
      await context.complain(`invalid date ${quoteName(text ?? '')}`);
      return 1;
    }
    const [operand] = operands;
    if (operand !== undefined && !operand.startsWith('+')) {
      await context.complain(`invalid date ${quoteName(operand)}`);
      return 1;
    }
    if (operands.length > 1) return context.complainUsage(`extra operand ${quoteName(operands[1] ?? '')}`);
    const iso = options.has('iso-8601') ? isoFormats.get(options.value('iso-8601') ?? 'date') : undefined;
    const format =
      operand?.slice(1) ?? iso ?? (options.has('rfc-email') ? '%a, %d %b %Y %H:%M:%S %z' : '%a %b %e %H:%M:%S %Z %Y');
    await output.write(`${formatDate(when, format)}\n`);
    return 0;
  },
};
