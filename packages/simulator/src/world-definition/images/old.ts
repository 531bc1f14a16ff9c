/** A server of 2014 like Ubuntu 14.04, with OpenSSH 6.6: no Include, Protocol and privilege separation still to be configured. */
import { ubuntuHosts, ubuntuLike } from './ubuntu-like.ts';
import type { BaseImage } from './base-image.ts';

const sshConfig = `# /etc/ssh/ssh_config: defaults of ssh for all users of this machine.
# For each keyword the first value that is found counts. See ssh_config(5).

Host *
#   ForwardAgent no
#   ForwardX11 no
#   PasswordAuthentication yes
#   StrictHostKeyChecking ask
#   IdentityFile ~/.ssh/id_rsa
#   Port 22
#   Protocol 2,1
    SendEnv LANG LC_*
`;

const sshdConfig = `# /etc/ssh/sshd_config: see sshd_config(5).
Port 22
#ListenAddress ::
#ListenAddress 0.0.0.0
Protocol 2
HostKey /etc/ssh/ssh_host_rsa_key
HostKey /etc/ssh/ssh_host_ecdsa_key
HostKey /etc/ssh/ssh_host_ed25519_key
UsePrivilegeSeparation yes

SyslogFacility AUTH
LogLevel INFO

LoginGraceTime 120
PermitRootLogin yes
StrictModes yes

PubkeyAuthentication yes
#AuthorizedKeysFile %h/.ssh/authorized_keys

PermitEmptyPasswords no
ChallengeResponseAuthentication no
#PasswordAuthentication yes

X11Forwarding yes
#PrintMotd yes
#PrintLastLog yes
TCPKeepAlive yes
#MaxStartups 10:30:60
#Banner /etc/issue.net

AcceptEnv LANG LC_*
Subsystem sftp /usr/lib/openssh/sftp-server
`;

const replaced: readonly string[] = ['/etc/ssh/ssh_config', '/etc/ssh/sshd_config', '/etc/os-release', '/etc/hosts'];
const notYetThere: readonly string[] = ['/etc/ssh/ssh_config.d', '/etc/ssh/sshd_config.d'];

export const old: BaseImage = {
  ...ubuntuLike,
  openSsh: '6.6',
  homeMode: 0o755,
  files: [
    ...ubuntuLike.files.filter(({ path }) => !replaced.includes(path) && !notYetThere.includes(path)),
    { path: '/etc/hosts', content: ubuntuHosts },
    {
      path: '/etc/os-release',
      content: `NAME="Ubuntu"
VERSION="14.04, Trusty Tahr"
ID=ubuntu
ID_LIKE=debian
PRETTY_NAME="Ubuntu 14.04 LTS"
VERSION_ID="14.04"
`,
    },
    { path: '/etc/ssh/ssh_config', content: sshConfig },
    { path: '/etc/ssh/sshd_config', content: sshdConfig },
  ],
};
