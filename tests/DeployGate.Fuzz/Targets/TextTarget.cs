using System.Text;
using DeployGate.Fuzz.Mutations;
using DeployGate.Fuzz.Running;
using DeployGate.Fuzz.Seeds;

namespace DeployGate.Fuzz.Targets;

/// <summary>Reads a text; with <paramref name="isThorough"/> also checks what costs more than reading: reports, reading again.</summary>
internal delegate void TextReading(string text, bool isThorough);

/// <summary>A target whose input is a text.</summary>
/// <param name="name">The name on the command line.</param>
/// <param name="seeds">The seeds; those written here first, so that there is always one.</param>
/// <param name="read">Reads an input.</param>
internal sealed class TextTarget(string name, Func<SeedFiles, IEnumerable<string>> seeds, TextReading read) : FuzzTarget
{
    private const int ThoroughOneIn = 16;

    private TextMutator? _mutator;
    private string _text = "";
    private bool _isThorough;
    private long _steps;

    /// <summary>Words of the language that may stand in no seed.</summary>
    internal IReadOnlyList<string> Dictionary { get; init; } = [];

    /// <summary>The bound, where it is not the usual one.</summary>
    internal CostBound Bound { get; init; } = CostBound.Usual;

    internal override string Name => name;

    internal override CostBound Cost => Bound;

    internal override string? Open(SeedFiles files)
    {
        _mutator = new TextMutator(new SeedPool(seeds(files)), Dictionary);
        return null;
    }

    internal override long Make(Dice dice)
    {
        _isThorough = dice.OneIn(ThoroughOneIn);
        _text = _mutator!.Make(dice);
        return _text.Length;
    }

    internal override long Steps => _steps;

    internal override void Read()
    {
        Whole.Steps = 0;
        read(_text, _isThorough);
        _steps = Whole.Steps;
    }

    // UTF-16, because a lone surrogate must come back as it was.
    internal override string Save(string path)
    {
        File.WriteAllBytes(path + ".txt", [0xFF, 0xFE, .. System.Runtime.InteropServices.MemoryMarshal.AsBytes(_text.AsSpan())]);
        return path + ".txt";
    }

    internal override long? Load(string path)
    {
        // Never decoded with replacement: File.ReadAllText would turn lone surrogates into U+FFFD.
        var bytes = File.ReadAllBytes(path);
        _text = bytes is [0xFF, 0xFE, ..] ? new string(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, char>(bytes.AsSpan(2))) : Encoding.UTF8.GetString(bytes);
        _isThorough = true;
        return _text.Length;
    }
}
