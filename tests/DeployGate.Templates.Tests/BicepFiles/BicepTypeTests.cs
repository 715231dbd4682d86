namespace DeployGate.Templates.Tests.BicepFiles;

public sealed class BicepTypeTests
{
    [Theory]
    [InlineData("string", "string")]
    [InlineData("'a'", "'a'")]
    [InlineData("-1", "(neg 1)")]
    [InlineData("!true", "(not true)")]
    [InlineData("null", "null")]
    [InlineData("string?", "(? string)")]
    [InlineData("string[]?", "(? (array string))")]
    [InlineData("string?[]", "(array (? string))")]
    [InlineData("a!", "(nonnull a)")]
    [InlineData("'a' | 'b' | -1 | null", "(| 'a' 'b' (neg 1) null)")]
    [InlineData("('a' | 'b')[]?", "(? (array (| 'a' 'b')))")]
    [InlineData("\n  | 'a'\n  | 'b'\n", "(| 'a' 'b')")]
    [InlineData("'a'\n  | 'b' |\n 'c'", "(| 'a' 'b' 'c')")]
    [InlineData("| 'a'", "'a'")]
    [InlineData("(\n | 'a' // one\n | 'b'\n)?", "(? (| 'a' 'b'))")]
    [InlineData("a.b.*", "(. (. a b) *)")]
    [InlineData("a[0][*]", "([] ([] a 0) *)")]
    [InlineData("resource<'Microsoft.Compute/images@2024-07-01'>", "(<> resource 'Microsoft.Compute/images@2024-07-01')")]
    [InlineData("resourceInput<\n  'a@b'\n>.properties?", "(? (. (<> resourceInput 'a@b') properties))")]
    [InlineData("sys.resourceOutput<'a', string[],\n int>[]", "(array (<> (. sys resourceOutput) 'a' (array string) int))")]
    public void Types(string text, string tree) => Parsing.Type(text, tree);

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("{\n a: string\n 'b-c': int?\n *: bool\n}", "{'a': string 'b-c': (? int) *: bool}")]
    [InlineData("{ a: 'x' | 'y', b: { c: int }[] }", "{'a': (| 'x' 'y') 'b': (array {'c': int})}")]
    [InlineData("{\n @description('d')\n @secure()\n a: string // why\n\n #disable-next-line x\n b: int\n}", "{@description('d') @secure() 'a': string 'b': int}")]
    [InlineData("{ a:\n | 'x'\n | 'y'\n b: int }", "{'a': (| 'x' 'y') 'b': int}")]
    [InlineData("{ type: string, resource: object, null: array }", "{'type': string 'resource': object 'null': array}")]
    [InlineData("[]", "[]")]
    [InlineData("[string, int]", "[string int]")]
    [InlineData("[\n @minLength(1)\n string\n int?\n]", "[@minLength(1) string (? int)]")]
    public void Objects_and_tuples(string text, string tree) => Parsing.Type(text, tree);

    [Theory]
    [InlineData("param p resource 'a@b'", "(param p (resource 'a@b'))")]
    [InlineData("output o resource 'a@b' = r", "(output o (resource 'a@b') = r)")]
    [InlineData("param p 'a' | 'b' = 'a'", "(param p (| 'a' 'b') = 'a')")]
    [InlineData("param p { a: int }?\nparam q int", "(param p (? {'a': int}))\n(param q int)")]
    [InlineData("var v string[] = []", "(var v (array string) = [])")]
    public void In_declarations(string text, string tree) => Parsing.Gives(text, tree);
}
