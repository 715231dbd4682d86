using DeployGate.Core.Assessment;
using DeployGate.Disks.Registry;
using DeployGate.Disks.Sources;
using DeployGate.Disks.Volumes;

namespace DeployGate.Guest.Windows;

/// <summary>One hive of an installation, and its values as markers.</summary>
internal sealed class HiveFiles
{
    private readonly string _title;
    private readonly string _name;
    private readonly Lookup<RegistryHive> _hive;

    /// <param name="title">The volume, for people.</param>
    /// <param name="tree">The volume.</param>
    /// <param name="name"><c>SOFTWARE</c>, <c>SYSTEM</c>.</param>
    internal HiveFiles(string title, FileTree tree, string name)
    {
        _title = title;
        _name = name;
        var path = WindowsInstallation.Config + name;
        // A log that cannot be read is as good as none: a hive that needs it is then unreadable.
        _hive = tree.Open(path).Then(file => RegistryHive.Open(file, Log(tree, $"{path}.LOG1"), Log(tree, $"{path}.LOG2")));
    }

    /// <summary>The hive; null when it was not read.</summary>
    internal RegistryHive? Hive => _hive is Lookup<RegistryHive>.Found found ? found.Value : null;

    internal Marker<string> Text(string key, string name) => Value(key, name, value => value.AsText, "text");

    internal Marker<ulong> Number(string key, string name) => Value<ulong>(key, name, value => value.AsNumber is { } number ? new Box<ulong>(number) : null, "a number");

    /// <summary>Whether a key is there.</summary>
    internal Marker<bool> Key(string key) => new($"{_title}, {_name}: {key}", _hive.Then(hive => hive.Key(key)).Map(_ => true));

    private Marker<string> Value(string key, string name, Func<RegistryValue, string?> read, string expected) =>
        Value<string>(key, name, value => read(value) is { } text ? new Box<string>(text) : null, expected);

    private Marker<T> Value<T>(string key, string name, Func<RegistryValue, Box<T>?> read, string expected)
    {
        var place = $"{_title}, {_name}: {key}: {name}";
        return new Marker<T>(place, _hive.Then(hive => hive.Value(key, name)).Then<T>(value => read(value) is { } box
            ? new Lookup<T>.Found(box.Value)
            : new Lookup<T>.Unreadable(new ReadFailure(place, value.Offset, expected, FormattableString.Invariant($"{value.Data.Length} bytes of type {(int)value.Type}")))));
    }

    private static IByteSource? Log(FileTree tree, string path) => tree.Open(path) is Lookup<IByteSource>.Found found ? found.Value : null;

    private sealed record Box<T>(T Value);
}
