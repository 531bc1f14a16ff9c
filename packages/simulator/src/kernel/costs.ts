/** What each operation costs in virtual time, in microseconds: of the order of a small Linux machine. The one table of it. */

export const operationCosts = {
  start: 400,
  wake: 2,
  read: 2,
  write: 2,
  seek: 1,
  close: 1,
  duplicate: 1,
  pipe: 4,
  poll: 2,
  open: 6,
  status: 3,
  descriptorStatus: 1,
  readDirectory: 10,
  makeDirectory: 20,
  remove: 15,
  rename: 15,
  link: 12,
  symlink: 12,
  readLink: 3,
  realPath: 8,
  changeMode: 5,
  changeOwner: 5,
  changeTimes: 5,
  synchronize: 2000,
  resolve: 150,
  connect: 30,
  listen: 10,
  accept: 10,
  addresses: 1,
  shutdownWrite: 5,
  getAttributes: 1,
  setAttributes: 2,
  getWindowSize: 1,
  setWindowSize: 2,
  getForeground: 1,
  setForeground: 2,
  terminalName: 2,
  openPseudoTerminal: 30,
  spawn: 300,
  exec: 200,
  wait: 2,
  kill: 3,
  exit: 80,
  detach: 150,
  setDisposition: 1,
  setCredentials: 2,
  changeDirectory: 4,
  setFileCreationMask: 1,
  log: 20,
  findUser: 20,
} as const;

export type OperationName = keyof typeof operationCosts;

/** Copying between a program and the kernel, 2 GB/s: bytes for one microsecond. */
export const bytesPerMicrosecond = 2048;

/** Time between the first look for a host that nobody answers for and the answer that there is none: three ARP requests. */
export const hostUnreachableMicroseconds = 3_060_000;
/** Delay of a packet within one host. */
export const loopbackMicroseconds = 20;
/** Asking the world's DNS. */
export const nameLookupMicroseconds = 800;
