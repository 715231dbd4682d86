using System.Diagnostics;

namespace DeployGate.TestKit.Disks;

/// <summary>A program of others that reads or writes disks: the proof that a reader and its builder do not share an error.</summary>
public static class OtherTool
{
    private static readonly string[] s_folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/sbin"];

    /// <summary>Whether the program is installed.</summary>
    public static bool Exists(string name) => Find(name) is not null;

    /// <summary>Runs it and gives its standard output; an exit code other than 0 is an exception with what it said.</summary>
    public static byte[] Run(string name, params string[] arguments)
    {
        var (code, output, errors) = TryRun(name, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} ended with {code}: {errors}");
    }

    /// <summary>Runs it and gives its exit code, its standard output, and what it said as an error.</summary>
    public static (int Code, byte[] Output, string Errors) TryRun(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(name) ?? name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return (process.ExitCode, output.ToArray(), errors.Result);
    }

    private static string? Find(string name) => s_folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(Path.Exists);
}

/// <summary>A folder for a test that goes away with it.</summary>
public sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deploygate-");

    /// <summary>Where it is.</summary>
    public string Location => _folder.FullName;

    /// <summary>A file in it.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
