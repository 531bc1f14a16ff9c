/** A server like CentOS's, with OpenSSH 10: users in wheel, logs in /var/log/secure, bash with `[user@host directory]$ `. */
import { group, hierarchy, systemAccount, type BaseImage } from './base-image.ts';

const profile = `# /etc/profile: read by bash as a login shell.

for script in /etc/profile.d/*.sh; do
  if [ -r "$script" ]; then
    . "$script"
  fi
done
unset script
`;

const bashrc = `# /etc/bashrc: read by ~/.bashrc.

if [ "\${PS1-}" ]; then
  PS1='[\\u@\\h \\W]\\$ '
fi
`;

const userProfile = `# ~/.bash_profile: read by bash as a login shell.

if [ -f ~/.bashrc ]; then
  . ~/.bashrc
fi
`;

const userBashrc = `# ~/.bashrc: read by an interactive bash.

if [ -f /etc/bashrc ]; then
  . /etc/bashrc
fi
`;

const sshConfig = `# /etc/ssh/ssh_config: defaults of ssh for all users of this machine.
# For each keyword the first value that is found counts. See ssh_config(5).

Include /etc/ssh/ssh_config.d/*.conf

Host *
    SendEnv LANG LC_CTYPE LC_NUMERIC LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES
`;

const sshdConfig = `# /etc/ssh/sshd_config: see sshd_config(5). Commented lines show the default.

Include /etc/ssh/sshd_config.d/*.conf

#Port 22
#AddressFamily any
#ListenAddress 0.0.0.0
#ListenAddress ::

#HostKey /etc/ssh/ssh_host_rsa_key
#HostKey /etc/ssh/ssh_host_ecdsa_key
#HostKey /etc/ssh/ssh_host_ed25519_key

SyslogFacility AUTHPRIV
#LogLevel INFO

#LoginGraceTime 2m
#PermitRootLogin prohibit-password
#StrictModes yes
#MaxAuthTries 6
#MaxSessions 10

#PubkeyAuthentication yes
AuthorizedKeysFile .ssh/authorized_keys

#PasswordAuthentication yes
#PermitEmptyPasswords no
KbdInteractiveAuthentication no

#AllowAgentForwarding yes
#AllowTcpForwarding yes
#GatewayPorts no
X11Forwarding yes
#PrintMotd yes
#PrintLastLog yes
#TCPKeepAlive yes
#ClientAliveInterval 0
#ClientAliveCountMax 3
#UseDNS no
#MaxStartups 10:30:100
#Banner none

AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
`;

const hosts = `127.0.0.1   localhost localhost.localdomain localhost4 localhost4.localdomain4
::1         localhost localhost.localdomain localhost6 localhost6.localdomain6
`;

export const centosLike: BaseImage = {
  openSsh: '10',
  hostKeyTypes: ['rsa', 'ecdsa', 'ed25519'],
  accounts: [
    systemAccount('root', 0, { home: '/root', shell: '/bin/bash' }),
    systemAccount('bin', 1, { home: '/bin', shell: '/sbin/nologin' }),
    systemAccount('daemon', 2, { home: '/sbin', shell: '/sbin/nologin' }),
    systemAccount('adm', 3, { gid: 4, home: '/var/adm', shell: '/sbin/nologin' }),
    systemAccount('mail', 8, { gid: 12, home: '/var/spool/mail', shell: '/sbin/nologin' }),
    systemAccount('nobody', 65_534, { gecos: 'Kernel Overflow User', shell: '/sbin/nologin' }),
    systemAccount('sshd', 74, {
      gecos: 'Privilege-separated SSH',
      home: '/usr/share/empty.sshd',
      shell: '/sbin/nologin',
    }),
  ],
  groups: [
    group('root', 0),
    group('bin', 1),
    group('daemon', 2),
    group('sys', 3),
    group('adm', 4),
    group('tty', 5),
    group('wheel', 10),
    group('mail', 12),
    group('sshd', 74),
    group('users', 100),
    group('nobody', 65_534),
  ],
  userGroups: [],
  shadow: { group: 'root', mode: 0 },
  homeMode: 0o700,
  files: [
    ...hierarchy,
    { type: 'directory', path: '/usr/share/empty.sshd' },
    { type: 'directory', path: '/etc/ssh/ssh_config.d' },
    { type: 'directory', path: '/etc/ssh/sshd_config.d', mode: 0o700 },
    { path: '/var/log/secure', mode: 0o600, content: '' },
    { path: '/var/log/messages', mode: 0o600, content: '' },
    { path: '/etc/hostname', content: '{hostname}\n' },
    { path: '/etc/hosts', content: hosts },
    {
      path: '/etc/os-release',
      content: `NAME="CentOS Stream"
VERSION="10"
ID="centos"
ID_LIKE="rhel fedora"
VERSION_ID="10"
PRETTY_NAME="CentOS Stream 10"
`,
    },
    { path: '/etc/redhat-release', content: 'CentOS Stream release 10\n' },
    { path: '/etc/shells', content: '/bin/sh\n/bin/bash\n/usr/bin/sh\n/usr/bin/bash\n' },
    { path: '/etc/motd', content: '' },
    { path: '/etc/profile', content: profile },
    { path: '/etc/bashrc', content: bashrc },
    { path: '/etc/ssh/ssh_config', content: sshConfig },
    { path: '/etc/ssh/sshd_config', mode: 0o600, content: sshdConfig },
  ],
  skeleton: [
    { path: '.bash_profile', content: userProfile },
    { path: '.bashrc', content: userBashrc },
  ],
};
