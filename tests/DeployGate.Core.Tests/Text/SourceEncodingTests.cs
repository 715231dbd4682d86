using System.Text;
using DeployGate.Core.Text;

namespace DeployGate.Core.Tests.Text;

public sealed class SourceEncodingTests
{
    private const string Text = "{ \"a\": \"ß漢😀\" }";

    public static TheoryData<string, byte[]> Written() => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Text) },
        { "UTF-8 with its mark", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Text)] },
        { "UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Text)] },
        { "UTF-16, big end first, without a mark", Encoding.BigEndianUnicode.GetBytes(Text) },
        { "UTF-32", [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes(Text)] },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void A_text_in_any_encoding_is_the_same_in_UTF_8(string encoding, byte[] bytes) =>
        Assert.True(Encoding.UTF8.GetBytes(Text).AsSpan().SequenceEqual(SourceEncoding.Utf8Of(bytes).Span), encoding);

    [Fact]
    public void What_is_no_UTF_8_becomes_what_decoding_makes_of_it()
    {
        byte[] broken = [(byte)'"', 0xFF, (byte)'"'];
        Assert.Equal(SourceEncoding.Decode(broken), Encoding.UTF8.GetString(SourceEncoding.Utf8Of(broken).Span));
    }
}
