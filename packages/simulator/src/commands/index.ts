/** The commands of a host, as a world installs them: one line each. Their code comes when they are first run: a page has a prompt sooner. */
import { lazyDaemon, lazyProgram } from '@seashell/system';
import { createProgram, type CommandDefinition, type Executable } from './command.ts';

export type { Executable } from './command.ts';

/** Every command by its name; its code is loaded when it is first run. */
export const definitions: Readonly<Record<string, () => Promise<CommandDefinition>>> = {
  basename: async () => (await import('./small-text.ts')).basename,
  cat: async () => (await import('./cat.ts')).cat,
  chgrp: async () => (await import('./attributes.ts')).chgrp,
  chmod: async () => (await import('./attributes.ts')).chmod,
  chown: async () => (await import('./attributes.ts')).chown,
  clear: async () => (await import('./small-text.ts')).clear,
  cp: async () => (await import('./transfer.ts')).cp,
  curl: async () => (await import('./curl.ts')).curl,
  cut: async () => (await import('./cut.ts')).cut,
  date: async () => (await import('./date.ts')).date,
  dirname: async () => (await import('./small-text.ts')).dirname,
  echo: async () => (await import('./echo.ts')).echo,
  env: async () => (await import('./run-command.ts')).env,
  false: async () => (await import('./small-text.ts')).falseCommand,
  grep: async () => (await import('./grep/grep.ts')).grep,
  groups: async () => (await import('./identity.ts')).groups,
  head: async () => (await import('./head.ts')).head,
  hostname: async () => (await import('./identity.ts')).hostname,
  httpd: async () => (await import('./httpd.ts')).httpd,
  id: async () => (await import('./identity.ts')).id,
  kill: async () => (await import('./kill.ts')).kill,
  ln: async () => (await import('./transfer.ts')).ln,
  ls: async () => (await import('./ls.ts')).ls,
  md5sum: async () => (await import('./checksums.ts')).md5sum,
  mkdir: async () => (await import('./directories.ts')).mkdir,
  mv: async () => (await import('./transfer.ts')).mv,
  printenv: async () => (await import('./small-text.ts')).printenv,
  printf: async () => (await import('./printf.ts')).printf,
  ps: async () => (await import('./ps.ts')).ps,
  pwd: async () => (await import('./small-text.ts')).pwd,
  rm: async () => (await import('./rm.ts')).rm,
  rmdir: async () => (await import('./directories.ts')).rmdir,
  sed: async () => (await import('./sed.ts')).sed,
  seq: async () => (await import('./seq.ts')).seq,
  sha1sum: async () => (await import('./checksums.ts')).sha1sum,
  sha256sum: async () => (await import('./checksums.ts')).sha256sum,
  sha512sum: async () => (await import('./checksums.ts')).sha512sum,
  sleep: async () => (await import('./run-command.ts')).sleep,
  sort: async () => (await import('./sort.ts')).sort,
  stat: async () => (await import('./stat.ts')).stat,
  stty: async () => (await import('./stty.ts')).stty,
  tail: async () => (await import('./tail.ts')).tail,
  tee: async () => (await import('./small-text.ts')).tee,
  timeout: async () => (await import('./run-command.ts')).timeout,
  touch: async () => (await import('./attributes.ts')).touch,
  tr: async () => (await import('./tr.ts')).tr,
  true: async () => (await import('./small-text.ts')).trueCommand,
  tty: async () => (await import('./identity.ts')).tty,
  uname: async () => (await import('./identity.ts')).uname,
  uniq: async () => (await import('./uniq.ts')).uniq,
  uptime: async () => (await import('./identity.ts')).uptime,
  wc: async () => (await import('./wc.ts')).wc,
  which: async () => (await import('./identity.ts')).which,
  whoami: async () => (await import('./identity.ts')).whoami,
  yes: async () => (await import('./small-text.ts')).yes,
};

/** Every command with the path where Ubuntu has it (`/bin` is `/usr/bin` there). */
export const commands: readonly Executable[] = Object.entries(definitions).map(([name, load]) => {
  const isDaemon = name === 'httpd';
  const program = (isDaemon ? lazyDaemon : lazyProgram)(async () => createProgram(await load()));
  return { name, path: `/usr/${isDaemon ? 'sbin' : 'bin'}/${name}`, program };
});
