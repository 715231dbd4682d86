using System.Text;

namespace DeployGate.Cli.Files;

/// <summary>A path as Git quotes it: in double quotes, bytes outside of ASCII as three octal digits.</summary>
/// <seealso href="https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath"/>
internal static class QuotedPath
{
    /// <summary>The path that is meant.</summary>
    internal static string Read(string quoted)
    {
        var bytes = new List<byte>();
        for (var i = 1; i < quoted.Length && quoted[i] != '"'; i++)
        {
            if (quoted[i] != '\\' || i + 1 == quoted.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(quoted, i, 1));
                continue;
            }

            i++;
            if (char.IsBetween(quoted[i], '0', '7') && i + 2 < quoted.Length)
            {
                bytes.Add((byte)(((quoted[i] - '0') << 6) | ((quoted[i + 1] - '0') << 3) | (quoted[i + 2] - '0')));
                i += 2;
            }
            else
            {
                bytes.Add(Escaped(quoted[i]));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static byte Escaped(char letter) => letter switch
    {
        'a' => 7,
        'b' => 8,
        't' => 9,
        'n' => 10,
        'v' => 11,
        'f' => 12,
        'r' => 13,
        _ => (byte)letter,
    };
}
