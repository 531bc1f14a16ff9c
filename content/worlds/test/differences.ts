/**
 * Where a replay differs from its recording, and why ours is right or cannot be the same. The list only shrinks: a row whose exchange
 * has become equal fails the test.
 */

export interface Difference {
  readonly transcript: string;
  /** Places of events in the recording. */
  readonly at: readonly number[];
  readonly reason: string;
}

export const differences: readonly Difference[] = [
  {
    transcript: '08-ssh-copy-id',
    at: [35],
    reason: 'the recorded hosts had no name server to ask; here a name that nobody has is known to be none',
  },
  {
    transcript: '08-ssh-copy-id',
    at: [44],
    reason:
      'whether sshd logs `Close session` is a race in the recording, as in 19-single-command: once here, of five commands',
  },
  {
    transcript: '10-copy-key-by-pipe',
    at: [11],
    reason: 'homes here begin with .bashrc and .profile, as /etc/skel has them, and with the .inputrc of the recorder',
  },
  {
    transcript: '19-single-command',
    at: [49],
    reason: 'bash hands its variables on in the order of its hash table, ours in the order in which they were set',
  },
  {
    transcript: '19-single-command',
    at: [102],
    reason:
      "whether sshd logs `Close session` is a race in the recording: it does where the client's CHANNEL_CLOSE and DISCONNECT came in two reads, " +
      'there once in a session without a terminal, here in each with one',
  },
];
