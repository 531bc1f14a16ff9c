/** Lines for the commands that a real bash and the virtual host are both given; data table, one line each. */
export const utilityLines: readonly string[] = [
  'printf "%1000000d" 1 | wc -c; printf "%*d|" 1000000 1 | wc -c; printf "%.1000000d" 3 | wc -c; printf "%.1000000f" 3 | wc -c',
  'printf "a%99999999999db" 1; echo $?; printf "%.99999999999s|" abc; printf "%.*s|" 99999999999 abc',
  'printf "%*d|" 5x 3; printf "%*d|" x 3; printf "%.*d|" -3 3; printf "%-*d|" -6 3; printf "%.d|" 0',
  'printf "%.30f\\n%.17g\\n%.150f\\n%a\\n%e\\n%g\\n%G\\n" 0.1 0.1 0.1 0.1 1e400 1e-5 1e300; printf "%f %f %F %e\\n" inf -nan NAN 1e99999; printf "%f\\n" 1x "" 0x1p3 "  5" 5" " ;echo $?',
  '/bin/printf "%f\\n" 1x "" 0x1p3 "  5" "5 " 1e99999;echo $?; /bin/printf "%d\\n" 99999999999999999999 -99999999999999999999 3x x "" ;echo $?',
  'printf "%d\\n" 99999999999999999999 -99999999999999999999 3x x "" 08 0x 0xg;echo $?; printf "%u %x\\n" -1 -1 99999999999999999999 1; printf "%u\\n" -99999999999999999999;  printf "%hhd %hd %ld\\n" 300 70000 5',
  'printf "%z"; printf "%"; printf "%5"; printf "abc%"; printf "%k\\n"; printf "a\\n%k\\n";echo $?; printf "%5%|";printf "%-5c|%5c|\\n" ab; printf "%.3b|%10b|\\n" "a\\tbcde" "x\\cy" z; printf "%q|%10q|%Q\\n" "a b" "c d" ef',
  '/bin/printf "%z"; /bin/printf "%"; /bin/printf "%5"; /bin/printf "%k\\n"; /bin/printf "a\\n%k\\n";echo $?; /bin/printf "%5%|"; /bin/printf "%q|%10q\\n" "a b" "c d";/bin/printf; /bin/printf x y; /bin/printf "%s\\n" --; /bin/printf -- x',
  'printf "%*d"; printf "%*.*d|" 5 3 1 5 4 2; printf "%lc|%ls|" a b',
  'printf "%+d % d %+u %#o %#x %#X %#x %05d %-05d %+.3d %05s %.0d|\\n" 1 1 1 8 255 255 0 -3 -3 5 ab 0; printf "%#.3g %#g %#.0f %#a % f %+f %010.2f %-10.2f| %010f\\n" 1 1 1 1 1 1 -1 1 inf; printf "%a %A %.2a %.0a %020a|%.30a\\n" 1 10 1.999 1.5 3 0.1 0; printf "%s %d\\n" 1',
  'printf "a\\cb\\n"; /bin/printf "a\\cb"; printf "%d %d\\n" "\'a" \'"é\'; printf "%d\\n" "\'"; /bin/printf "%s %d|%5.2f|%e|%g|%a\\n" a 3 2.5 1 1e10 1;/bin/printf "%d\\n" 08 0x 0xg; echo $?; /bin/printf "a%99999999999db" 1; echo $?; /bin/printf "%*d" 99999999999 1; echo $?; /bin/printf "%.*d" 99999999999 1',
  'printf -v x "%5d" 3; echo "[$x]"; printf -v y "%d" z; echo $? $y',
  'printf "%g %g %g %g %g %g %g\\n" 100000 1000000 1e15 0.0001 0.00001 123456789 0; printf "%e %.0e %#.0e\\n" 0 15 15; printf "%.3g|%.10g|%g\\n" 9.9996 1e10 -0; printf "%.0f %.0f %.0f %.1f\\n" 0.5 1.5 2.5 0.25',
  'printf "%.50e\\n%.60g\\n%f\\n" 1e4932 3.3e-4940 1e4000 ',
  'seq -f %d 2; seq -f x 2; seq -f %f%f 2; seq -f %5.2f 2; seq -f % 2; seq -f a%% 2; seq -f %-5g 2; seq -w -f %g 3; seq -x; seq 1 2 3 4; seq -f; seq --format=%g 1; seq --sep=, 2; seq 1 0 2; seq 1e3 1e3; seq 0.10 0.1 0.3; seq -s; seq 1 nan; seq ""; seq inf 2; seq -w -1 1; seq -- -1 1; seq --equal-width 9 10; seq -1; seq 1e22 1e22; seq -5 2 -1',
];
