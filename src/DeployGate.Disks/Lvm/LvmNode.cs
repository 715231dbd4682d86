using System.Collections.Immutable;

namespace DeployGate.Disks.Lvm;

/// <summary>A value in LVM's metadata text.</summary>
internal abstract record LvmNode
{
    private LvmNode()
    {
    }

    /// <summary>A whole number.</summary>
    internal sealed record NumberValue(long Value) : LvmNode;

    /// <summary>A text in quotation marks, without them.</summary>
    internal sealed record TextValue(string Value) : LvmNode;

    /// <summary>Values in brackets.</summary>
    internal sealed record ListValue(ImmutableArray<LvmNode> Items) : LvmNode;

    /// <summary>Named values in braces, in the order of the text; a name that comes twice counts as it came first.</summary>
    internal sealed record Section(ImmutableArray<KeyValuePair<string, LvmNode>> Items) : LvmNode
    {
        internal IEnumerable<KeyValuePair<string, Section>> Sections =>
            Items.Where(item => item.Value is Section).Select(item => KeyValuePair.Create(item.Key, (Section)item.Value));

        internal LvmNode? this[string name] => Items.FirstOrDefault(item => item.Key == name).Value;

        internal long? Number(string name) => this[name] is NumberValue number ? number.Value : null;

        internal string? Text(string name) => this[name] is TextValue text ? text.Value : null;

        internal Section? Child(string name) => this[name] as Section;

        internal ImmutableArray<LvmNode> List(string name) => this[name] is ListValue list ? list.Items : [];

        internal bool Lists(string name, string word) => List(name).Any(item => item is TextValue text && text.Value == word);
    }
}
