using System.Collections;
using System.Text;
using DeployGate.Disks.Sources;

namespace DeployGate.Disks.Volumes;

/// <summary>The names of a directory as they are met, each once: a broken directory may name the same thing again and again.</summary>
/// <param name="place">What is listed, for messages.</param>
internal sealed class ChildList(string place) : IEnumerable<(string Name, ulong Number)>
{
    private readonly List<(string Name, ulong Number)> _children = [];
    private readonly HashSet<string> _seen = [];

    public IEnumerator<(string Name, ulong Number)> GetEnumerator() => _children.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Takes a name; always true, so that the walk goes on.</summary>
    internal bool Add(ulong number, ReadOnlySpan<byte> raw)
    {
        // By bytes, not by text: two names that are no UTF-8 may look the same.
        if (!_seen.Add(Encoding.Latin1.GetString(raw)))
            return true;

        if (_children.Count == UnixName.MostEntries)
            throw Fault.At(place, null, FormattableString.Invariant($"a directory of at most {UnixName.MostEntries} entries"), "more");

        _children.Add((UnixName.Decode(raw), number));
        return true;
    }
}
