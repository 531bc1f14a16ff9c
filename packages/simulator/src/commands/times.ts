/** Dates and sizes as coreutils shows them; the hosts' clocks are set to UTC. */

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const two = (value: number): string => String(value).padStart(2, '0');

type Field = (date: Date) => string;

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}

function isoWeek(date: Date): { readonly week: number; readonly year: number } {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * 86_400_000);
  return { week: Math.ceil(dayOfYear(thursday) / 7), year: thursday.getUTCFullYear() };
}

const fields: Readonly<Record<string, Field>> = {
  '%': () => '%',
  a: (date) => (days[date.getUTCDay()] ?? '').slice(0, 3),
  A: (date) => days[date.getUTCDay()] ?? '',
  b: (date) => (months[date.getUTCMonth()] ?? '').slice(0, 3),
  B: (date) => months[date.getUTCMonth()] ?? '',
  c: (date) => formatDate(date, '%a %b %e %H:%M:%S %Y'),
  C: (date) => two(Math.floor(date.getUTCFullYear() / 100)),
  d: (date) => two(date.getUTCDate()),
  D: (date) => formatDate(date, '%m/%d/%y'),
  e: (date) => String(date.getUTCDate()).padStart(2),
  F: (date) => formatDate(date, '%Y-%m-%d'),
  g: (date) => two(isoWeek(date).year % 100),
  G: (date) => String(isoWeek(date).year),
  h: (date) => formatDate(date, '%b'),
  H: (date) => two(date.getUTCHours()),
  I: (date) => two(date.getUTCHours() % 12 || 12),
  j: (date) => String(dayOfYear(date)).padStart(3, '0'),
  k: (date) => String(date.getUTCHours()).padStart(2),
  l: (date) => String(date.getUTCHours() % 12 || 12).padStart(2),
  m: (date) => two(date.getUTCMonth() + 1),
  M: (date) => two(date.getUTCMinutes()),
  n: () => '\n',
  N: (date) => `${String(date.getUTCMilliseconds()).padStart(3, '0')}000000`,
  p: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  P: (date) => (date.getUTCHours() < 12 ? 'am' : 'pm'),
  q: (date) => String(Math.floor(date.getUTCMonth() / 3) + 1),
  r: (date) => formatDate(date, '%I:%M:%S %p'),
  R: (date) => formatDate(date, '%H:%M'),
  s: (date) => String(Math.floor(date.getTime() / 1000)),
  S: (date) => two(date.getUTCSeconds()),
  t: () => '\t',
  T: (date) => formatDate(date, '%H:%M:%S'),
  u: (date) => String(date.getUTCDay() || 7),
  U: (date) => two(Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7)),
  V: (date) => two(isoWeek(date).week),
  w: (date) => String(date.getUTCDay()),
  W: (date) => two(Math.floor((dayOfYear(date) + 6 - ((date.getUTCDay() + 6) % 7)) / 7)),
  x: (date) => formatDate(date, '%m/%d/%y'),
  X: (date) => formatDate(date, '%H:%M:%S'),
  y: (date) => two(date.getUTCFullYear() % 100),
  Y: (date) => String(date.getUTCFullYear()),
  z: () => '+0000',
  ':z': () => '+00:00',
  Z: () => 'UTC',
};

/** strftime(3) with date(1)'s flags for padding, in UTC and the C locale. */
export function formatDate(date: Date, format: string): string {
  return format.replace(/%([-_0^#]?)(:?[a-zA-Z%])/g, (whole: string, flag: string, letter: string) => {
    const field = fields[letter];
    if (!field) return whole;
    const text = field(date);
    if (flag === '-') return text.replace(/^[0 ]+(?=.)/, '');
    if (flag === '_') return text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length));
    if (flag === '0') return text.replace(/^ +/, (spaces) => '0'.repeat(spaces.length));
    return flag === '^' ? text.toUpperCase() : text;
  });
}

const halfYearMilliseconds = 31_556_952_000 / 2;

/** The date in a long listing: the time of day if it is recent, else the year. */
export function formatListDate(milliseconds: number, nowMilliseconds: number, style: string): string {
  const date = new Date(milliseconds);
  if (style.startsWith('+')) return formatDate(date, style.slice(1));
  if (style === 'full-iso') return formatDate(date, '%F %T.%N %z');
  if (style === 'long-iso') return formatDate(date, '%F %R');
  const recent = milliseconds > nowMilliseconds - halfYearMilliseconds && milliseconds <= nowMilliseconds + 1000;
  if (style === 'iso') return formatDate(date, recent ? '%m-%d %R' : '%F ');
  return formatDate(date, recent ? '%b %e %H:%M' : '%b %e  %Y');
}

/** `4.0K`, `12M`: rounded up, as -h shows sizes. */
export function formatSize(sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 0;
  while (value >= 1024) {
    value /= 1024;
    unit++;
  }
  if (unit === 0) return String(sizeBytes);
  const shown = value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : String(Math.ceil(value));
  return shown === '10.0' ? `10${'KMGTPE'.charAt(unit - 1)}` : `${shown}${'KMGTPE'.charAt(unit - 1)}`;
}
