/** Command lines about the shell's own grammar, expansions and builtins, for the same comparison as those of `command-lines.ts`. */

export const shellLines: readonly string[] = [
  'echo $((2**64)) $((3**40)) $((3**41)) $((-2**3)) $((0**0)) $((2**9999999999999)) $((99999999999999999999))',
  'x=abc; echo ${x/b/[&]} ${x/b/[\\&]} "${x/b/[&]}" ${x/b/"&"}; r=\'<&>\'; echo ${x/b/$r} ${x/b/"$r"}; r=\'\\&\'; echo ${x/b/$r}',
  'x=abc; echo ${x/#/J} ${x/%/J} ${x//?/.} ${x/*/y} ${x//b*/-}; y=; echo ${y/*/e} ${y/#/J} ${y//*/z} ${y/%/q}',
  "x='a*b'; case $x in a\\*b) echo 1;; esac; p='\\*'; case '*' in $p) echo 2;; esac; case 'q' in $p) echo 3;; esac; p='[\\]]'; case ']' in $p) echo 4;; esac; p='[a-c]*'; case bz in $p) echo 5;; esac; case bz in \"$p\") echo 6;; esac",
  "case - in [a-]) echo 1;; esac; case b in [a\"-\"c]) echo 2;; *) echo 3;; esac; case ] in []a]) echo 4;; esac; case x in [!]a]) echo 5;; esac; case x in [^a-c]) echo 6;; esac; case '[' in [) echo 7;; esac; case '[a' in [a) echo 8;; esac; case z in [z-a]) echo 9;; *) echo 10;; esac; case a in [[:foo:]]) echo 11;; *) echo 12;; esac; case a in [[=a=]]) echo 13;; esac; case - in [[.-.]a]) echo 14;; esac",
  'p=/a/b/c/d.x.y; echo ${p#*/} ${p##*/} ${p%/*} ${p%%/*} ${p%.*} ${p%%.*} ${p#/a*b} ${p##/a*b} ${p%c*} ${p#*} "${p##*}" ${p%?} ${p#?} ${p#x} ${p%[a-z]} ${p%%[!a-z]*}',
  'x=aXbXc; echo ${x/X*/-} ${x//X/-} ${x//[X]/--} ${x/%X?/!} ${x/#a?/!} ${x/%X/!} ${x//*X/-} ${x/#*X/-} ${x/%X*/-}',
  "x='naïve日本'; echo ${x%?} ${x#??} ${x/ï/i} ${x//[日本]/J} ${#x} ${x%%本}",
  'echo .*; echo .a*; touch .hid; echo .* *; shopt -s dotglob; echo *; echo */.* */',
  'shopt -s nullglob; echo a *.nope b; shopt -u nullglob; echo *.nope; shopt -s failglob; echo *.nope; echo after $?',
  'shopt -s globstar; echo **; echo **/; echo **/*.txt; echo sub/**; echo **/leaf.txt; echo sub/**/; shopt -u globstar; echo **',
  'echo "${PWD##*/}" | wc -w; p=/a/b; echo "${p##*/}" "${p%/*}" "${p//[\\/]/.}" "${p//\\//\'x y\'}" "${p#\'/a\'}" "[${p##*}]" ${p##*} "${p%"/b"}"',
  "r='\\\\&'; x=abc; echo ${x/b/$r}; r='\\\\'; echo ${x/b/$r}; r='\\n'; echo ${x/b/$r} ${x/b/\\n} ${x/b/\\\\}",
  'x=$(printf "a%.0s" {1..60}); case $x in *a*a*a*a*a*a*a*a*a*a*b) echo no;; *) echo linear;; esac; echo ${x//*a*a*a*a*a*b/} | wc -c; touch $x; echo *a*a*a*a*a*a*a*b; [[ $x == *a*a*a*a*a*a*b ]]; echo $?',
  "case é in [[:alpha:]]) echo a;; esac; case é in [a-z]) echo b;; *) echo c;; esac; case É in [[:upper:]]) echo u;; esac; case \"$(printf '\\t')\" in [[:blank:]]) echo t;; esac; case . in [[:punct:]]) echo p;; esac; case ' ' in [[:print:]]) echo pr;; esac; case ' ' in [[:graph:]]) echo g;; *) echo ng;; esac",
  'set -- x \'a b\'; case $* in \'x a b\') echo 1;; esac; case "$@" in "x a b") echo 2;; esac; case $@ in x*b) echo 3;; esac',
  'v=hello; echo ${v^[aeiou]} ${v^^[aeiou]} ${v^^[!l]} ${v,,} ${v^^}',
  "x='*'; echo $x | wc -w; echo \"$x\"; x='[a-c]*.txt'; echo $x \"$x\" \\[a-c]*.txt; x='a\\*'; echo $x; x='\\a*'; echo $x",
];
