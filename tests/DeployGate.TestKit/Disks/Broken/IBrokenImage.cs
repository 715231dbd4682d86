namespace DeployGate.TestKit.Disks.Broken;

/// <summary>An image that is broken anew for each attempt, and read: for the mutation tests, and for the fuzz targets.</summary>
internal interface IBrokenImage
{
    /// <summary>Breaks the whole image anew; the same numbers give the same image.</summary>
    /// <returns>How many bytes of the image hold something.</returns>
    long Break(Random random);

    /// <summary>Reads what was broken. Whatever is thrown is a defect of the reader.</summary>
    void Read();

    /// <summary>Writes the broken image, zeros left out.</summary>
    void Save(Stream file);
}

/// <summary>What all broken images share.</summary>
internal static class BrokenImages
{
    private const int Page = 64 * 1024;

    /// <summary>Breaks and reads once.</summary>
    internal static void Attempt(this IBrokenImage image, Random random)
    {
        image.Break(random);
        image.Read();
    }

    /// <summary>Writes a source into a file; pages of zeros become holes.</summary>
    internal static void Save(DeployGate.Disks.Sources.IByteSource source, Stream file)
    {
        file.SetLength(source.Length);
        var page = new byte[Page];
        for (long at = 0; at < source.Length; at += Page)
        {
            var part = page.AsSpan(0, (int)Math.Min(Page, source.Length - at));
            source.Read(at, part);
            if (part.ContainsAnyExcept((byte)0))
            {
                file.Position = at;
                file.Write(part);
            }
        }
    }
}
