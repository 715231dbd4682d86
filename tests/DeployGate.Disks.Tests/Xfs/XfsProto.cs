using System.Globalization;
using System.Text;

namespace DeployGate.Disks.Tests.Xfs;

/// <summary>Writes what <c>mkfs.xfs -p</c> reads to fill a new file system without mounting it.</summary>
internal static class XfsProto
{
    internal static string Of(string folder)
    {
        var text = new StringBuilder("/dev/null\n0 0\nd--755 0 0\n");
        Directory(text, new DirectoryInfo(folder));
        return text.ToString();
    }

    private static void Directory(StringBuilder text, DirectoryInfo folder)
    {
        foreach (var info in folder.EnumerateFileSystemInfos())
        {
            if (info.LinkTarget is { } target)
            {
                text.Append(CultureInfo.InvariantCulture, $"{info.Name} l--777 0 0 {target}\n");
            }
            else if (info is DirectoryInfo directory)
            {
                text.Append(CultureInfo.InvariantCulture, $"{info.Name} d--755 0 0\n");
                Directory(text, directory);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"{info.Name} ---644 0 0 {info.FullName}\n");
            }
        }

        text.Append("$\n");
    }
}
