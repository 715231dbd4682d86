namespace DeployGate.Pipelines.Tests.PowerShellScripts;

public class PowerShellParserTests
{
    [Theory]
    [InlineData("Stop-AzVM -ResourceGroupName g -Name $vm.Name -Force", "[Stop-AzVM -ResourceGroupName g -Name (. $vm Name) -Force]")]
    [InlineData("New-AzVM -Zone:1 -Wait: $false -Tag @{a='b'} @p", "[New-AzVM -Zone:1 -Wait:$false -Tag @{a='b'} @p]")]
    [InlineData("Get-AzVM a, 'b' ,$c | Stop-AzVM", "[Get-AzVM (a, 'b', $c)] | [Stop-AzVM]")]
    [InlineData("& $path /generalize /oobe; & \"$env:SystemRoot\\x.exe\" -q", "[& $path /generalize /oobe] ; [& \"$env:SystemRoot·\\x.exe\" -q]")]
    [InlineData(". ./lib.ps1 ; .\\x.ps1 -A 1; . $x", "[. ./lib.ps1] ; [.\\x.ps1 -A 1] ; [. $x]")]
    [InlineData("C:\\Windows\\System32\\Sysprep\\sysprep.exe /generalize", "[C:\\Windows\\System32\\Sysprep\\sysprep.exe /generalize]")]
    [InlineData("az vm create -g $rg --name vm-$n --os-type=$os -var=x --ids $a.b/c", "[az vm create -g $rg --name vm-·$n --os-type=·$os -var=x --ids (. $a b) /c]")]
    [InlineData("cd $HOME/a$(b)\"c d\"'e'", "[cd $HOME·/a·$([b])·c d·e]")]
    [InlineData("a 2>&1 *> $null >> log.txt 2> \"e\"", "[a {2> &} {*> $null} {>> log.txt} {2> \"e\"}]")]
    [InlineData("icacls --% x /grant:(F) $y\nb", "[icacls --%<x /grant:(F) $y>] ; [b]")]
    [InlineData("1..3 | % { $_ } | ? Name -eq x", "(.. 1 3) | [% {$_}] | [? Name -eq x]")]
    [InlineData("$x | ForEach-Object -Parallel { $using:y }", "$x | [ForEach-Object -Parallel {$using:y}]")]
    [InlineData("foreach { a }; x | foreach Name", "[foreach {[a]}] ; [x] | [foreach Name]")]
    [InlineData("a && b || exit 1", "(chain [a] && [b] || (Exit 1))")]
    [InlineData("Start-Job { a } &", "[Start-Job {[a]}] &")]
    [InlineData("Start-Process -FilePath sysprep -ArgumentList @('/generalize','/oobe') -Wait", "[Start-Process -FilePath sysprep -ArgumentList @(('/generalize', '/oobe')) -Wait]")]
    [InlineData("7z x a.zip; 42; \"x\" >> $env:GITHUB_OUTPUT", "[7z x a.zip] ; 42 ; \"x\" {>> $env:GITHUB_OUTPUT}")]
    public void Commands_keep_parameters_arguments_and_redirections(string source, string tree) => Assert.Equal(tree, Tree(source));

    [Theory]
    [InlineData("a `\n  -b `\r\n -c", "[a -b -c]")]
    [InlineData("a ` -b `  -c", "[a -b -c]")]
    [InlineData("a |\n b\n| c\n  # why\n  | d", "[a] | [b] | [c] | [d]")]
    [InlineData("a b,\n c\nd", "[a (b, c)] ; [d]")]
    [InlineData("$x = 1 +\n 2\n$y", "(= $x (+ 1 2)) ; $y")]
    [InlineData("a # b\n<# c\nd #> e <# f #> g", "[a] ; [e g]")]
    [InlineData("a\r\n\r\nb\r\n", "[a] ; [b]")]
    [InlineData("a\n&& b", "(chain [a] && [b])")]
    public void Lines_go_on_where_PowerShell_says_so(string source, string tree) => Assert.Equal(tree, Tree(source));

    [Theory]
    [InlineData("'it''s $x'", "'it's $x'")]
    [InlineData("\"a $x.y ${b c} $env:T $($v.Prop)/x `$n `\"q`\" \"\"z\"\" `n`t $ $a:\"", "\"a ·$x·.y ·$b c· ·$env:T· ·$((. $v Prop))·/x $n \"q\" \"z\" ⏎⇥ $ ·$a·:\"")]
    [InlineData("@'\na $x\n'b'\n'@", "'a $x⏎'b''")]
    [InlineData("@\"\r\na $x\r\n\"b\"\r\n\"@ + 1", "(+ \"a ·$x·␍⏎\"b\"\" 1)")]
    [InlineData("@'\n'@", "''")]
    [InlineData("“a” + ‘b’", "(+ \"a\" 'b')")]
    [InlineData("\"`u{e9}\"", "\"é\"")]
    [InlineData("\"\"", "\"\"")]
    public void Strings_expand_only_what_PowerShell_expands(string source, string tree) => Assert.Equal(tree, Tree(source));

    [Theory]
    [InlineData("$a -eq 1 -and -not $b -or !$c", "(-or (-and (-eq $a 1) (-not $b)) (! $c))")]
    [InlineData("1 + 2 * 3 - 4 % 5", "(- (+ 1 (* 2 3)) (% 4 5))")]
    [InlineData("'{0}-{1}' -f $a, $b.c", "(-f '{0}-{1}' ($a, (. $b c)))")]
    [InlineData("$a + 1..3 + 4", "(+ (+ $a (.. 1 3)) 4)")]
    [InlineData("$id.Split('/')[-1].ToLower()", "(call ([] (call $id Split '/') (- 1)) ToLower)")]
    [InlineData("$a -Replace 'x','y' -split ',' -join ';'", "(-join (-split (-replace $a ('x', 'y')) ',') ';')")]
    [InlineData("-join $a; -split 'a b'", "(-join $a) ; (-split 'a b')")]
    [InlineData("$a -contains 1; $a -cnotlike 'x*'; $a -is [string]; $a -as [int[]]", "(-contains $a 1) ; (-cnotlike $a 'x*') ; (-is $a <string>) ; (-as $a <int[]>)")]
    [InlineData("[string]::IsNullOrEmpty($x); [IO.Path]::Combine('a', \"b\")", "(call:: <string> IsNullOrEmpty $x) ; (call:: <IO.Path> Combine 'a' \"b\")")]
    [InlineData("[void](a); [int] '3'; [ordered]@{ a = 1 }; [Environment]::NewLine", "(<void> (([a]))) ; (<int> '3') ; (<ordered> @{a=1}) ; (:: <Environment> NewLine)")]
    [InlineData("@{ a = 1; 'b c' = $x\n $k = (x y)\n d = @{ e = @() } }", "@{a=1; 'b c'=$x; $k=(([x y])); d=@{e=@()}}")]
    [InlineData("@(1, 2\n 3); ,1; (1)", "@((1, 2) ; 3) ; (1) ; ((1))")]
    [InlineData("$a ? 1 : 2; $a ?? $b; $x?.y; ${x}?[0]", "(? $a 1 2) ; (?? $a $b) ; (?. $x y) ; ([] $x 0)")]
    [InlineData("$i++; --$i; -$x; +1; 0x10; 1GB; 1.5; 2kb", "(post++ $i) ; (-- $i) ; (- $x) ; (+ 1) ; 16 ; 1073741824 ; 1.5 ; 2048")]
    [InlineData("$x.'a b'.$c.(d)", "(. (. (. $x 'a b') $c) (([d])))")]
    [InlineData("$script:x; ${env:A B}; $global:y; $_; $?; $$", "$script:x ; $env:A B ; $global:y ; $_ ; $? ; $$")]
    [InlineData("{ param($a, $b = 2) $a }.Invoke(1)", "(call {param($a, $b=2) ; $a} Invoke 1)")]
    [InlineData("$vm.StorageProfile.OsDisk.ManagedDisk.Id", "(. (. (. (. $vm StorageProfile) OsDisk) ManagedDisk) Id)")]
    public void Expressions_bind_as_PowerShell_binds_them(string source, string tree) => Assert.Equal(tree, Tree(source));

    [Theory]
    [InlineData("$x = Get-AzVM -Name n | Set-AzVM -Generalized", "(= $x [Get-AzVM -Name n] | [Set-AzVM -Generalized])")]
    [InlineData("[string]$x = 'a'; $a.b += 1; $h['k'] = 2; $x, $y = 1, 2; $z ??= 3", "(= (<string> $x) 'a') ; (+= (. $a b) 1) ; (= ([] $h 'k') 2) ; (= ($x, $y) (1, 2)) ; (??= $z 3)")]
    [InlineData("$a = $b = if ($c) { 1 } else { 2 }", "(= $a (= $b (if $c {1} else {2})))")]
    [InlineData("if ($a) { b } elseif ((c) -eq 1) { d }\nelse\n{ e } f", "(if $a {[b]} elseif (-eq (([c])) 1) {[d]} else {[e]}) ; [f]")]
    [InlineData("if (-not (Test-Path $p)) { throw \"x\" }", "(if (-not (([Test-Path $p]))) {(Throw \"x\")})")]
    [InlineData("switch -Regex ($x) { 'a.*' { b; break } { $_ -gt 1 } { c } d { } default { e } }", "(switch -regex $x 'a.*' {[b] ; (Break)} {(-gt $_ 1)} {[c]} d {} default {[e]})")]
    [InlineData("foreach ($r in $a, $b) { x $r }; foreach ($i in 1..3) { continue }", "(foreach $r in ($a, $b) {[x $r]}) ; (foreach $i in (.. 1 3) {(Continue)})")]
    [InlineData("for ($i = 0; $i -lt 3; $i++) { x }; for (;;) { }", "(for (= $i 0); (-lt $i 3); (post++ $i) {[x]}) ; (for ; ;  {})")]
    [InlineData("while ($true) { a }; do { b } while ($c)\ndo { d } until (e)", "(While $true {[a]}) ; (DoWhile $c {[b]}) ; (DoUntil [e] {[d]})")]
    [InlineData("try { a } catch [IO.IOException], [Exception] { b } catch { c } finally { d }", "(try {[a]} catch [IO.IOException] [Exception] {[b]} catch {[c]} finally {[d]})")]
    [InlineData("trap { a }; trap [X] { b }; :outer while (1) { break outer }", "(trap  {[a]}) ; (trap X {[b]}) ; (While 1 {(Break [outer])})")]
    [InlineData("return; return $x, 1; exit 3; throw; exit $LASTEXITCODE", "(Return) ; (Return ($x, 1)) ; (Exit 3) ; (Throw) ; (Exit $LASTEXITCODE)")]
    [InlineData("function Get-It($a, [int]$b = 3) { $a }\nfilter f { $_ }", "(function Get-It {param($a, [int]$b=3) ; $a}) ; (filter f {$_})")]
    [InlineData("function g {\n [CmdletBinding()]\n param(\n [Parameter(Mandatory)] [string] $n,\n # why\n [Parameter(Mandatory = $true, Position=0)][ValidateSet('a', 'b')]\n $s = 'a'\n )\n begin { x } process { y } end { z } }", "(function g {param([Parameter(Mandatory)][string]$n, [Parameter(Mandatory=$true, Position=0)][ValidateSet('a', 'b')]$s='a') ; begin {[x]} ; process {[y]} ; end {[z]}})")]
    [InlineData("param([string]$VmName = 'x', [switch]$W)\nbegin-it", "param([string]$VmName='x', [switch]$W) ; [begin-it]")]
    [InlineData("Invoke-Command -ScriptBlock { param($x) a $x } -ArgumentList 1", "[Invoke-Command -ScriptBlock {param($x) ; [a $x]} -ArgumentList 1]")]
    [InlineData("Write-Host \"##vso[task.setvariable variable=x]$v\"", "[Write-Host \"##vso[task.setvariable variable=x]·$v\"]")]
    [InlineData("using module x; $ErrorActionPreference = 'Stop'", "[using module x] ; (= $ErrorActionPreference 'Stop')")]
    public void Statements_keep_their_shape(string source, string tree) => Assert.Equal(tree, Tree(source));

    [Theory]
    [InlineData("a 'b\nc", "[a 'b⏎c']", "2+1 expected ''', found the end of the script")]
    [InlineData("a \"b\nc", "[a \"b⏎c\"]", "2+1 expected '\"', found the end of the script")]
    [InlineData("$x = @'\na\n", "(= $x 'a⏎')", "5+2 expected ''@' at the start of a line, found the end of the script")]
    [InlineData("<# a", "", "0+2 expected '#>', found the end of the script")]
    [InlineData("if ($a) { b\nc", "(if $a {[b] ; [c]})", "8+1 expected '}', found the end of the script")]
    [InlineData("if ($a { b }\nc", "(if $a {[b]}) ; [c]", "3+1 expected ')', found '{'")]
    [InlineData("if { a }\nb", "(if opaque {[a]}) ; [b]", "3+1 expected '(' after 'if', found '{'")]
    [InlineData("$x = \n}\na", "(= $x opaque) ; [a]", "3+3 expected a value after '=', found '}'; 6+1 expected a statement, found '}'")]
    [InlineData("$a $b\nc", "$a ; [c]", "3+1 expected the end of the statement, found '$b'")]
    [InlineData("$rg = <your-group>\na -g <x y> -n z", "(= $rg [opaque]) ; [a -g opaque -n z]", "6+1 expected a value, found '<', which PowerShell reserves; 24+1 expected a value, found '<', which PowerShell reserves")]
    [InlineData("class A { [int] F() { 1 } }\na", "opaque ; [a]", "0+5 expected a statement that is read: 'class' is unsupported")]
    [InlineData("a |\n", "[a]", "2+1 expected a command after '|', found the end of the script")]
    [InlineData("$x = 1 +\n", "(= $x (+ 1 opaque))", "9+0 expected a value, found the end of the script")]
    [InlineData("@{ a 1\n b = 2 }", "@{b=2}", "3+2 expected '=' after a key, found '1'")]
    [InlineData("function { a }\nb", "opaque ; {[a]} ; [b]", "0+8 expected a name after 'function', found '{'")]
    [InlineData("try { a }\nb", "(try {[a]}) ; [b]", "0+3 expected 'catch' or 'finally', found the end of the line")]
    [InlineData("a ) } b", "[a] ; [b]", "2+1 expected a statement, found ')'; 4+1 expected a statement, found '}'")]
    [InlineData("x { a ( b }\nc", "[x {[a (([b]))]}] ; [c]", "6+1 expected ')', found '}'")]
    public void What_is_broken_is_reported_at_its_place_and_the_rest_is_read(string source, string tree, string problems)
    {
        var script = PowerShellPrinter.Parse(source);
        Assert.Equal((tree, problems), (PowerShellPrinter.Print(script.Body), PowerShellPrinter.PrintProblems(script)));
    }

    private static string Tree(string source)
    {
        var script = PowerShellPrinter.Parse(source);
        Assert.Equal("", PowerShellPrinter.PrintProblems(script));
        return PowerShellPrinter.Print(script.Body);
    }
}
