/** The commands of a host, as a world installs them: one line each. */
import { chgrp, chmod, chown, touch } from './attributes.ts';
import { cat } from './cat.ts';
import { md5sum, sha1sum, sha256sum, sha512sum } from './checksums.ts';
import { createProgram, type CommandDefinition, type Executable } from './command.ts';
import { curl } from './curl.ts';
import { cut } from './cut.ts';
import { date } from './date.ts';
import { mkdir, rmdir } from './directories.ts';
import { echo } from './echo.ts';
import { grep } from './grep.ts';
import { head } from './head.ts';
import { httpd } from './httpd.ts';
import { groups, hostname, id, tty, uname, uptime, which, whoami } from './identity.ts';
import { kill } from './kill.ts';
import { ls } from './ls.ts';
import { printf } from './printf.ts';
import { ps } from './ps.ts';
import { rm } from './rm.ts';
import { env, sleep, timeout } from './run-command.ts';
import { basename, clear, dirname, falseCommand, printenv, pwd, tee, trueCommand, yes } from './small-text.ts';
import { sed } from './sed.ts';
import { seq } from './seq.ts';
import { sort } from './sort.ts';
import { stat } from './stat.ts';
import { stty } from './stty.ts';
import { tail } from './tail.ts';
import { tr } from './tr.ts';
import { cp, ln, mv } from './transfer.ts';
import { uniq } from './uniq.ts';
import { wc } from './wc.ts';

export type { Executable } from './command.ts';

const definitions: readonly CommandDefinition[] = [
  basename,
  cat,
  chgrp,
  chmod,
  chown,
  clear,
  cp,
  curl,
  cut,
  date,
  dirname,
  echo,
  env,
  falseCommand,
  grep,
  groups,
  head,
  hostname,
  httpd,
  id,
  kill,
  ln,
  ls,
  md5sum,
  mkdir,
  mv,
  printenv,
  printf,
  ps,
  pwd,
  rm,
  rmdir,
  sed,
  seq,
  sha1sum,
  sha256sum,
  sha512sum,
  sleep,
  sort,
  stat,
  stty,
  tail,
  tee,
  timeout,
  touch,
  tr,
  trueCommand,
  tty,
  uname,
  uniq,
  uptime,
  wc,
  which,
  whoami,
  yes,
];

/** Every command with the path where Ubuntu has it (`/bin` is `/usr/bin` there). */
export const commands: readonly Executable[] = definitions.map((definition) => ({
  name: definition.name,
  path: `/usr/${definition.name === 'httpd' ? 'sbin' : 'bin'}/${definition.name}`,
  program: createProgram(definition),
}));
