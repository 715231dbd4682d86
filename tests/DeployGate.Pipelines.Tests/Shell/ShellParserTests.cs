namespace DeployGate.Pipelines.Tests.Shell;

public class ShellParserTests
{
    [Theory]
    [InlineData("az vm stop -g rg --name 'my vm'", "(az vm stop -g rg --name 'my vm')")]
    [InlineData("a\\ b \\$x \\\"", "(a·^ ·b ^$·x ^\")")]
    [InlineData("echo \"a $x ${y} $(z) `w` \\$n \\x\"", "(echo \"a ·$x· ·$y· ·$((z))· ·$((w))· $n \\x\")")]
    [InlineData("echo $'a\\n\\x41\\u00e9\\101\\''", "(echo $'a⏎AéA'')")]
    [InlineData("echo $\"x\" $1 $@ $# $? $$ $! $* $- $", "(echo \"x\" $1 $@ $# $? $$ $! $* $- $)")]
    [InlineData("ls *.vhd ?x [ab] ~ ~me/x a~ {a,b}", "(ls glob:*·.vhd glob:?·x glob:[·ab] ~ ~me·/x a~ {a,b})")]
    [InlineData("[ -z \"$id\" ] && x", "(chain ([ -z \"$id\" ]) && (x))")]
    [InlineData("echo `a \\`b\\` \\\\x`", "(echo $((a $((b)) ^x)))")]
    [InlineData("echo a#b # not this\nc", "(echo a#b) ; (c)")]
    [InlineData("diff <(a) >(b)", "(diff <((a)) >((b)))")]
    [InlineData("echo $((1 + (2*$x))) $((a[1]))", "(echo $((^1 + (2*·$x·^))) $((^a[1])))")]
    [InlineData("echo $((a); (b))", "(echo $((subshell (a)) ; (subshell (b))))")]
    public void Words_keep_their_parts_and_quotes(string source, string tree) => Assert.Equal(tree, Tree(source));

    [Theory]
    [InlineData("${x:-v}", "{x :UseDefault v}")]
    [InlineData("${x-v}", "{x UseDefault v}")]
    [InlineData("${x:=v w}", "{x :AssignDefault v w}")]
    [InlineData("${x:+v}", "{x :UseAlternative v}")]
    [InlineData("${x:?not given}", "{x :FailIfUnset not given}")]
    [InlineData("${x#v}", "{x RemoveShortestPrefix v}")]
    [InlineData("${x##*/}", "{x RemoveLongestPrefix glob:*·/}")]
    [InlineData("${x%.*}", "{x RemoveShortestSuffix .·glob:*}")]
    [InlineData("${x%%.*}", "{x RemoveLongestSuffix .·glob:*}")]
    [InlineData("${x/a/b}", "{x ReplaceFirst a / b}")]
    [InlineData("${x//a/b}", "{x ReplaceAll a / b}")]
    [InlineData("${x//\\//_}", "{x ReplaceAll ^/ / _}")]
    [InlineData("${x//a}", "{x ReplaceAll a}")]
    [InlineData("${x/#a/b}", "{x ReplacePrefix a / b}")]
    [InlineData("${x/%a/b}", "{x ReplaceSuffix a / b}")]
    [InlineData("${x^}", "{x UpperFirst }")]
    [InlineData("${x^^}", "{x UpperAll }")]
    [InlineData("${x,}", "{x LowerFirst }")]
    [InlineData("${x,,}", "{x LowerAll }")]
    [InlineData("${x:1}", "{x Substring ^1}")]
    [InlineData("${x:1:$n}", "{x Substring ^1 / $n}")]
    [InlineData("${x: -1}", "{x Substring ^ -1}")]
    [InlineData("${x@Q}", "{x Transform Q}")]
    [InlineData("${!x}", "{Indirect x}")]
    [InlineData("${!x*}", "{NamesWithPrefix x}")]
    [InlineData("${!x[@]}", "{Indirect x[^@]}")]
    [InlineData("${#x}", "{Length x}")]
    [InlineData("${#x[@]}", "{Length x[^@]}")]
    [InlineData("${#}", "#")]
    [InlineData("${10}", "10")]
    [InlineData("${x[$i]}", "{x[$i]}")]
    [InlineData("${x[*]:0:2}", "{x[^*] Substring ^0 / ^2}")]
    [InlineData("${x:-${y:-$(z)}}", "{x :UseDefault ${y :UseDefault $((z))}}")]
    [InlineData("\"${x:-'a'}\"", "{x :UseDefault 'a'}")]
    [InlineData("\"${x%'a'*}\"", "{x RemoveShortestSuffix 'a'·glob:*}")]
    public void Braces_keep_what_is_done_with_the_parameter(string source, string expansion)
    {
        var quote = source[0] == '"' ? "\"" : "";
        Assert.Equal($"(echo {quote}${expansion}{quote})", Tree("echo " + source));
    }

    [Theory]
    [InlineData("x=1 y=\"$z\" a[2]=b c+=d", "(x:=1 y:=\"$z\" a[^2]:=b c+=d)")]
    [InlineData("x= cmd", "(x:= cmd)")]
    [InlineData("X=$(az vm show --query id -o tsv | tr -d '\"')", "(X:=$((pipe (az vm show --query id -o tsv) (tr -d '\"'))))")]
    [InlineData("args=( -g rg\n  --name \"$n\" # why\n  [3]=x )", "(args:=(-g rg --name \"$n\" [^3]:=x))")]
    [InlineData("args+=(\"${more[@]}\")", "(args+=(\"${more[@]}\"))")]
    [InlineData("local a=( 1 2 ) b=3 c", "(local <a:=(1 2)> <b:=3> c)")]
    [InlineData("export X=$(y); declare -r Z=1; readonly W", "(export <X:=$((y))>) ; (declare -r <Z:=1>) ; (readonly W)")]
    [InlineData("echo a=1 a[1]=2", "(echo a=1 a·glob:[·1]=2)")]
    [InlineData(": \"${X:=v}\"", "(: \"${X :AssignDefault v}\")")]
    [InlineData("a==b", "(a:==b)")]
    public void Assignments_are_those_of_the_shell_or_of_a_command(string source, string tree) => Assert.Equal(tree, Tree(source));

    [Theory]
    [InlineData("a >x 2>&1 <y >>z &>w &>>v >|u <>t", "(a {Output x} {2DuplicateOutput 1} {Input y} {Append z} {OutputAndError w} {AppendOutputAndError v} {Output u} {InputOutput t})")]
    [InlineData("a <<< \"$x\" b {fd}>c", "(a b {HereString \"$x\"} {{fd}Output c})")]
    [InlineData("cat <<EOF >f\na $x\nb \\$y $(z \")\")\nEOF\nnext", "(cat {HereDocument EOF expanded ^a ·$x·^⏎b $y ·$((z \")\"))·^⏎} {Output f}) ; (next)")]
    [InlineData("cat <<'EOF'\na $x `\nEOF\nnext", "(cat {HereDocument 'EOF' literal ^a $x `⏎}) ; (next)")]
    [InlineData("cat <<-E\n\t\ta\n\tb\tc\n\tE\nnext", "(cat {HereDocument E expanded ^a⏎b⇥c⏎}) ; (next)")]
    [InlineData("a <<X | b <<Y\n1\nX\n2\nY", "(pipe (a {HereDocument X expanded ^1⏎}) (b {HereDocument Y expanded ^2⏎}))")]
    [InlineData("x=$(cat <<EOF\n)\nEOF\n) y", "(x:=$((cat {HereDocument EOF expanded ^)⏎})) y)")]
    [InlineData(": <<'X'\naz vm generalize\nX\nb", "(: {HereDocument 'X' literal ^az vm generalize⏎}) ; (b)")]
    [InlineData("ssh -o A=b host <<EOF && c\nx\nEOF", "(chain (ssh -o A=b host {HereDocument EOF expanded ^x⏎}) && (c))")]
    [InlineData("while read l; do a; done <f | b", "(pipe (to (while (read l) do (a)) {Input f}) (b))")]
    [InlineData("(a) 2>/dev/null", "(to (subshell (a)) {2Output /dev/null})")]
    public void Redirections_and_here_documents_are_data(string source, string tree) => Assert.Equal(tree, Tree(source));

    [Theory]
    [InlineData("a && b || c; d & e", "(chain (a) && (b) || (c)) ; (& (d)) ; (e)")]
    [InlineData("a |& b |\n c", "(pipe (a)& (b) (c))")]
    [InlineData("! a | b", "(!pipe (a) (b))")]
    [InlineData("time az x", "(az x)")]
    [InlineData("a &&\n\n# note\nb", "(chain (a) && (b))")]
    [InlineData("(a; b) ; { c; d; }", "(subshell (a) ; (b)) ; (group (c) ; (d))")]
    [InlineData("if a; then b; elif c\nthen d\nelse e; fi", "(if (a) then (b) if (c) then (d) else (e))")]
    [InlineData("if ! az vm show; then az vm create; fi", "(if (!pipe (az vm show)) then (az vm create))")]
    [InlineData("for r in a \"$b\" c; do x; done", "(for r in [a \"$b\" c] do (x))")]
    [InlineData("for r\ndo x; done", "(for r in $@ do (x))")]
    [InlineData("for ((i=0; i<3; i++)); do x; done", "(for <^i=0> <^ i<3> <^ i++> do (x))")]
    [InlineData("select x in a b; do y; done", "(select x in [a b] do (y))")]
    [InlineData("until a; do b; done", "(until (a) do (b))")]
    [InlineData("case $1 in\n -g|--group) g=$2; shift 2 ;;\n (*) x ;&\n y) ;;&\n z) q\nesac", "(case $1 [-g|--group => (g:=$2) ; (shift 2)] [glob:* => (x) FallThrough] [y =>  TestNext] [z => (q)])")]
    [InlineData("f() { a; }\nfunction g { b; }; function h() ( c )", "(function f (group (a))) ; (function g (group (b))) ; (function h (subshell (c)))")]
    [InlineData("f () { a; } >log", "(function f (to (group (a)) {Output log}))")]
    [InlineData("main \"$@\"; source lib.sh", "(main \"$@\") ; (source lib.sh)")]
    [InlineData("if [[ $a == x* && ( -n $b || ! $c =~ ^(a|b)+$ ) ]]; then d; fi", "(if ([[ $a == x·glob:* && ( -n $b || ! $c =~ ˆ(a|b)+$ )) then (d))")]
    [InlineData("(( x += 1 )) && y", "(chain ((( ^ x += 1 ) && (y))")]
    [InlineData("set -euo pipefail; trap clean EXIT; shopt -s x", "(set -euo pipefail) ; (trap clean EXIT) ; (shopt -s x)")]
    [InlineData("az a \\\n  -b \\\n\nc", "(az a -b) ; (c)")]
    [InlineData("az a \\\r\n  -b\r\nc\r\n", "(az a -b) ; (c)")]
    [InlineData("a || true\nid=$(b) || id=\"\"", "(chain (a) || (true)) ; (chain (id:=$((b))) || (id:=\"\"))")]
    [InlineData("shopt -s extglob; rm !(a|b) @(c)", "(shopt -s extglob) ; (rm glob:!(a|b) glob:@(c))")]
    [InlineData("echo if then done }", "(echo if then done })")]
    public void Statements_keep_their_shape(string source, string tree) => Assert.Equal(tree, Tree(source));

    [Theory]
    [InlineData("echo 'a\nb", "(echo 'a⏎b')", "5+1 expected ''', found the end of the script")]
    [InlineData("echo \"a\nb", "(echo \"a⏎b\")", "5+1 expected '\"', found the end of the script")]
    [InlineData("x=$(a\nb", "(x:=$((a) ; (b)))", "2+2 expected ')', found the end of the script")]
    [InlineData("x=`a", "(x:=$((a)))", "2+1 expected '`', found the end of the script")]
    [InlineData("x=${a:-b", "(x:=${a :UseDefault b})", "2+2 expected '}', found the end of the script")]
    [InlineData("cat <<EOF\na", "(cat {HereDocument EOF expanded ^a})", "4+5 expected a line 'EOF' that ends the here-document")]
    [InlineData("if a; then b\nc", "(if (a) then (b) ; (c))", "0+2 expected 'fi', found the end of the script")]
    [InlineData("while a; do if b; then c; done; d", "(while (a) do (if (b) then (c))) ; (d)", "12+2 expected 'fi', found 'done'")]
    [InlineData("a; fi\nb", "(a) ; (b)", "3+2 expected a command, found 'fi'")]
    [InlineData("a )\nb", "(a) ; (b)", "2+1 expected a command, found ')'")]
    [InlineData("rg=<your-group> >\nb", "(rg:=opaque {Output }) ; (b)", "16+1 expected a file's name after '>', found the end of the line")]
    [InlineData("az -g ${{ inputs.rg }} -n b", "(az -g opaque -n b)", "6+2 expected a parameter's name after '${', found '{'")]
    [InlineData("az ${x.y}z c", "(az opaque·z c)", "3+3 expected an operator or '}' after the name 'x', found '.y}z'")]
    [InlineData("echo (a b) c\nd", "(echo c) ; (d)", "5+1 expected a word or the end of the command, found '('")]
    [InlineData("a &&\n", "(chain (a))", "2+2 expected a command after '&&', found the end of the script")]
    [InlineData("a | ; b", "(pipe (a)) ; (b)", "2+1 expected a command after '|', found ';'")]
    [InlineData("for in; do a; done", "(for in in $@ do (a))", "")]
    [InlineData("for $x in a; do b; done\nc", "(opaque) ; (c)", "0+3 expected a name after 'for', found '$x'")]
    [InlineData("case x in\n a b) c;;\n d) e;;\nesac", "(case x [d => (e)])", "11+1 expected a pattern and ')', found 'b'")]
    [InlineData("[[ a == b\nc", "([[ a == b) ; (c)", "0+2 expected ']]', found the end of the line")]
    [InlineData("fi fi\n}", "", "0+2 expected a command, found 'fi'; 3+2 expected a command, found 'fi'; 6+1 expected a command, found '}'")]
    public void What_is_broken_is_reported_at_its_place_and_the_rest_is_read(string source, string tree, string problems)
    {
        var script = ShellPrinter.Parse(source);
        Assert.Equal((tree, problems), (ShellPrinter.Print(script), ShellPrinter.PrintProblems(script)));
    }

    private static string Tree(string source)
    {
        var script = ShellPrinter.Parse(source);
        Assert.Equal("", ShellPrinter.PrintProblems(script));
        return ShellPrinter.Print(script);
    }
}
