namespace DeployGate.Pipelines.Tests.Batch;

public class BatchParserTests
{
    [Theory]
    [InlineData("az vm stop -g %RG% --name \"my vm\"", "(az vm stop -g %RG% --name \"my vm\")")]
    [InlineData("@echo off\r\n@az x ^\r\n  -b ^\r\n  -c\r\nd", "(echo off) ; (az x -b -c) ; (d)")]
    [InlineData("echo a^&b %~dp0x %1 %* %% \"%A:~0,3%\" \"\"", "(echo a·\"&\"·b %~dp0·x %1 %* % \"%A ~0,3%\" \"\")")]
    [InlineData("%WINDIR%\\system32\\sysprep\\sysprep.exe /generalize", "(%WINDIR%·\\system32\\sysprep\\sysprep.exe /generalize)")]
    [InlineData("a > x.txt 2>&1 < y >> z", "(a {> x.txt} {2> &1} {< y} {>> z})")]
    [InlineData("a & b && c || exit /b 1\nd | e f", "(chain (a) Always (b) OnSuccess (c) OnFailure (exit /b 1)) ; (pipe (d) (e f))")]
    [InlineData("call x.cmd %1 & call :sub a", "(chain (call x.cmd %1) Always (call :sub a))")]
    [InlineData("rem a & b\n:: c\n:label\ngoto :eof\nexit /B %ERRORLEVEL%\nexit", ":label ; (goto :eof) ; (exit /b %ERRORLEVEL%) ; (exit)")]
    [InlineData("echo 50% of a", "(echo 50% of a)")]
    [InlineData("REM.\nremove x", "(remove x)")]
    [InlineData("a &\nb", "(a) ; (b)")]
    public void Commands_keep_their_words(string source, string tree) => Assert.Equal(tree, Tree(source));

    [Theory]
    [InlineData("set A=b c\nSET \"D=e & f\" x\nset G=\"h i\"&j", "(Text A := b c) ; (Text \"D\" := \"e & f\") ; (chain (Text G := \"\"h i\"·\") Always (j))")]
    [InlineData("set /p X=Name? \nset /a N=1+%M%\nset Y=\nset Z", "(Prompt X := Name? ) ; (Arithmetic N := 1+·%M%) ; (Text Y := ) ; (Text Z := nothing)")]
    public void Set_takes_all_up_to_the_end_of_the_command(string source, string tree) => Assert.Equal(tree, Tree(source));

    [Theory]
    [InlineData("if errorlevel 1 exit /b 1", "(if errorlevel 1 then (exit /b 1))")]
    [InlineData("if /i not \"%A%\"==\"b\" (\n c\n d\n) else (\n e\n)\nf", "(if /i not \"%A%\" == \"b\" then (group (c) ; (d)) else (group (e))) ; (f)")]
    [InlineData("if %X% EQU 1 a & b", "(if %X% EQU 1 then (chain (a) Always (b)))")]
    [InlineData("if a == b c else d", "(if a == b then (c else d))")]
    [InlineData("if exist \"a b\" (c) else if defined D (e) else f", "(if exist \"a b\" then (group (c)) else (if defined D then (group (e)) else (f)))")]
    [InlineData("for /f \"tokens=*\" %%i in ('az vm list') do set X=%%i\nb", "(for /f \"tokens=*\" %%i in ( 'az vm list' ) do (Text X := %%i)) ; (b)")]
    [InlineData("for %%r in (a b\n c) do (\n az %%~nr\n)", "(for %%r in ( a b c ) do (group (az %%~nr)))")]
    [InlineData("(a\nb) > c", "(group (a) ; (b) {> c})")]
    public void Blocks_and_branches_are_parsed(string source, string tree) => Assert.Equal(tree, Tree(source));

    [Theory]
    [InlineData("a \"b c\nd", "(a \"b c\") ; (d)", "2+1 expected '\"', found the end of the line")]
    [InlineData("set \"a=b\nd", "(Text \"a\" := \"b\") ; (d)", "4+1 expected '\"', found the end of the line")]
    [InlineData("( a\nb", "(group (a) ; (b))", "0+1 expected ')', found the end of the script")]
    [InlineData(")\na", "(a)", "0+1 expected a command, found ')'")]
    [InlineData("a &&\nb", "(a) ; (b)", "2+2 expected a command after '&&', found the end of the line")]
    [InlineData("if exist x\nb", "(if exist x then opaque) ; (b)", "0+2 expected a command after the condition, found the end of the line")]
    [InlineData("for %%i in (a) b\nc", "(for %%i in ( a ) b do opaque) ; (c)", "0+3 expected 'do', found the end of the line")]
    [InlineData("goto\na", "opaque ; (a)", "0+4 expected a label after 'goto', found the end of the line")]
    [InlineData("set rg=<your-rg>\na >", "(Text rg := ) ; (a {> })", "19+1 expected a file's name after '>', found the end of the script")]
    public void What_is_broken_is_reported_at_its_place_and_the_rest_is_read(string source, string tree, string problems)
    {
        var script = BatchPrinter.Parse(source);
        Assert.Equal((tree, problems), (BatchPrinter.Print(script.Body), BatchPrinter.PrintProblems(script)));
    }

    private static string Tree(string source)
    {
        var script = BatchPrinter.Parse(source);
        Assert.Equal("", BatchPrinter.PrintProblems(script));
        return BatchPrinter.Print(script.Body);
    }
}
