using System.Collections.Immutable;
using DeployGate.Core.Resources;
using DeployGate.Core.Text;
using DeployGate.Core.Values;

namespace DeployGate.Templates.Json;

/// <summary>What is wrong in a text, and what is only remarkable.</summary>
internal sealed partial class JsonReader
{
    private const int MostRemarks = 100;

    private int _remarks;

    private void RemarkRepeated(ImmutableArray<Member> members)
    {
        var seen = new HashSet<string>(members.Length, StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (!seen.Add(member.Name))
            {
                var name = member.NamePlace!.Span;
                Remark(name.Start, name.Length, $"the name \"{member.Name}\" is used twice in this object; the last one counts", "Remove one of them.");
            }
        }
    }

    private string Found() => _at >= _text.Length ? "the end of the file" : $"'{_text[_at]}'";

    private NullValue TooDeep(int start) =>
        Fail(start, 1, $"objects and arrays are nested more than {MaxDepth} deep", "Azure accepts no such template: flatten it.");

    private NullValue Fail(int start, int length, string message, string fix)
    {
        if (!_failed)
        {
            _failed = true;
            // What is missing at the end of the file stands behind its last character: nothing is left to point at.
            var span = new TextSpan(start, Math.Min(length, _text.Length - start));
            (_problems ??= []).Add(new Problem(new Place(_source, span), "not valid JSON: " + message, fix, IsFatal: true));
        }

        return NullValue.Instance;
    }

    private void Remark(int start, int length, string message, string fix)
    {
        // A megabyte of commas would be as many remarks, and each of them quotes its line.
        if (_remarks++ < MostRemarks)
        {
            var more = _remarks == MostRemarks ? "; more such remarks of this file are left out" : "";
            (_problems ??= []).Add(new Problem(new Place(_source, new TextSpan(start, length)), message + more, fix, IsFatal: false));
        }
    }
}
