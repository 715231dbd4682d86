using System.Buffers;
using System.Text;

namespace DeployGate.Reporting.Json;

/// <summary>Takes UTF-8 in pieces, and hands each on as text.</summary>
internal sealed class Utf8Text(TextWriter output) : IBufferWriter<byte>
{
    private const int Piece = 16 * 1024;

    // The beginning of a character whose rest comes with the next piece: at most three bytes.
    private const int MostKept = 3;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private byte[] _bytes = new byte[Piece];
    private char[] _characters = new char[Piece + MostKept];

    /// <inheritdoc/>
    public void Advance(int count)
    {
        var length = _decoder.GetChars(_bytes, 0, count, _characters, 0, flush: false);
        output.Write(_characters, 0, length);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (sizeHint > _bytes.Length)
        {
            (_bytes, _characters) = (new byte[sizeHint], new char[sizeHint + MostKept]);
        }

        return _bytes;
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
