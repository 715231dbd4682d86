using System.Text;
using DeployGate.TestKit.Disks;

namespace DeployGate.Disks.Tests.Volumes;

/// <summary>Third-party tools that make file systems, and a folder that goes away with the test.</summary>
internal sealed class LinuxTools : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly Stack<(string Tool, string[] Arguments)> _undo = new();

    internal static void Need(params string[] tools)
    {
        foreach (var tool in tools)
            Assert.SkipUnless(OtherTool.Exists(tool), $"{tool} is not installed");
    }

    internal string At(string name) => _folder.PathOf(name);

    internal string Image(string name, long bytes)
    {
        var path = At(name);
        using var file = File.Create(path);
        file.SetLength(bytes);
        return path;
    }

    /// <summary>Runs a tool that must succeed; its output.</summary>
    internal static string Run(string tool, params string[] arguments)
    {
        var (code, output) = TryRun(tool, arguments);
        Assert.True(code == 0, $"{tool} {string.Join(' ', arguments)} ended with {code}: {output}");
        return output;
    }

    /// <summary>Its exit code, and all that it printed.</summary>
    internal static (int Code, string Output) TryRun(string tool, params string[] arguments)
    {
        var (code, output, errors) = OtherTool.TryRun(tool, arguments);
        return (code, Encoding.UTF8.GetString(output) + errors);
    }

    /// <summary>Mounts an image through a loop device, where the machine allows it; the test is skipped where it does not.</summary>
    internal string Mount(string image, params string[] options)
    {
        var point = Directory.CreateDirectory(At("mount-" + Path.GetFileName(image))).FullName;
        var (code, output) = TryRun("mount", ["-o", string.Join(',', ["loop", .. options]), image, point]);
        Assert.SkipUnless(code == 0, $"images cannot be mounted on this machine: {output.Trim()}");
        _undo.Push(("umount", [point]));
        return point;
    }

    internal string Loop(string image)
    {
        var (code, output) = TryRun("losetup", "--find", "--show", image);
        Assert.SkipUnless(code == 0, $"loop devices cannot be made on this machine: {output.Trim()}");
        var device = output.Trim();
        _undo.Push(("losetup", ["--detach", device]));
        return device;
    }

    internal void Unmount()
    {
        while (_undo.TryPop(out var undo))
            TryRun(undo.Tool, undo.Arguments);
    }

    public void Dispose()
    {
        Unmount();
        _folder.Dispose();
    }
}
