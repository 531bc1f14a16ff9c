/** What `seashell --help` and the subcommands print: usage in the manner of a man page. */

export const usage = {
  seashell: `seashell - SSH hosts and programs to try, in this terminal

SYNOPSIS
    seashell play [--world NAME] [--host NAME] [--user NAME] [--openssh 10|6.6] [--seed N] [-c COMMAND | --answers FILE]
    seashell serve --listen [ADDRESS:]PORT=HOST[:PORT] ... [--world NAME] [--openssh 10|6.6] [--seed N]
    seashell ssh [ARGUMENT ...]
    seashell ssh-keygen [ARGUMENT ...]
    seashell ssh-copy-id [ARGUMENT ...]

COMMANDS
    play         puts this terminal on a host of a simulated world
    serve        lets real programs connect to the sshd of a simulated host
    ssh          our ssh, on this machine's files and network
    ssh-keygen   our ssh-keygen, on this machine's files
    ssh-copy-id  our ssh-copy-id, which runs this machine's ssh

OPTIONS
    -h, --help  this text; after a command, the command's own
`,
  play: `seashell play - log in at the console of a simulated host

SYNOPSIS
    seashell play [OPTION ...]
    seashell play [OPTION ...] -c 'COMMAND LINE'

OPTIONS
    -c, --command LINE    run one command line without a terminal; standard input, output, error and the exit status pass through
        --answers FILE    type the lines of FILE, each with Enter, whenever the foreground process waits for the terminal and nothing
                          else can run. \\xHH and \\cX stand for other bytes, \\\\ for a backslash. A last line without a newline is sent
                          without Enter. At the end of the file the terminal hangs up.
        --world NAME      the world (default: essentials)
        --host NAME       the host to start on (default: the world's own)
        --user NAME       the user to start as (default: the world's own)
        --openssh 10|6.6  the OpenSSH version of that host
        --seed N          the world's randomness, 0 to 4294967295 (default: 1)
    -h, --help            this text

EXIT STATUS
    that of the shell or the command; 128 and the signal's number if a signal ended it; 2 for a wrong option
`,
  serve: `seashell serve - let real programs connect to simulated hosts

SYNOPSIS
    seashell serve --listen [ADDRESS:]PORT=HOST[:PORT] ... [OPTION ...]

OPTIONS
        --listen [ADDRESS:]PORT=HOST[:PORT]
                        take TCP connections on PORT of this machine (0: a free one) to PORT (default: 22) of the simulated HOST. Only
                        this machine can connect, unless another ADDRESS of it is given. May be repeated.
        --world NAME    the world (default: essentials)
        --openssh 10|6.6  the OpenSSH version of the hosts that are listened for
        --seed N        the world's randomness (default: 1)
    -h, --help          this text
`,
} as const;
