/** A server like Ubuntu's, with OpenSSH 10: Include of sshd_config.d, bash with `user@host:directory$ `. */
import { group, hierarchy, systemAccount, type BaseImage } from './base-image.ts';

const profile = `# /etc/profile: read by bash as a login shell.

if [ "\${PS1-}" ] && [ -f /etc/bash.bashrc ]; then
  . /etc/bash.bashrc
fi

if [ -d /etc/profile.d ]; then
  for script in /etc/profile.d/*.sh; do
    if [ -r "$script" ]; then
      . "$script"
    fi
  done
  unset script
fi
`;

const bashrc = `# /etc/bash.bashrc: read by every interactive bash.

[ -z "\${PS1-}" ] && return

PS1='\\u@\\h:\\w\\$ '
`;

const userProfile = `# ~/.profile: read by bash as a login shell, unless there is a ~/.bash_profile.

if [ -n "$BASH_VERSION" ] && [ -f "$HOME/.bashrc" ]; then
  . "$HOME/.bashrc"
fi

if [ -d "$HOME/bin" ]; then
  PATH="$HOME/bin:$PATH"
fi
`;

const userBashrc = `# ~/.bashrc: read by an interactive bash that is no login shell.

case $- in
  *i*) ;;
  *) return ;;
esac

HISTSIZE=1000
HISTFILESIZE=2000

PS1='\\u@\\h:\\w\\$ '
`;

export const ubuntuSshConfig = `# /etc/ssh/ssh_config: defaults of ssh for all users of this machine.
# Options on the command line come first, then ~/.ssh/config, then this file.
# For each keyword the first value that is found counts. See ssh_config(5).

Include /etc/ssh/ssh_config.d/*.conf

Host *
#   ForwardAgent no
#   ForwardX11 no
#   PasswordAuthentication yes
#   BatchMode no
#   AddressFamily any
#   ConnectTimeout 0
#   StrictHostKeyChecking ask
#   IdentityFile ~/.ssh/id_rsa
#   IdentityFile ~/.ssh/id_ed25519
#   Port 22
#   EscapeChar ~
#   VisualHostKey no
    SendEnv LANG LC_*
`;

export const ubuntuSshdConfig = `Include /etc/ssh/sshd_config.d/*.conf
#Port 22
#PermitRootLogin prohibit-password
#PasswordAuthentication yes
KbdInteractiveAuthentication no
#AddressFamily any
#ListenAddress 0.0.0.0
#ListenAddress ::
#HostKey /etc/ssh/ssh_host_rsa_key
#HostKey /etc/ssh/ssh_host_ecdsa_key
#HostKey /etc/ssh/ssh_host_ed25519_key
#SyslogFacility AUTH
#LogLevel INFO
#LoginGraceTime 2m
#StrictModes yes
#MaxAuthTries 6
#MaxSessions 10
#PubkeyAuthentication yes
#AuthorizedKeysFile .ssh/authorized_keys .ssh/authorized_keys2
#PermitEmptyPasswords no
#AllowAgentForwarding yes
#AllowTcpForwarding yes
#GatewayPorts no
X11Forwarding yes
#PermitTTY yes
#PrintMotd yes
#PrintLastLog yes
#TCPKeepAlive yes
#ClientAliveInterval 0
#ClientAliveCountMax 3
#UseDNS no
#PidFile /run/sshd.pid
#MaxStartups 10:30:100
#Banner none
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
`;

export const ubuntuHosts = `127.0.0.1 localhost
127.0.1.1 {hostname}

::1 ip6-localhost ip6-loopback
`;

export const ubuntuLike: BaseImage = {
  openSsh: '10',
  hostKeyTypes: ['rsa', 'ecdsa', 'ed25519'],
  accounts: [
    systemAccount('root', 0, { home: '/root', shell: '/bin/bash' }),
    systemAccount('daemon', 1, { home: '/usr/sbin' }),
    systemAccount('bin', 2, { home: '/bin' }),
    systemAccount('sys', 3, { home: '/dev' }),
    systemAccount('mail', 8, { home: '/var/mail' }),
    systemAccount('www-data', 33, { home: '/var/www' }),
    systemAccount('nobody', 65_534, { home: '/nonexistent' }),
    systemAccount('sshd', 110, { gid: 65_534, gecos: '', home: '/run/sshd' }),
    systemAccount('syslog', 104, { gid: 110, gecos: '', home: '/nonexistent' }),
  ],
  groups: [
    group('root', 0),
    group('daemon', 1),
    group('bin', 2),
    group('sys', 3),
    group('adm', 4, ['syslog']),
    group('tty', 5),
    group('mail', 8),
    group('sudo', 27),
    group('www-data', 33),
    group('shadow', 42),
    group('users', 100),
    group('syslog', 110),
    group('nogroup', 65_534),
  ],
  userGroups: [],
  shadow: { group: 'shadow', mode: 0o640 },
  homeMode: 0o750,
  files: [
    ...hierarchy,
    { type: 'directory', path: '/etc/ssh/ssh_config.d' },
    { type: 'directory', path: '/etc/ssh/sshd_config.d' },
    { type: 'directory', path: '/var/log', group: 'syslog', mode: 0o775 },
    { path: '/var/log/auth.log', owner: 'syslog', group: 'adm', mode: 0o640, content: '' },
    { path: '/var/log/syslog', owner: 'syslog', group: 'adm', mode: 0o640, content: '' },
    { path: '/etc/hostname', content: '{hostname}\n' },
    { path: '/etc/hosts', content: ubuntuHosts },
    {
      path: '/etc/os-release',
      content: `PRETTY_NAME="Ubuntu 24.04 LTS"
NAME="Ubuntu"
VERSION_ID="24.04"
VERSION="24.04 LTS (Noble Numbat)"
VERSION_CODENAME=noble
ID=ubuntu
ID_LIKE=debian
`,
    },
    {
      path: '/etc/environment',
      content: 'PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\n',
    },
    { path: '/etc/shells', content: '/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n' },
    { path: '/etc/motd', content: '' },
    { path: '/etc/profile', content: profile },
    { path: '/etc/bash.bashrc', content: bashrc },
    { path: '/etc/ssh/ssh_config', content: ubuntuSshConfig },
    { path: '/etc/ssh/sshd_config', content: ubuntuSshdConfig },
  ],
  skeleton: [
    { path: '.profile', content: userProfile },
    { path: '.bashrc', content: userBashrc },
  ],
};
